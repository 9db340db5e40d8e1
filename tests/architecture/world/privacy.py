"""What people asked about their data, copies of it, clearings, and texts that were accepted."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.models import (
    ConsentEvent,
    ExportState,
    MaterialChange,
    Page,
    PersonalExport,
    PrivacyKind,
    PrivacyRequest,
    PrivacyState,
    RetentionRun,
    RunState,
)
from tests.architecture.world.placing import put
from tests.factories import base
from tests.factories.members import LONG_AGO


def make(everybody: dict[str, Any]) -> dict[str, Any]:
    """Make them; return them by name."""
    member, newcomer, boss = (everybody[name] for name in ("member", "newcomer", "boss"))
    checker = everybody["deputy"].id
    asked = put(
        PrivacyRequest(
            person_id=member.id, asked_by_id=member.id, kind=PrivacyKind.RECTIFY,
            wish="My name is spelled with a W.", received_at=clock.now(),
            due_at=clock.now() + timedelta(days=20), preview={},
        )
    )  # fmt: skip
    erase = put(
        PrivacyRequest(
            person_id=newcomer.id, asked_by_id=newcomer.id, kind=PrivacyKind.ERASE,
            state=PrivacyState.CHECKED, received_at=LONG_AGO,
            due_at=LONG_AGO + timedelta(days=31), checked_at=LONG_AGO, checked_by_id=checker,
            identity="Called back.", preview={"account": 1, "sessions": 2},
        )
    )  # fmt: skip
    put(
        PersonalExport(
            person_id=member.id, state=ExportState.GONE, asked_at=LONG_AGO, handled=9, total=9
        )
    )
    texts = {row.key: row.revision_id for row in base.SESSION.scalars(select(Page))}
    put(ConsentEvent(person_id=member.id, revision_id=texts["privacy"], at=LONG_AGO))
    put(
        MaterialChange(
            revision_id=texts["terms"], summary_en="Something new.", summary_nb="Noe nytt.",
            announced_at=LONG_AGO, announced_by_id=boss.id,
        )
    )  # fmt: skip
    return {
        "privacy_of_member": asked, "privacy_to_erase": erase,
        "text_accepted": str(texts["privacy"]), "text_standing": str(texts["privacy"]),
        "texts_shown": f"{texts['privacy'].hex} {texts['terms'].hex}",
        "clearing_counted": counted(boss), "clearing_running": counted(
            boss, state=RunState.RUNNING, started_at=LONG_AGO, handled=1
        ),
    }  # fmt: skip


def counted(who: Any, **more: Any) -> RetentionRun:
    """Make a clearing of two kinds."""
    tallies = {"enquiries": {"due": 3, "done": 0}, "sessions": {"due": 2, "done": 0}}
    return put(
        RetentionRun(
            rules=list(tallies), tallies=tallies, total=5, counted_at=LONG_AGO,
            counted_by_id=who.id, moved_at=LONG_AGO, **more,
        )
    )  # fmt: skip

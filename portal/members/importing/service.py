"""What is done with a list: uploaded, its columns matched, checked, confirmed, written, or not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import policy
from portal.members.agreeing.queries import takes_two
from portal.members.importing import guessing, mails, queries
from portal.members.importing.deeds import ImportDeed
from portal.members.importing.fields import FIELDS
from portal.members.importing.gathering import gather
from portal.members.importing.planning import Plan, plan_row, take
from portal.members.importing.policy import imports as may_import
from portal.members.importing.tables import Table
from portal.members.importing.telling import keep_all, keep_finding
from portal.members.importing.values import read_row
from portal.members.importing.workflow import IMPORT
from portal.members.service.staff import people_who_work_on
from portal.models import (
    PORTAL,
    Actor,
    AffiliationRole,
    ImportRow,
    ImportState,
    MemberImport,
    OrganisationKind,
    SizeClass,
    StaffRole,
)
from portal.platform import audit, jobs, mail
from portal.platform.agreeing import still_counts
from portal.platform.audit import About
from portal.platform.database import unit
from portal.platform.language import LANGUAGES, in_language, tell

CHECK, WRITE = "members.check_import", "members.write_import"
#: So many verdicts are kept at once: others who write wait no longer than for these.
PART = 1_000
#: What an uploaded list holds of people is needed no longer than this.
KEPT = timedelta(days=30)

#: What is taken where a list says nothing, until somebody chooses otherwise.
DEFAULTS = {
    "kind": OrganisationKind.COMPANY.value,
    "size": SizeClass.MICRO.value,
    "country": "NO",
    "role": AffiliationRole.MEMBER.value,
    "language": "nb",
    "listed": True,
}
MEANWHILE = Sentence(
    N_("The list was checked again since you opened this page. Look at the preview once more.")
)
ANOTHER = Sentence(N_("You have confirmed this already. Somebody else has to confirm it too."))
NO_ROWS = Sentence(N_("This row is empty, or there is none below it."))

Rows = Sequence[tuple[int, Sequence[str]]]


def called() -> Mapping[str, Sequence[str]]:
    """Return what our fields are called in each language that we speak."""
    found: dict[str, list[str]] = {field.key: [] for field in FIELDS}
    for language in LANGUAGES:
        with in_language(language):
            for field in FIELDS:
                found[field.key].append(tell(field.label))
    return found


def upload(table: Table, *, actor: Actor, now: datetime) -> MemberImport:
    """Take a list in, with a guess which row holds its headings and what stands in its columns."""
    if not policy.membership_staff(actor):
        raise NotAllowed
    header, headings, columns = understood(table.rows)
    row = MemberImport(
        name=table.name,
        header=header,
        headings=list(headings),
        columns=columns,
        defaults=dict(DEFAULTS),
        total=sum(1 for number, _cells in table.rows if number > header),
        moved_at=now,
        tallies={},
        uploaded_by_id=actor.id,
        created_at=now,
    )
    db.session.add(row)
    audit.record(ImportDeed.UPLOADED, row, actor=actor, now=now, about=About(note=row.name))
    kept = {"import_id": row.id, "created_at": now, "version": 1, "steps": [], "findings": []}
    lines = [kept | {"number": number, "cells": list(cells)} for number, cells in table.rows]
    db.session.execute(insert(ImportRow), lines)
    return row


def understood(rows: Rows) -> tuple[int, Sequence[str], dict[str, int]]:
    """Guess which row holds the headings, what they are, and which fields they mean."""
    names = called()
    at = guessing.find_header([cells for _number, cells in rows], also=names)
    header, headings = rows[at]
    return header, headings, guessing.guess(headings, also=names)


def move_header(row: MemberImport, header: int, *, actor: Actor, now: datetime) -> None:
    """Take another row for the headings, and guess the columns anew."""
    headings = queries.heading_row(row, header)
    below = queries.count_below(row, header)
    if headings is None or not below:
        raise Mistake("header", NO_ROWS)
    step = IMPORT.make("reread", row, actor=actor, now=now)
    row.header, row.headings, row.total = header, list(headings), below
    row.columns = guessing.guess(headings, also=called())
    start_anew(row, now=now)
    audit.record(ImportDeed.MATCHED, row, actor=actor, now=now, about=About(step=step))


def start_anew(row: MemberImport, *, now: datetime) -> None:
    """Let go of what was found before: a check that still runs is no longer wanted."""
    row.round += 1
    row.reached = row.handled = 0
    row.tallies, row.kinds, row.moved_at = {}, [], now
    row.first_confirmed_by_id = None


def match(
    row: MemberImport,
    columns: Mapping[str, int],
    defaults: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Say which field stands in which column, and have the list checked."""
    step = IMPORT.make("match", row, actor=actor, now=now)
    row.columns, row.defaults = dict(columns), dict(defaults)
    start_anew(row, now=now)
    jobs.enqueue(
        CHECK, {"list_id": str(row.id), "round": row.round}, key=f"{CHECK}:{row.id}:{row.round}"
    )
    audit.record(ImportDeed.MATCHED, row, actor=actor, now=now, about=About(step=step))


def look(
    rows: Rows, columns: Mapping[str, int], defaults: Mapping[str, Any]
) -> Iterator[tuple[int, Plan]]:
    """Say what each row would do, after those before it. Nothing is written."""
    values = [(number, read_row(cells, columns, defaults)) for number, cells in rows]
    world = gather([each for _number, each in values])
    for number, each in values:
        plan = plan_row(number, each, world, defaults=defaults)
        if not plan.findings:
            take(plan, number, each, world=world)
        yield number, plan


def check(list_id: UUID, round: int, *, now: datetime) -> None:
    """Find the verdict of every row, and keep them part by part; nothing else is written."""
    with unit(writing=False):
        row = db.session.get(MemberImport, list_id)
        if row is None or not is_checking(row, round):
            return
        found = select(ImportRow.number, ImportRow.cells).where(
            ImportRow.import_id == list_id, ImportRow.number > row.header
        )
        rows = [(n, cells) for n, cells in db.session.execute(found.order_by(ImportRow.number))]
        plans = list(look(rows, row.columns, row.defaults))
    for start in range(0, len(plans), PART):
        with unit():
            if not keep_verdicts(list_id, round, plans, start=start, now=now):
                return


def is_checking(row: MemberImport, round: int) -> bool:
    """Tell whether this round of checking is still wanted."""
    return row.state is ImportState.CHECKING and row.round == round


def keep_verdicts(
    list_id: UUID, round: int, plans: Sequence[tuple[int, Plan]], *, start: int, now: datetime
) -> bool:
    """Keep some verdicts, and after the last show the preview. Return whether to go on."""
    row = db.session.get_one(MemberImport, list_id, with_for_update=True)
    if not is_checking(row, round):
        return False
    part = plans[start : start + PART]
    db.session.connection().execute(
        BY_NUMBER,
        [
            {
                "list": list_id,
                "at": number,
                "found": plan.verdict,
                "does": keep_all(plan.steps),
                "wrong": [keep_finding(finding) for finding in plan.findings],
            }
            for number, plan in part
        ],
    )
    row.reached, row.handled, row.moved_at = part[-1][0], start + len(part), now
    if row.handled == len(plans):
        row.tallies = dict(Counter(plan.verdict.value for _number, plan in plans))
        row.kinds = kinds_begun(plans)
        IMPORT.make("show", row, actor=PORTAL, now=now)
    return True


def kinds_begun(plans: Sequence[tuple[int, Plan]]) -> list[str]:
    """Return the kinds of membership that somebody gets by a list who had none."""
    return sorted({plan.begins for _number, plan in plans if plan.begins and not plan.findings})


ROWS = ImportRow.__table__
BY_NUMBER = (
    update(ROWS)  # type: ignore[arg-type]  # typed as FromClause
    .where(ROWS.c.import_id == bindparam("list"), ROWS.c.number == bindparam("at"))
    .values(verdict=bindparam("found"), steps=bindparam("does"), findings=bindparam("wrong"))
)


def confirm(row: MemberImport, version: int | None, *, actor: Actor, now: datetime) -> bool:
    """Have a list written as its preview says; return whether it is. Nothing else is written.

    Where it makes members of a kind that takes two, the first word is kept, and the second, who is
    somebody else, has it written.
    """
    ready = row.state is ImportState.READY
    if ready and row.version != version:
        raise Refused(MEANWHILE)
    if ready and takes_two(row.kinds):
        if row.first_confirmed_by_id == actor.id:
            raise Refused(ANOTHER)
        if not still_counts(row.first_confirmed_by_id, may_import, row, now=now):
            confirm_first(row, actor=actor, now=now)
            return False
    step = IMPORT.make("confirm", row, actor=actor, now=now)
    row.confirmed_by_id, row.confirmed_at = actor.id, now
    row.reached, row.handled, row.moved_at = row.header, 0, now
    go_on(row.id, 1)
    audit.record(ImportDeed.CONFIRMED, row, actor=actor, now=now, about=About(step=step))
    return True


def confirm_first(row: MemberImport, *, actor: Actor, now: datetime) -> None:
    """Keep what the first of two says, and ask the others for the second word."""
    step = IMPORT.make("confirm_first", row, actor=actor, now=now)
    row.first_confirmed_by_id, row.moved_at = actor.id, now
    staff = people_who_work_on(StaffRole.MEMBERSHIP, now=now)
    mail.queue(*mails.to_confirm(row, actor.name, [each for each in staff if each.id != actor.id]))
    audit.record(ImportDeed.FIRST_CONFIRMED, row, actor=actor, now=now, about=About(step=step))


def go_on(list_id: UUID, part: int) -> None:
    """Ask for the next part of the writing."""
    jobs.enqueue(WRITE, {"list_id": str(list_id), "part": part}, key=f"{WRITE}:{list_id}:{part}")


def discard(row: MemberImport, *, actor: Actor, now: datetime) -> None:
    """Throw a list away before it is written, with all that it holds."""
    step = IMPORT.make("discard", row, actor=actor, now=now)
    row.moved_at = now
    forget_rows(row)
    audit.record(ImportDeed.DISCARDED, row, actor=actor, now=now, about=About(step=step))


def forget_rows(row: MemberImport) -> None:
    """Remove what a list holds of people; that it was imported, and how much of it, stays."""
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == row.id))


def forget(*, now: datetime) -> None:
    """Remove what lists of long ago hold, and throw away those that nobody confirmed."""
    old = select(MemberImport).where(
        MemberImport.moved_at < now - KEPT, MemberImport.state != ImportState.DISCARDED
    )
    for row in db.session.scalars(old):
        if row.state is ImportState.DONE:
            forget_rows(row)
        elif row.state is not ImportState.WRITING:
            discard(row, actor=PORTAL, now=now)

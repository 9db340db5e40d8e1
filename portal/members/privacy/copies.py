"""Copies of everything that is kept about somebody: asked for, put together, deleted again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import func, select

from portal.core import clock
from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.privacy import mails, queries
from portal.members.privacy.deeds import PrivacyDeed
from portal.members.privacy.workflow import COPY
from portal.models import (
    PORTAL,
    Actor,
    ExportState,
    Person,
    PersonalExport,
    StoredFile,
)
from portal.platform import audit, files, jobs, mail, personal
from portal.platform.database import unit
from portal.platform.files import Upload
from portal.platform.language import in_language, say, tell
from portal.platform.personal import Holding, Whose
from portal.web.exports import as_csv

MAKE = "members.make_copy"
#: How long a copy can be fetched.
KEPT = timedelta(days=7)
#: Files beyond this are named and not enclosed, in bytes: a copy is put together in memory.
MOST = 200 * 1024 * 1024

#: How many copies one person has at a time.
MOST_COPIES = 3
ENOUGH = Sentence(
    N_("Three copies of your data wait for you already. Fetch the newest, or come back in a week.")
)

ABOUT = (
    Sentence(N_("This is everything that we hold about you.")),
    Sentence(N_("Each file has one kind of data: as JSON for programs, as CSV for a spreadsheet.")),
    Sentence(N_("Passwords, codes and keys are not in it: we keep only what checks them.")),
)
TOO_LARGE = Sentence(
    N_("These files are too large to enclose. Fetch them where you uploaded them:")
)

Rows = Sequence[Mapping[str, Any]]


def ask(*, actor: Actor, now: datetime) -> PersonalExport:
    """Ask for a copy of one's own data; while one is being made, that is it."""
    person = db.session.get_one(Person, actor.id, with_for_update=True)
    insist_on_room(person)
    row = begin(person, now=now)
    audit.record(PrivacyDeed.COPY_ASKED, row, actor=actor, now=now)
    return row


def insist_on_room(person: Person) -> None:
    """Refuse to make copy after copy: each is kept for days, and may be large."""
    kept = select(func.count()).where(
        PersonalExport.person_id == person.id, PersonalExport.state == ExportState.READY
    )
    if (db.session.scalar(kept) or 0) >= MOST_COPIES:
        raise Refused(ENOUGH)


def begin(person: Person, *, now: datetime) -> PersonalExport:
    """Have a copy of somebody's data put together: part of a deed."""
    under_way = select(PersonalExport).where(
        PersonalExport.person_id == person.id, PersonalExport.state == ExportState.WAITING
    )
    found = db.session.scalar(under_way)
    if found is not None:
        return found
    row = PersonalExport(
        person_id=person.id, asked_at=now, total=len(personal.told()), created_at=now
    )
    db.session.add(row)
    db.session.flush()
    jobs.enqueue(MAKE, {"copy": str(row.id)}, key=f"{MAKE}:{row.id}")
    return row


def put_together(id: UUID) -> None:
    """Write a copy, kind by kind, and say on its row how far it has come."""
    with unit(writing=False):
        row = db.session.get(PersonalExport, id)
        if row is None or row.state is not ExportState.WAITING:
            return
        person = db.session.get_one(Person, row.person_id)
        whose, language = queries.whose(person), person.language
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for number, holding in enumerate(personal.told(), start=1):
            enclose_rows(archive, holding, whose)
            with unit():
                db.session.get_one(PersonalExport, id).handled = number
        left_out = enclose_files(archive, whose)
        archive.writestr("README.txt", read_me(language, left_out))
    hand_over(id, content.getvalue())


def enclose_rows(archive: ZipFile, holding: Holding, whose: Whose) -> None:
    """Put one kind of data into a copy, where there is any."""
    with unit(writing=False):
        rows: Rows = [readable(row) for row in holding.rows(whose)]
        if not rows:
            return
        archive.writestr(f"{holding.key}.json", json.dumps(rows, indent=2, ensure_ascii=False))
        cells = [list(row.values()) for row in rows]
        archive.writestr(f"{holding.key}.csv", as_csv([list(rows[0]), *cells]))


def readable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as JSON takes it."""
    return {name: plain(value) for name, value in row.items()}


def plain(value: Any) -> Any:
    """Return a value as JSON takes it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, UUID) else value


def enclose_files(archive: ZipFile, whose: Whose) -> list[str]:
    """Put the files that somebody uploaded into a copy; return the names of those left out."""
    left_out, size = [], 0
    with unit(writing=False):
        for row in uploaded(whose):
            size += row.size
            if size > MOST:
                left_out.append(row.name)
                continue
            archive.writestr(f"files/{row.id.hex[-8:]}-{row.name}", files.read(row))
    return left_out


def uploaded(whose: Whose) -> Iterator[StoredFile]:
    """Find the files that somebody uploaded."""
    rows = select(StoredFile).where(StoredFile.uploaded_by_id == whose.id)
    yield from db.session.scalars(rows.order_by(StoredFile.id))


def read_me(language: str, left_out: Sequence[str]) -> str:
    """Say in the reader's language what the files of a copy are."""
    with in_language(language):
        kinds = [f"{each.key}: {tell(each.label)}" for each in personal.told()]
        more = ["", say(TOO_LARGE), *left_out] if left_out else []
        return "\n".join([*(say(sentence) for sentence in ABOUT), "", *kinds, *more, ""])


def hand_over(id: UUID, content: bytes) -> None:
    """Keep a copy for its days, and say that it is there."""
    with unit():
        now = clock.now()
        row = db.session.get_one(PersonalExport, id, with_for_update=True)
        if row.state is not ExportState.WAITING:
            return
        name = f"data-{now:%Y-%m-%d}.zip"
        upload = Upload(content=content, name=name, media_type="application/zip")
        kept = files.keep(upload, owner_type="personal_export", owner_id=row.id, actor=None)
        with db.session.no_autoflush:  # the row is whole again only with its file
            COPY.make("finish", row, actor=PORTAL, now=now)
            row.file_id, row.ready_at, row.expires_at = kept.id, now, now + KEPT
        audit.record(PrivacyDeed.COPY_MADE, row, actor=PORTAL, now=now)
        mail.queue(mails.copy_ready(db.session.get_one(Person, row.person_id), row))


def forget(row: PersonalExport, *, now: datetime) -> None:
    """Delete a copy, bytes and all; that there was one stays."""
    file = db.session.get_one(StoredFile, row.file_id)
    with db.session.no_autoflush:
        COPY.make("forget", row, actor=PORTAL, now=now)
        row.file_id = None
    db.session.flush()
    files.discard(file)


def forget_all(person_id: UUID) -> None:
    """Delete every copy of somebody's data, whatever its state: part of erasing."""
    rows = select(StoredFile).join(PersonalExport, PersonalExport.file_id == StoredFile.id)
    found = db.session.scalars(rows.where(PersonalExport.person_id == person_id)).all()
    for row in db.session.scalars(
        select(PersonalExport).where(PersonalExport.person_id == person_id)
    ):
        db.session.delete(row)
    db.session.flush()
    for file in found:
        files.discard(file)

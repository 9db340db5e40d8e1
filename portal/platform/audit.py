"""The audit trail: written in the transaction that does the deed, read as a timeline."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import Select, bindparam, insert, select
from sqlalchemy.orm import aliased

from portal.core.vocabulary import Word
from portal.core.workflow import Step
from portal.extensions import db
from portal.models import PORTAL, Actor, AuditEvent, Organisation, Row
from portal.platform.database import write
from portal.platform.language import nameless
from portal.platform.paging import Order, PageOfRows, page

#: What each deed is called in a timeline; every room adds its own when it is put together.
LABELS: dict[str, str] = {}
#: Past the identity map: what is written here is never changed, and nobody reads it in its deed.
WRITE = insert(AuditEvent.__table__)  # type: ignore[arg-type]  # typed as FromClause
#: As it was written: moments may be alike, and those of two processes out of step.
NEWEST_FIRST = Order(AuditEvent.seq, AuditEvent.seq, descending=True)


class Deed(Word):
    """A deed as the audit keeps it, with the words that a timeline shows."""


def learn(deeds: type[Deed]) -> None:
    """Learn what a room calls its deeds."""
    LABELS.update({deed.value: deed.label for deed in deeds})


@dataclass(frozen=True, kw_only=True)
class About:
    """What else a timeline tells of a deed.

    `organisation_id` puts it in that organisation's timeline too. `on_behalf_of_id` says for whom
    staff acted. `internal` keeps it among staff. `details` must hold no personal data; its `title`
    names the subject where other things are told of too, its `part` names a part of the subject.
    """

    organisation_id: UUID | None = None
    on_behalf_of_id: UUID | None = None
    step: Step | None = None
    note: str = ""
    internal: bool = False
    details: dict[str, Any] = field(default_factory=dict)


def record(
    deed: Deed, subject: Row, *, actor: Actor, now: datetime, about: About | None = None
) -> None:
    """Write down who did what, in the transaction that does it.

    Flushes first: a subject made a moment ago has its id only then.
    """
    db.session.flush()
    record_of(deed, type(subject), subject.id, actor=actor, now=now, about=about)


def record_of(
    deed: Deed, kind: type[Row], id: UUID, *, actor: Actor, now: datetime, about: About | None
) -> None:
    """Write down who did what to something that was written by its columns."""
    about = about or About()
    row = {
        "at": now,
        "action": deed.value,
        "actor_id": None if actor is PORTAL else actor.id,
        "actor_name": actor.name,
        "subject_type": kind.__tablename__,
        "subject_id": id,
        "organisation_id": about.organisation_id,
        "on_behalf_of_id": about.on_behalf_of_id,
        "before": about.step and about.step.before.value,
        "after": about.step and about.step.after.value,
        "note": about.note,
        "internal": about.internal,
        "details": about.details,
        "request_id": g.get("request_id", "") if has_request_context() else "",
    }
    write(WRITE, [row])


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a timeline."""

    at: datetime
    label: str
    who: str
    on_behalf: str
    note: str
    what: str = ""


def timeline(
    subject: Row,
    mark: str | None,
    *,
    internal: bool,
    most: int = 50,
    with_organisation: bool = False,
) -> PageOfRows:
    """Return what happened to something, newest first; `internal` includes what is for staff.

    `mark` is where to go on, as in every list. `with_organisation` adds what happened to anything
    that belongs to the subject, an organisation.
    """
    more: dict[str, Any] = {"most": most, "with_organisation": with_organisation}
    return timeline_of(type(subject), subject.id, mark, internal=internal, **more)


def timeline_of(
    kind: type[Row],
    id: UUID,
    mark: str | None,
    *,
    internal: bool,
    most: int = 50,
    with_organisation: bool = False,
) -> PageOfRows:
    """Return the timeline of something that was read by its columns."""
    told = telling(internal=internal, with_organisation=with_organisation)
    given = {"kind": kind.__tablename__, "id": id}
    found = page(told, NEWEST_FIRST, mark, given=given, size=most)
    return replace(found, rows=[entry(id, row) for row in found.rows])


@cache
def telling(*, internal: bool, with_organisation: bool) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of timeline, the statement that reads it."""
    mine = (AuditEvent.subject_type == bindparam("kind")) & (
        AuditEvent.subject_id == bindparam("id")
    )
    if with_organisation:
        mine = mine | (AuditEvent.organisation_id == bindparam("id"))
    behalf = aliased(Organisation)
    found = (
        select(
            AuditEvent.seq,
            AuditEvent.at,
            AuditEvent.action,
            AuditEvent.actor_id,
            AuditEvent.actor_name,
            AuditEvent.note,
            behalf.display_name,
            AuditEvent.subject_id,
            AuditEvent.details,
        )
        .outerjoin(behalf, behalf.id == AuditEvent.on_behalf_of_id)
        .where(mine)
    )
    return found if internal else found.where(AuditEvent.internal.is_(False))


def entry(page_id: UUID, row: Any) -> Entry:
    """Make a row of the audit a line that can be read on the page of its subject or another's."""
    title = "" if row.subject_id == page_id else row.details.get("title", "")
    return Entry(
        at=row.at,
        label=LABELS.get(row.action, row.action),
        who=(row.actor_name or nameless()) if row.actor_id else "",
        on_behalf=row.display_name or "",
        note=row.note,
        what=row.details.get("part") or title,
    )

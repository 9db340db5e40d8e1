"""What a merge would do, worked out when it is proposed: what moves, and where the two clash."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.extensions import db
from portal.members.merging import moving, organisations, registrations
from portal.members.merging.fates import OF_ORGANISATIONS, OF_PEOPLE
from portal.models import (
    Affiliation,
    Membership,
    Organisation,
    Person,
    StaffGrant,
)

#: So many of one kind are named in a preview.
MOST = 25
#: What is told event by event, and not counted beside that.
AT_EVENTS = ("delegate.", "registration.")


def foreseen(kept: Any, lost: Any) -> dict[str, Any]:
    """Return how many rows move or end, by column, and each clash with what becomes of it."""
    if isinstance(kept, Person):
        return {"rows": moving.counts(OF_PEOPLE, lost.id), "clashes": of_people(kept, lost)}
    return {
        "rows": moving.counts(OF_ORGANISATIONS, lost.id),
        "clashes": of_organisations(kept, lost),
    }


def of_people(kept: Person, lost: Person) -> list[dict[str, Any]]:
    """Name the organisations of the account that goes, and what the kept one is there."""
    found = roles(Affiliation.person_id, lost.id, kept=kept.id)
    grants = select(func.count()).where(
        StaffGrant.person_id == lost.id, StaffGrant.ends_at.is_(None)
    )
    held = db.session.scalar(grants)
    return [*found, *([{"what": "grants_end", "number": held}] if held else [])]


def roles(column: Any, lost_id: UUID, *, kept: UUID) -> list[dict[str, Any]]:
    """Name the roles of the account that goes."""
    own = aliased(Affiliation)
    rows = (
        select(Organisation.display_name, Affiliation.role, own.role.label("kept_role"))
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .outerjoin(
            own,
            (own.organisation_id == Affiliation.organisation_id)
            & (own.person_id == kept)
            & own.ends_at.is_(None),
        )
        .where(column == lost_id, Affiliation.ends_at.is_(None))
        .order_by(Organisation.name_key)
        .limit(MOST)
    )
    return [
        {
            "what": "role_stays" if row.kept_role else "role_asked",
            "name": row.display_name,
            "lost": row.role.value,
            "kept": row.kept_role.value if row.kept_role else "",
        }
        for row in db.session.execute(rows)
    ]


def of_organisations(kept: Organisation, lost: Organisation) -> list[dict[str, Any]]:
    """Name what the two both have, and how many people are asked for afresh."""
    found: list[dict[str, Any]] = []
    own = select(Affiliation.person_id).where(
        Affiliation.organisation_id == kept.id, Affiliation.ends_at.is_(None)
    )
    live = (Affiliation.organisation_id == lost.id, Affiliation.ends_at.is_(None))
    for what, condition in (
        ("people_stay", Affiliation.person_id.in_(own)),
        ("people_asked", Affiliation.person_id.not_in(own)),
    ):
        number = db.session.scalar(
            select(func.count()).select_from(Affiliation).where(*live, condition)
        )
        found += [{"what": what, "number": number}] if number else []
    members = select(func.count()).where(
        Membership.organisation_id.in_((kept.id, lost.id)), Membership.ends_on.is_(None)
    )
    if db.session.scalar(members) == 2:
        found.append({"what": "membership_ends"})
    at_events = at_the_same_events(kept, lost)
    return [*found, *at_events, *staying(kept, lost), *number_of(kept, lost)]


def at_the_same_events(kept: Organisation, lost: Organisation) -> list[dict[str, Any]]:
    """Name the events for which both are registered, with what becomes of that."""
    return [
        {
            "what": each.becomes.value,
            "event_en": each.event.title_en,
            "event_nb": each.event.title_nb,
        }
        for each in registrations.shared(kept, lost)[:MOST]
    ]


def staying(kept: Organisation, lost: Organisation) -> list[dict[str, Any]]:
    """Count the rows that stay where they are, since the kept one has the like."""
    found = []
    for key, clash in organisations.clashes(kept, lost).items():
        if clash is None or key.startswith(AT_EVENTS):
            continue
        rows = select(func.count()).select_from(moving.table_of(key))
        number = db.session.scalar(rows.where(moving.column_of(key) == lost.id, clash))
        if number:
            found.append({"what": "rows_stay", "table": key.partition(".")[0], "number": number})
    return found


def number_of(kept: Organisation, lost: Organisation) -> list[dict[str, Any]]:
    """Tell what becomes of two different numbers."""
    if lost.number is None or (lost.country, lost.number) == (kept.country, kept.number):
        return []
    what = "number_moves" if kept.number is None else "number_stays"
    return [{"what": what, "number": lost.number}]

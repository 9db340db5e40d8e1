"""Exclusions that were proposed, and who hears of what becomes of a membership."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    Exclusion,
    ExclusionState,
    Membership,
    Organisation,
    Person,
    StaffGrant,
    StaffRole,
)
from portal.models.members.people import is_told
from portal.platform import auth

#: Who hears what becomes of their organisation's membership.
HEAR = (AffiliationRole.ADMINISTRATOR, AffiliationRole.REPRESENTATIVE)


def exclusion(id: UUID, *, actor: Actor) -> Exclusion:
    """Find an exclusion that was proposed."""
    rows = Exclusion.visible_to(actor).where(Exclusion.id == id)
    organisation = joinedload(Exclusion.membership).joinedload(Membership.organisation)
    return present(db.session.scalar(rows.options(organisation, joinedload(Exclusion.proposed_by))))


def proposed(*, actor: Actor) -> Sequence[Any]:
    """Return the exclusions that wait for a second person, the oldest first."""
    rows = (
        Exclusion.visible_to(actor)
        .join(Membership, Membership.id == Exclusion.membership_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(Person, Person.id == Exclusion.proposed_by_id)
        .where(Exclusion.state == ExclusionState.PROPOSED)
        .with_only_columns(
            Exclusion.id,
            Exclusion.created_at,
            Exclusion.from_on,
            Organisation.display_name,
            Person.name.label("who"),
        )
        .order_by(Exclusion.created_at)
        .limit(100)
    )
    return db.session.execute(rows).all()


def waiting(membership: Membership, *, actor: Actor) -> Exclusion | None:
    """Return the exclusion of a member that waits for a second person, if this person sees it."""
    if not actor.works_on(StaffRole.MEMBERSHIP):
        return None
    rows = Exclusion.visible_to(actor).where(
        Exclusion.membership_id == membership.id, Exclusion.state == ExclusionState.PROPOSED
    )
    return db.session.scalar(rows)


def hearers(organisation_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, list[Person]]:
    """Return who hears of the membership of each of these organisations."""
    rows = (
        select(Affiliation.organisation_id, Person)
        .join(Person, Person.id == Affiliation.person_id)
        .where(
            Affiliation.organisation_id.in_(bindparam("ids", expanding=True)),
            Affiliation.role.in_(HEAR),
            *is_told(),
            *auth.in_force(Affiliation, now=now),
        )
        .order_by(Person.id)
    )
    found: dict[UUID, list[Person]] = {}
    for id, person in db.session.execute(rows, {"ids": list(organisation_ids)}):
        found.setdefault(id, []).append(person)
    return found


def membership_staff(*, now: datetime) -> Sequence[Person]:
    """Return the staff who look after membership."""
    rows = (
        select(Person)
        .join(StaffGrant, StaffGrant.person_id == Person.id)
        .where(
            StaffGrant.role == StaffRole.MEMBERSHIP,
            *is_told(),
            *auth.in_force(StaffGrant, now=now),
        )
        .order_by(Person.id)
    )
    return db.session.scalars(rows).unique().all()

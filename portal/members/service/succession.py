"""Roles that nobody can be reached in any more: when somebody new is needed, and when found."""

from datetime import datetime

from sqlalchemy import exists, select

from portal.extensions import db
from portal.members.mails import succession as letters
from portal.members.workflow import SUCCESSION
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    EmailAddress,
    Organisation,
    Person,
    Succession,
    SuccessionCause,
    SuccessionState,
)
from portal.models.members.addresses import Delivery
from portal.models.members.people import is_told
from portal.platform import mail

#: Which roles a role covers: administrators may do all that representatives may.
COVERS = {
    AffiliationRole.ADMINISTRATOR: (AffiliationRole.ADMINISTRATOR, AffiliationRole.REPRESENTATIVE),
    AffiliationRole.REPRESENTATIVE: (AffiliationRole.REPRESENTATIVE,),
    AffiliationRole.MEMBER: (),
}


def needed(row: Affiliation, *, cause: SuccessionCause, now: datetime) -> None:
    """Ask for a successor of a representative, or of the last administrator: part of a deed."""
    if row.role is AffiliationRole.MEMBER:
        return
    held = select(Organisation.id).where(Organisation.id == row.organisation_id)
    db.session.execute(held.with_for_update())
    keepers = reachable_administrators(row)
    if row.role is AffiliationRole.ADMINISTRATOR and keepers:
        return
    found = waiting(row)
    if found is None:
        found = Succession(
            organisation_id=row.organisation_id,
            person_id=row.person_id,
            role=row.role,
            cause=cause,
            created_at=now,
        )
        db.session.add(found)
        db.session.flush()
        mail.queue(*letters.needed(found, keepers))
    found.role, found.cause = row.role, cause


def waiting(row: Affiliation) -> Succession | None:
    """Find what is asked already about somebody in an organisation."""
    return db.session.scalar(
        select(Succession).where(
            Succession.organisation_id == row.organisation_id,
            Succession.person_id == row.person_id,
            Succession.state == SuccessionState.OPEN,
        )
    )


def reachable_administrators(row: Affiliation) -> list[Person]:
    """Return who else administers the organisation and can be reached."""
    comes_back = exists().where(
        EmailAddress.person_id == Person.id,
        EmailAddress.is_primary.is_(True),
        EmailAddress.delivery == Delivery.UNREACHABLE,
    )
    found = (
        select(Person)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(
            Affiliation.organisation_id == row.organisation_id,
            Affiliation.role == AffiliationRole.ADMINISTRATOR,
            Affiliation.ends_at.is_(None),
            Person.id != row.person_id,
            *is_told(),
            ~comes_back,
        )
        .order_by(Person.id)
    )
    return list(db.session.scalars(found))


def unreachable(person: Person, *, now: datetime) -> None:
    """Ask for successors of somebody whose mail comes back."""
    everywhere(person, cause=SuccessionCause.UNREACHABLE, now=now)


def blocked(person: Person, *, now: datetime) -> None:
    """Ask for successors of somebody who may not sign in any more."""
    everywhere(person, cause=SuccessionCause.BLOCKED, now=now)


def everywhere(person: Person, *, cause: SuccessionCause, now: datetime) -> None:
    """Ask for successors of somebody in every organisation."""
    live = select(Affiliation).where(
        Affiliation.person_id == person.id, Affiliation.ends_at.is_(None)
    )
    for row in db.session.scalars(live.order_by(Affiliation.id)).all():
        needed(row, cause=cause, now=now)


def back(person: Person, *, actor: Actor, now: datetime) -> None:
    """Ask for nobody in the place of somebody who may sign in again."""
    asked = select(Succession).where(
        Succession.person_id == person.id,
        Succession.cause == SuccessionCause.BLOCKED,
        Succession.state == SuccessionState.OPEN,
    )
    for row in db.session.scalars(asked).all():
        SUCCESSION.make("return", row, actor=actor, now=now)
        row.closed_at, row.closed_by_id = now, actor.id


def taken_over(row: Affiliation, *, actor: Actor, now: datetime) -> None:
    """Note that somebody has a role that was to be filled: part of a deed."""
    covered = COVERS[row.role]
    if not covered:
        return
    asked = select(Succession).where(
        Succession.organisation_id == row.organisation_id,
        Succession.role.in_(covered),
        Succession.state == SuccessionState.OPEN,
    )
    for each in db.session.scalars(asked.order_by(Succession.id)).all():
        SUCCESSION.make("fill", each, actor=actor, now=now)
        each.closed_at, each.closed_by_id = now, actor.id
        each.successor_id = row.person_id


def void(organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Ask for nobody any more in an organisation that became another one: part of a deed."""
    asked = select(Succession).where(
        Succession.organisation_id == organisation.id, Succession.state == SuccessionState.OPEN
    )
    for each in db.session.scalars(asked).all():
        SUCCESSION.make("return", each, actor=actor, now=now)
        each.closed_at, each.closed_by_id = now, actor.id

"""What staff do with people: their roles for the cluster, their accounts."""

from datetime import datetime

from sqlalchemy import func, select, update

from portal.core.errors import NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import policy
from portal.members.deeds import MemberDeed
from portal.members.queries import holding
from portal.members.service import succession
from portal.members.workflow import PERSON
from portal.models import (
    PORTAL,
    Actor,
    LoginSession,
    Person,
    PersonState,
    StaffGrant,
    StaffRole,
)
from portal.models.members.people import is_told
from portal.platform import audit, auth
from portal.platform.audit import About

LAST = Sentence(
    N_("This is the last administrator of the portal. Make somebody else administrator first.")
)
HAS_IT = Sentence(N_("This person has that role already."))
ENDED = Sentence(N_("This role has ended already."))


def give_grant(person: Person, role: StaffRole, *, actor: Actor, now: datetime) -> StaffGrant:
    """Give somebody a role in the staff. Their sessions keep to the limits of staff from now on."""
    if actor is not PORTAL and not policy.administrator(actor):
        raise NotAllowed
    held = select(StaffGrant.id).where(
        StaffGrant.person_id == person.id, StaffGrant.role == role, StaffGrant.ends_at.is_(None)
    )
    if db.session.scalar(held):
        raise Refused(HAS_IT)
    granted_by = None if actor is PORTAL else actor.id
    row = StaffGrant(person_id=person.id, role=role, starts_at=now, granted_by_id=granted_by)
    db.session.add(row)
    limit = now + auth.ABSOLUTE_FOR_STAFF
    longer = update(LoginSession).where(
        LoginSession.person_id == person.id, LoginSession.expires_at > limit
    )
    db.session.execute(longer.values(expires_at=limit))
    audit.record(MemberDeed.GRANTED, person, actor=actor, now=now, about=told(role))
    return row


def end_grant(row: StaffGrant, *, actor: Actor, now: datetime) -> None:
    """End a role in the staff, at once; but never the last administrator's."""
    if not policy.administrator(actor):
        raise NotAllowed
    guard_last(row.person, row.role)
    db.session.refresh(row)
    if row.ends_at is not None:
        raise Refused(ENDED)
    row.ends_at, row.ended_by_id = max(now, row.starts_at), actor.id
    audit.record(MemberDeed.GRANT_ENDED, row.person, actor=actor, now=now, about=told(row.role))


def told(role: StaffRole) -> About:
    """Return what a timeline tells of a staff role."""
    return About(details={"role": role.value})


def guard_last(person: Person, role: StaffRole) -> None:
    """Refuse to leave the portal without an administrator.

    All grants of administrators are locked, in one order, so that two who end each other's at once
    are not both let go.
    """
    if role is not StaffRole.ADMINISTRATOR:
        return
    live = (StaffGrant.role == StaffRole.ADMINISTRATOR, StaffGrant.ends_at.is_(None))
    locked = select(StaffGrant.id).where(*live).order_by(StaffGrant.id).with_for_update()
    db.session.execute(locked).all()
    others = (
        select(func.count())
        .select_from(StaffGrant)
        .join(Person, Person.id == StaffGrant.person_id)
        .where(*live, Person.id != person.id, Person.state == PersonState.ACTIVE)
    )
    if not db.session.scalar(others):
        raise Refused(LAST)


def block(person: Person, *, actor: Actor, now: datetime) -> None:
    """Let somebody sign in no more, and end their sessions at once."""
    grants = select(StaffGrant.id).where(
        StaffGrant.person_id == person.id,
        StaffGrant.role == StaffRole.ADMINISTRATOR,
        StaffGrant.ends_at.is_(None),
    )
    if db.session.scalar(grants):
        guard_last(person, StaffRole.ADMINISTRATOR)
    step = PERSON.make("block", person, actor=actor, now=now)
    auth.end_sessions(person.id, now=now, reason="blocked")
    succession.blocked(person, now=now)
    audit.record(MemberDeed.BLOCKED, person, actor=actor, now=now, about=About(step=step))


def unblock(person: Person, *, actor: Actor, now: datetime) -> None:
    """Let somebody sign in again."""
    step = PERSON.make("unblock", person, actor=actor, now=now)
    succession.back(person, actor=actor, now=now)
    audit.record(MemberDeed.UNBLOCKED, person, actor=actor, now=now, about=About(step=step))


def unlocked(person: Person, *, actor: Actor, now: datetime) -> None:
    """Write down that an administrator let somebody try to sign in again."""
    audit.record(MemberDeed.UNLOCKED, person, actor=actor, now=now)


def find_or_add(name: str, email: str, *, language: str, actor: Actor, now: datetime) -> Person:
    """Find somebody by their address, or add them: they have no password until they ask for one."""
    if not policy.membership_staff(actor):
        raise NotAllowed
    person = holding.holder(email)
    if person:
        return person
    person = Person(name=name, email=email, language=language, created_at=now)
    db.session.add(person)
    audit.record(MemberDeed.ADDED, person, actor=actor, now=now)
    return person


def people_who_work_on(role: StaffRole, *, now: datetime) -> list[Person]:
    """Return who holds a staff role now, or all administrators when nobody does."""
    holders = (
        select(Person)
        .join(StaffGrant, StaffGrant.person_id == Person.id)
        .where(*auth.in_force(StaffGrant, now=now), *is_told())
        .distinct()
    )
    found = list(db.session.scalars(holders.where(StaffGrant.role == role)))
    return found or list(
        db.session.scalars(holders.where(StaffGrant.role == StaffRole.ADMINISTRATOR))
    )

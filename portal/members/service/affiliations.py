"""Who belongs to an organisation: granted, ended and replaced, never edited."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import policy
from portal.members.deeds import MemberDeed
from portal.members.service import seats, succession
from portal.members.workflow import INVITATION
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    Invitation,
    InvitationState,
    LoginSession,
    Organisation,
    Person,
    PersonState,
    SuccessionCause,
)
from portal.models.members.people import is_told
from portal.platform import audit, auth, happenings
from portal.platform.audit import About

LAST = Sentence(
    N_("This is the last administrator. Make somebody else administrator first, so that the"
       " organisation is never without one.")
)  # fmt: skip
ENDED = Sentence(N_("This role has ended already."))
MERGED = Sentence(N_("This account became a part of another one of the same person."))
SAME = Sentence(N_("This person has that role already."))


def lock(organisation_id: UUID) -> None:
    """Let nobody else change who belongs to an organisation until this deed is kept."""
    db.session.execute(
        select(Organisation.id).where(Organisation.id == organisation_id).with_for_update()
    )


def insist_on_itself(person_id: UUID) -> None:
    """Refuse to give a role to an account that became a part of another, now or meanwhile."""
    there = select(Person.id).where(Person.id == person_id, Person.merged_into_id.is_(None))
    if not db.session.scalar(there.with_for_update(read=True, key_share=True)):
        raise Refused(MERGED)


def live(person_id: UUID, organisation_id: UUID) -> Affiliation | None:
    """Find what somebody is in an organisation now."""
    return db.session.scalar(
        select(Affiliation).where(
            Affiliation.person_id == person_id,
            Affiliation.organisation_id == organisation_id,
            Affiliation.ends_at.is_(None),
        )
    )


def grant(
    person: Person,
    organisation: Organisation,
    *,
    role: AffiliationRole,
    title: str = "",
    actor: Actor,
    now: datetime,
) -> Affiliation:
    """Give somebody a role, in the place of one they may have: part of a deed."""
    lock(organisation.id)
    insist_on_itself(person.id)
    before = live(person.id, organisation.id)
    if before:
        if before.role is role:
            raise Refused(SAME)
        guard_last(before, actor=actor)
        close(before, actor=actor, now=now)
    else:
        seats.insist_on_seat(organisation.id, now=now)
    row = Affiliation(
        person_id=person.id,
        organisation_id=organisation.id,
        role=role,
        title=title or (before.title if before else ""),
        starts_at=now,
        granted_by_id=actor.id,
    )
    db.session.add(row)
    db.session.flush()
    if before:
        take_back_invitations(row.person_id, row.organisation_id, actor=actor, now=now)
    succession.taken_over(row, actor=actor, now=now)
    return row


def close(row: Affiliation, *, actor: Actor, now: datetime, reason: str = "") -> None:
    """Let a role be over, at once: part of a deed.

    One that was given while this deed waited for its turn ends in the moment in which it began.
    """
    if row.ends_at is not None:
        raise Refused(ENDED)
    row.ends_at, row.ended_by_id = max(now, row.starts_at), actor.id
    row.reason = reason or row.reason
    db.session.flush()


def part(
    row: Affiliation, *, actor: Actor, now: datetime, reason: str = "", succeeds: bool = True
) -> None:
    """Let somebody belong to an organisation no longer: the role, and whatever came from it.

    Rights are worked out from the roles in force, so they are gone with the row. What is kept
    elsewhere ends here and in the rooms that listen, in the same transaction. `succeeds` asks for
    a successor where one is needed.
    """
    close(row, actor=actor, now=now, reason=reason)
    acting = update(LoginSession).where(
        LoginSession.person_id == row.person_id,
        LoginSession.acting_id == row.organisation_id,
    )
    db.session.execute(acting.values(acting_id=None))
    take_back_invitations(row.person_id, row.organisation_id, actor=actor, now=now)
    about = (row.person_id, row.organisation_id)
    happenings.tell(happenings.AFFILIATION_ENDED, *about, now=now)
    if succeeds:
        succession.needed(row, cause=SuccessionCause.LEFT, now=now)


def take_back_invitations(
    person_id: UUID, organisation_id: UUID, *, actor: Actor, now: datetime
) -> None:
    """Withdraw the invitations of somebody who may not invite to an organisation any more."""
    waiting = select(Invitation).where(
        Invitation.invited_by_id == person_id,
        Invitation.organisation_id == organisation_id,
        Invitation.state == InvitationState.PENDING,
    )
    for invitation in db.session.scalars(waiting.order_by(Invitation.id)).all():
        inviter = auth.actor_of(invitation.invited_by, now=now)
        if not policy.manages_invitation(inviter, invitation):
            INVITATION.make("lapse", invitation, actor=actor, now=now)
            invitation.answered_at = now


def guard_last(row: Affiliation, *, actor: Actor) -> None:
    """Refuse to leave an organisation without an administrator; staff may, to clear up.

    The organisation's row is locked, so that two who leave at once are not both let go.
    """
    if row.role is not AffiliationRole.ADMINISTRATOR or policy.membership_staff(actor):
        return
    others = (
        select(func.count())
        .select_from(Affiliation)
        .join(Person, Person.id == Affiliation.person_id)
        .where(
            Affiliation.organisation_id == row.organisation_id,
            Affiliation.role == AffiliationRole.ADMINISTRATOR,
            Affiliation.ends_at.is_(None),
            Affiliation.id != row.id,
            Person.state == PersonState.ACTIVE,
        )
    )
    if not db.session.scalar(others):
        raise Refused(LAST)


def affiliate(
    person: Person,
    organisation: Organisation,
    *,
    role: AffiliationRole,
    title: str = "",
    actor: Actor,
    now: datetime,
) -> Affiliation:
    """Give somebody a role in an organisation; another role that they had there ends."""
    row = grant(person, organisation, role=role, title=title, actor=actor, now=now)
    audit.record(MemberDeed.AFFILIATED, row, actor=actor, now=now, about=told(row, actor=actor))
    return row


def change_role(
    row: Affiliation, role: AffiliationRole, *, actor: Actor, now: datetime
) -> Affiliation:
    """End what somebody is in an organisation and make them something else."""
    lock(row.organisation_id)
    db.session.refresh(row)
    if row.ends_at is not None:
        raise Refused(ENDED)
    new = grant(row.person, row.organisation, role=role, actor=actor, now=now)
    audit.record(MemberDeed.ROLE_CHANGED, new, actor=actor, now=now, about=told(new, actor=actor))
    return new


def end_affiliation(row: Affiliation, *, actor: Actor, now: datetime) -> None:
    """End what somebody is in an organisation, and at once all that it gave."""
    lock(row.organisation_id)
    db.session.refresh(row)
    guard_last(row, actor=actor)
    part(row, actor=actor, now=now)
    about = told(row, actor=actor)
    audit.record(MemberDeed.AFFILIATION_ENDED, row, actor=actor, now=now, about=about)


def told(row: Affiliation, *, actor: Actor) -> About:
    """Return what the organisation's timeline tells of a change among its people."""
    behalf = None if actor.belongs_to(row.organisation_id) else row.organisation_id
    return About(
        organisation_id=row.organisation_id,
        on_behalf_of_id=behalf if actor.is_staff_of_any else None,
        note=db.session.get_one(Person, row.person_id).name,
        details={"role": row.role.value},
    )


def administrators_of(organisation_id: UUID) -> list[Person]:
    """Return who administers an organisation and is written to about it."""
    found = (
        select(Person)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(
            Affiliation.organisation_id == organisation_id,
            Affiliation.role == AffiliationRole.ADMINISTRATOR,
            Affiliation.ends_at.is_(None),
            *is_told(),
        )
    )
    return list(db.session.scalars(found))

"""Invitations: a letter to one address that lets its owner join one organisation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import mails, policy
from portal.members.deeds import MemberDeed
from portal.members.service import affiliations, seats
from portal.members.workflow import INVITATION
from portal.models import (
    Actor,
    Affiliation,
    AffiliationRole,
    EmailAddress,
    Invitation,
    InvitationState,
    Organisation,
    Person,
    PersonState,
)
from portal.platform import audit, auth, mail, tokens
from portal.platform.audit import About

VALID = timedelta(days=14)

WAITS_ALREADY = Sentence(
    N_("An invitation to this address is waiting for an answer already. You can send it again.")
)
BELONGS_ALREADY = Sentence(N_("The person with this address belongs to the organisation already."))
NO_LONGER = Sentence(
    N_("Whoever sent this invitation may not invite people any more. Ask for a new one.")
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Whom to invite, as what."""

    email: str
    role: AffiliationRole
    message: str = ""
    language: str = "en"


def invite(
    organisation: Organisation, wish: Wish, *, actor: Actor, now: datetime
) -> tuple[Invitation, str]:
    """Send somebody an invitation. Return it with the secret that only the letter holds.

    Until staff confirmed the organisation, nothing that its people write goes along.
    """
    affiliations.lock(organisation.id)
    refuse_needless(organisation, wish.email)
    if reason := seats.full(organisation.id, now=now):
        raise Mistake("email", reason)
    token = tokens.fresh()
    row = Invitation(
        organisation=organisation,
        email=wish.email,
        role=wish.role,
        message=wish.message if organisation.confirmed_at else "",
        language=wish.language,
        token_hash=tokens.digest(token),
        invited_by=db.session.get_one(Person, actor.id),
        expires_at=now + VALID,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    mail.queue(mails.invitation(row, token))
    audit.record(MemberDeed.INVITED, row, actor=actor, now=now, about=told(row, actor=actor))
    return row, token


def refuse_needless(organisation: Organisation, email: str) -> None:
    """Refuse to invite somebody who belongs already, or whose invitation still waits."""
    waiting = select(Invitation.id).where(
        Invitation.organisation_id == organisation.id,
        Invitation.email == email,
        Invitation.state == InvitationState.PENDING,
    )
    if db.session.scalar(waiting):
        raise Mistake("email", WAITS_ALREADY)
    belongs = (
        select(Affiliation.id)
        .join(EmailAddress, EmailAddress.person_id == Affiliation.person_id)
        .where(
            Affiliation.organisation_id == organisation.id,
            Affiliation.ends_at.is_(None),
            EmailAddress.address == email,
        )
    )
    if db.session.scalar(belongs):
        raise Mistake("email", BELONGS_ALREADY)


def resend(row: Invitation, *, actor: Actor, now: datetime) -> str:
    """Send an invitation once more: with a new secret, and good for two weeks from now."""
    if not INVITATION.offers("revoke", row, actor=actor):
        raise NotAllowed
    token = tokens.fresh()
    row.token_hash, row.expires_at = tokens.digest(token), now + VALID
    row.invited_by = db.session.get_one(Person, actor.id)
    mail.queue(mails.invitation(row, token))
    about = told(row, actor=actor)
    audit.record(MemberDeed.INVITED_AGAIN, row, actor=actor, now=now, about=about)
    return token


def revoke(row: Invitation, *, actor: Actor, now: datetime) -> None:
    """Take an invitation back."""
    step = INVITATION.make("revoke", row, actor=actor, now=now)
    row.answered_at = now
    about = About(organisation_id=row.organisation_id, step=step)
    audit.record(MemberDeed.INVITATION_REVOKED, row, actor=actor, now=now, about=about)


def accept_invitation(row: Invitation, *, actor: Actor, now: datetime) -> Affiliation:
    """Join an organisation, if whoever invited may still do so."""
    step = INVITATION.make("accept", row, actor=actor, now=now)
    row.answered_at = now
    inviter = row.invited_by
    still = policy.manages_invitation(auth.actor_of(inviter, now=now), row)
    if not still or inviter.state is not PersonState.ACTIVE:
        raise Refused(NO_LONGER)
    person = db.session.get_one(Person, actor.id)
    found = affiliations.live(person.id, row.organisation_id)
    joined = found or affiliations.grant(
        person, row.organisation, role=row.role, actor=actor, now=now
    )
    about = About(organisation_id=row.organisation_id, step=step)
    audit.record(MemberDeed.INVITATION_ACCEPTED, row, actor=actor, now=now, about=about)
    return joined


def decline_invitation(row: Invitation, *, actor: Actor, now: datetime) -> None:
    """Turn an invitation down."""
    step = INVITATION.make("decline", row, actor=actor, now=now)
    row.answered_at = now
    about = About(organisation_id=row.organisation_id, step=step)
    audit.record(MemberDeed.INVITATION_DECLINED, row, actor=actor, now=now, about=about)


def told(row: Invitation, *, actor: Actor) -> About:
    """Return what the organisation's timeline tells of an invitation."""
    behalf = None if actor.belongs_to(row.organisation_id) else row.organisation_id
    return About(
        organisation_id=row.organisation_id,
        on_behalf_of_id=behalf if actor.is_staff_of_any else None,
        details={"role": row.role.value},
    )

"""Asking to belong to an organisation that is already here."""

from datetime import datetime

from sqlalchemy import select

from portal.core.errors import NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import mails
from portal.members.deeds import MemberDeed
from portal.members.service import affiliations
from portal.members.service.organisations import CONFIRM_FIRST
from portal.members.service.staff import people_who_work_on
from portal.members.workflow import REQUEST
from portal.models import (
    Actor,
    AffiliationRole,
    JoinRequest,
    Organisation,
    Person,
    RequestState,
    StaffRole,
)
from portal.platform import audit, mail
from portal.platform.audit import About

ASKED = Sentence(
    N_("You have asked to join this organisation already. Its administrator will answer.")
)
BELONG = Sentence(N_("You belong to this organisation already."))


def ask_to_join(
    organisation: Organisation, message: str, *, actor: Actor, now: datetime
) -> JoinRequest:
    """Ask to belong to an organisation: its administrators answer, or staff when it has none."""
    if not actor.verified:
        raise NotAllowed(CONFIRM_FIRST)
    if actor.belongs_to(organisation.id):
        raise Refused(BELONG)
    affiliations.lock(organisation.id)
    asked = select(JoinRequest.id).where(
        JoinRequest.organisation_id == organisation.id,
        JoinRequest.person_id == actor.id,
        JoinRequest.state == RequestState.OPEN,
    )
    if db.session.scalar(asked):
        raise Refused(ASKED)
    row = JoinRequest(
        organisation=organisation,
        person=db.session.get_one(Person, actor.id),
        message=message,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    readers = affiliations.administrators_of(organisation.id)
    readers = readers or people_who_work_on(StaffRole.MEMBERSHIP, now=now)
    mail.queue(*mails.asked_to_join(row, readers))
    about = About(organisation_id=organisation.id, note=actor.name)
    audit.record(MemberDeed.ASKED_TO_JOIN, row, actor=actor, now=now, about=about)
    return row


def accept_request(row: JoinRequest, role: AffiliationRole, *, actor: Actor, now: datetime) -> None:
    """Let somebody join, as what the organisation decides."""
    step = REQUEST.make("accept", row, actor=actor, now=now)
    answered(row, actor=actor, now=now)
    if not affiliations.live(row.person_id, row.organisation_id):
        affiliations.grant(row.person, row.organisation, role=role, actor=actor, now=now)
    mail.queue(mails.join_answered(row, accepted=True))
    about = About(organisation_id=row.organisation_id, step=step, note=row.person.name)
    audit.record(MemberDeed.JOIN_ACCEPTED, row, actor=actor, now=now, about=about)


def decline_request(row: JoinRequest, *, actor: Actor, now: datetime) -> None:
    """Do not let somebody join."""
    step = REQUEST.make("decline", row, actor=actor, now=now)
    answered(row, actor=actor, now=now)
    mail.queue(mails.join_answered(row, accepted=False))
    about = About(organisation_id=row.organisation_id, step=step)
    audit.record(MemberDeed.JOIN_DECLINED, row, actor=actor, now=now, about=about)


def withdraw_request(row: JoinRequest, *, actor: Actor, now: datetime) -> None:
    """Ask no longer."""
    step = REQUEST.make("withdraw", row, actor=actor, now=now)
    answered(row, actor=actor, now=now)
    about = About(organisation_id=row.organisation_id, step=step)
    audit.record(MemberDeed.JOIN_WITHDRAWN, row, actor=actor, now=now, about=about)


def answered(row: JoinRequest, *, actor: Actor, now: datetime) -> None:
    """Write down who answered a request, and when."""
    row.answered_at, row.answered_by_id = now, actor.id

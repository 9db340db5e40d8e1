"""What the portal does by itself when a day has come. Done twice, it does no harm."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.extensions import db
from portal.members.joining import mails
from portal.members.joining.deeds import JoiningDeed
from portal.members.joining.service import handling
from portal.members.joining.service.steps import locked, readers_of, told
from portal.members.joining.workflow import JOINING
from portal.members.queries import today
from portal.models import PORTAL, QUEUED_JOINING, JoiningState, MembershipApplication
from portal.platform import audit, mail

#: So long before the time for an answer is over the applicants are reminded.
REMIND = timedelta(days=14)
#: So many are looked after in one run; the next run takes those that are left.
MOST = 500


def due(*wanted: Any) -> Sequence[UUID]:
    """Return the applications of which something is true, in order."""
    found = select(MembershipApplication.id).where(*wanted).order_by(MembershipApplication.id)
    return db.session.scalars(found.limit(MOST)).all()


def to_remind(*, now: datetime) -> Sequence[UUID]:
    """Return those whose question will be too late to answer soon."""
    return due(
        MembershipApplication.answer_by <= now + REMIND,
        MembershipApplication.answer_by > now,
        MembershipApplication.reminded_at.is_(None),
    )


def to_lapse(*, now: datetime) -> Sequence[UUID]:
    """Return those whose question is too late to answer."""
    return due(MembershipApplication.answer_by <= now)


def to_resume(*, now: datetime) -> Sequence[UUID]:
    """Return those whose day to be taken up again has come."""
    return due(
        MembershipApplication.state.in_(QUEUED_JOINING),
        MembershipApplication.state == JoiningState.DEFERRED,
        MembershipApplication.deferred_until <= today(now=now),
    )


def taken(id: UUID) -> MembershipApplication:
    """Lock one of them, and read it afresh: people may have been faster."""
    row = db.session.get_one(MembershipApplication, id)
    locked(row)
    return row


def remind(id: UUID, *, now: datetime) -> None:
    """Remind the applicants of a question, once."""
    row = taken(id)
    if row.answer_by is None or row.answer_by <= now or row.reminded_at is not None:
        return
    row.reminded_at = now
    mail.queue(*mails.reminded(row, readers_of(row)))
    audit.record(JoiningDeed.REMINDED, row, actor=PORTAL, now=now, about=told(row))


def lapse(id: UUID, *, now: datetime) -> None:
    """Take an application as withdrawn whose question nobody answered."""
    row = taken(id)
    if row.answer_by is None or now < row.answer_by:
        return
    step = JOINING.make("lapse", row, actor=PORTAL, now=now)
    row.answer_by, row.decided_at = None, now
    mail.queue(*mails.lapsed(row, readers_of(row)))
    audit.record(JoiningDeed.LAPSED, row, actor=PORTAL, now=now, about=told(row, step=step))


def resume(id: UUID, *, now: datetime) -> None:
    """Take up again what was put off to this day."""
    row = taken(id)
    if row.deferred_until is not None and row.deferred_until <= today(now=now):
        handling.resume(row, actor=PORTAL, now=now)

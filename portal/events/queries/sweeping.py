"""What a date demands: for the portal alone, a few hundred at once; the next sweep goes on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select

from portal.core.errors import present
from portal.events.queries.telling import registered_others
from portal.events.rules import BREATH, CLOSING_SOON, OFFER_ENDS_SOON
from portal.extensions import db
from portal.models import (
    Delegate,
    DelegateHistory,
    DelegateState,
    Event,
    EventState,
    Person,
    Quota,
    Reminder,
    ticket_quota,
)

AT_ONCE = 500
OFFER_RULE = "event-offer-ends"
CLOSING_RULE = "event-closes"


def overdue(*, now: datetime) -> Sequence[UUID]:
    """Return the delegates whose offer has run out."""
    found = select(Delegate.id).where(
        Delegate.state == DelegateState.OFFERED, Delegate.offer_expires_at <= now - BREATH
    )
    ordered = found.order_by(Delegate.offer_expires_at, Delegate.id).limit(AT_ONCE)
    return db.session.scalars(ordered).all()


def with_free_places(*, now: datetime) -> Sequence[UUID]:
    """Return the events where somebody waits for a quota that has a place left."""
    waits = (
        select(Delegate.id)
        .join(ticket_quota, ticket_quota.c.ticket_id == Delegate.ticket_id)
        .join(Quota, Quota.id == ticket_quota.c.quota_id)
        .where(Delegate.event_id == Event.id, Delegate.state == DelegateState.WAITLISTED)
        .where(Quota.size.is_(None) | (Quota.held < Quota.size))
    )
    found = select(Event.id).where(
        Event.state == EventState.PUBLISHED,
        Event.registration_closes_at > now,
        Event.promotion_paused.is_(False),
        waits.exists(),
    )
    return db.session.scalars(found.order_by(Event.id).limit(AT_ONCE)).all()


def to_remind(*, now: datetime) -> Sequence[UUID]:
    """Return the delegates whose offer ends soon and who were not reminded of it."""
    sent = exists().where(Reminder.subject_id == Delegate.id, Reminder.rule == OFFER_RULE)
    found = select(Delegate.id).where(
        Delegate.state == DelegateState.OFFERED,
        Delegate.offer_expires_at > now,
        Delegate.offer_expires_at <= now + OFFER_ENDS_SOON,
        ~sent,
    )
    ordered = found.order_by(Delegate.offer_expires_at, Delegate.id).limit(AT_ONCE)
    return db.session.scalars(ordered).all()


def closing(*, now: datetime) -> Sequence[UUID]:
    """Return the events whose registration closes soon and that nobody was reminded of."""
    sent = exists().where(Reminder.subject_id == Event.id, Reminder.rule == CLOSING_RULE)
    found = select(Event.id).where(
        Event.state == EventState.PUBLISHED,
        Event.registration_opens_at <= now - CLOSING_SOON,
        Event.registration_closes_at > now,
        Event.registration_closes_at <= now + CLOSING_SOON,
        ~sent,
    )
    return db.session.scalars(found.order_by(Event.id).limit(AT_ONCE)).all()


def any_event(id: UUID) -> Event:
    """Return an event to the portal itself, which needs nobody's leave."""
    return present(db.session.scalar(select(Event).where(Event.id == id)))


def any_delegate(id: UUID) -> Delegate:
    """Return a delegate to the portal itself."""
    return present(db.session.scalar(select(Delegate).where(Delegate.id == id)))


def offered_at(delegate: Delegate) -> datetime:
    """Return when the place was offered that somebody has not answered yet."""
    found = select(func.max(DelegateHistory.at)).where(
        DelegateHistory.delegate_id == delegate.id, DelegateHistory.move == "promote"
    )
    moment: datetime = db.session.execute(found).scalar_one()
    return moment


def was_reminded(subject_id: UUID, rule: str) -> bool:
    """Tell whether this reminder was sent already."""
    found = select(Reminder.id).where(Reminder.subject_id == subject_id, Reminder.rule == rule)
    return db.session.scalar(found) is not None


def coordinators(event: Event) -> Sequence[Person]:
    """Return those who registered somebody else who still comes or waits."""
    found = select(Person).where(Person.id.in_(registered_others(event, "moved")))
    return db.session.scalars(found.order_by(Person.id)).all()


def in_state(event: Event, state: DelegateState) -> int:
    """Return how many delegates of an event are in a state."""
    found: Any = select(func.count()).where(Delegate.event_id == event.id, Delegate.state == state)
    return int(db.session.scalar(found) or 0)

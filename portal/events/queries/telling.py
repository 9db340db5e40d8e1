"""Who is still to be told of something: for the portal alone."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    ACTIVE_STATES,
    Delegate,
    DelegateHistory,
    DelegateState,
    Event,
    Person,
    Registration,
    Reminder,
)


def event(id: UUID) -> Event:
    """Return an event to the portal itself, which needs nobody's leave."""
    return present(db.session.scalar(select(Event).where(Event.id == id)))


def concerned(event: Event, what: str) -> ColumnElement[bool]:
    """Return what is true of a delegate whom a move or a cancellation concerns.

    Cancelled with the event were those whose last step was made at the very moment.
    """
    of_it = Delegate.event_id == event.id
    if what == "moved":
        return of_it & Delegate.state.in_(ACTIVE_STATES)
    with_it = exists().where(
        DelegateHistory.delegate_id == Delegate.id,
        DelegateHistory.move == "cancel",
        DelegateHistory.at == event.cancelled_at,
    )
    return of_it & (Delegate.state == DelegateState.CANCELLED) & with_it


def untold_delegates(event: Event, what: str, rule: str, *, most: int) -> Sequence[Delegate]:
    """Return the next delegates who were not told yet."""
    told = exists().where(Reminder.subject_id == Delegate.id, Reminder.rule == rule)
    found = (
        select(Delegate)
        .where(concerned(event, what), ~told)
        .options(
            joinedload(Delegate.event).joinedload(Event.contact),
            joinedload(Delegate.ticket),
            joinedload(Delegate.person),
            joinedload(Delegate.registration).joinedload(Registration.registered_by),
        )
        .order_by(Delegate.id)
        .limit(most)
    )
    return db.session.scalars(found).all()


def untold_coordinators(event: Event, what: str, rule: str, *, most: int) -> Sequence[Person]:
    """Return the next people who registered somebody else and were not told yet."""
    told = exists().where(Reminder.subject_id == Person.id, Reminder.rule == f"{rule}:{event.id}")
    found = (
        select(Person)
        .where(Person.id.in_(registered_others(event, what)), ~told)
        .order_by(Person.id)
        .limit(most)
    )
    return db.session.scalars(found).all()


def registered_others(event: Event, what: str) -> Select[UUID]:
    """Select who registered somebody else whom it concerns."""
    return (
        select(Registration.registered_by_id)
        .join(Delegate, Delegate.registration_id == Registration.id)
        .join(Person, Person.id == Registration.registered_by_id)
        .where(concerned(event, what), Person.email != Delegate.email)
        .where(Registration.coordinates_still)
    )

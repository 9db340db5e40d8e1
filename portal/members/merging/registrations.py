"""What two organisations both have at an event: it becomes one registration where that is right.

It stays two where invoices need two references, and stays whose it is where the two together have
more people than one organisation may: nobody loses a place by a merge, and none is gained.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, func, select, update

from portal.extensions import db
from portal.models import (
    ACTIVE_STATES,
    Delegate,
    Event,
    Organisation,
    Quota,
    Registration,
    TicketType,
)


class Becomes(StrEnum):
    """What becomes of two registrations for one event, as the preview of a merge tells it."""

    ONE = "registrations_join"
    BESIDE = "registrations_beside"
    APART = "registrations_stay"


@dataclass(frozen=True, kw_only=True)
class Shared:
    """An event for which both are registered, and what becomes of that."""

    event: Event
    becomes: Becomes


def shared(kept: Organisation, lost: Organisation) -> list[Shared]:
    """Return the events for which both are registered, the first one first."""
    return [Shared(event=event, becomes=becomes(event, kept, lost)) for event in both(kept, lost)]


def both(kept: Organisation, lost: Organisation) -> Sequence[Event]:
    """Return the events for which both are registered."""
    own, theirs = (
        select(Registration.event_id).where(Registration.organisation_id == each.id)
        for each in (kept, lost)
    )
    rows = select(Event).where(Event.id.in_(own), Event.id.in_(theirs))
    return db.session.scalars(rows.order_by(Event.starts_at, Event.id)).all()


def becomes(event: Event, kept: Organisation, lost: Organisation) -> Becomes:
    """Say what becomes of what both have at an event."""
    if not fits(event, kept, lost):
        return Becomes.APART
    references = select(Registration.purchase_reference).where(
        Registration.event_id == event.id,
        Registration.organisation_id.in_((kept.id, lost.id)),
        Registration.purchase_reference != "",
    )
    several = len(set(db.session.scalars(references))) > 1
    return Becomes.BESIDE if several else Becomes.ONE


def fits(event: Event, kept: Organisation, lost: Organisation) -> bool:
    """Tell whether the two together have no more people than one organisation may have."""
    active = (
        select(Delegate.ticket_id, TicketType.max_per_organisation, func.count())
        .join(TicketType, TicketType.id == Delegate.ticket_id)
        .where(
            Delegate.event_id == event.id,
            Delegate.organisation_id.in_((kept.id, lost.id)),
            Delegate.state.in_(ACTIVE_STATES),
        )
        .group_by(Delegate.ticket_id, TicketType.max_per_organisation)
    )
    counted: Counter[UUID] = Counter()
    for ticket_id, most, number in db.session.execute(active):
        counted[ticket_id] = number
        if most is not None and number > most:
            return False
    whole = event.max_per_organisation
    return whole is None or counted.total() <= whole


def hold(kept: Organisation, lost: Organisation) -> None:
    """Let nobody register for these events until the merge is kept, as whoever registers does."""
    events = [event.id for event in both(kept, lost)]
    rows = select(Quota.id).where(Quota.event_id.in_(events)).order_by(Quota.id)
    db.session.execute(rows.with_for_update()).all()


def bring_together(found: Sequence[Shared], kept: Organisation) -> None:
    """Make one registration of those of an event, once all of them are of the one that is kept."""
    for each in found:
        if each.becomes is Becomes.ONE:
            first, *others = registrations(each.event.id, kept.id)
            for other in others:
                take_in(first, other)


def registrations(event_id: UUID, organisation_id: UUID) -> Iterator[Registration]:
    """Yield the registrations of an organisation for an event, the oldest first."""
    rows = select(Registration).where(
        Registration.event_id == event_id, Registration.organisation_id == organisation_id
    )
    fresh = rows.execution_options(populate_existing=True)
    yield from db.session.scalars(fresh.order_by(Registration.created_at, Registration.id)).all()


def take_in(first: Registration, other: Registration) -> None:
    """Let the people of one registration belong to another, with what was noted about them."""
    moved = update(Delegate).where(Delegate.registration_id == other.id)
    db.session.execute(moved.values(registration_id=first.id, version=Delegate.version + 1))
    first.purchase_reference = first.purchase_reference or other.purchase_reference
    first.note = "\n".join(filter(None, (first.note, other.note)))
    db.session.flush()
    db.session.expunge(other)
    db.session.execute(delete(Registration).where(Registration.id == other.id))

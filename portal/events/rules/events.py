"""What the dates and the state of an event say about it."""

from datetime import datetime, timedelta
from typing import Any, Protocol

from portal.core.wording import N_, InZone, Sentence
from portal.models import Event, EventPhase, EventState

#: No event lasts longer, so none that began before is still to come.
LONGEST = timedelta(days=60)
#: So long before registration closes people are reminded of it.
CLOSING_SOON = timedelta(days=3)

NOT_PUBLISHED = Sentence(N_("This event is not published yet."))
IS_CANCELLED = Sentence(N_("This event is cancelled."))
IS_OVER = Sentence(N_("This event is over."))
IS_SETTLED = Sentence(N_("This event is over or cancelled. It stays as it was."))


#: An event, or what was read of it by its columns.
Terms = Any


class Dated(Protocol):
    """An event, or a row of a list of events."""

    state: Any
    starts_at: Any
    ends_at: Any
    registration_opens_at: Any
    registration_closes_at: Any


def phase(event: Dated, *, now: datetime) -> EventPhase:
    """Say where an event stands. Ends are exclusive."""
    if event.state is not EventState.PUBLISHED:
        return EventPhase.of(event.state.value)
    if now >= event.ends_at:
        return EventPhase.PAST
    if now >= event.starts_at:
        return EventPhase.RUNNING
    if now < event.registration_opens_at:
        return EventPhase.ANNOUNCED
    return EventPhase.OPEN if now < event.registration_closes_at else EventPhase.CLOSED


def not_held(event: Terms, *, now: datetime) -> Sentence | None:
    """Say why nothing can be done with places at an event any more, or yet."""
    if event.state is EventState.DRAFT:
        return NOT_PUBLISHED
    if event.state is EventState.CANCELLED:
        return IS_CANCELLED
    return IS_OVER if now >= event.ends_at else None


def not_open(event: Terms, *, now: datetime) -> Sentence | None:
    """Say why nobody can register at this moment."""
    if reason := not_held(event, now=now):
        return reason
    if now < event.registration_opens_at:
        opens = InZone(event.registration_opens_at, event.zone)
        return Sentence(N_("Registration opens on %(when)s."), {"when": opens})
    if now >= event.registration_closes_at:
        closed = InZone(event.registration_closes_at, event.zone)
        return Sentence(N_("Registration closed on %(when)s."), {"when": closed})
    return None


def settled(event: Event, *, now: datetime) -> Sentence | None:
    """Say why an event may not be edited any more."""
    over = event.state is EventState.PUBLISHED and now >= event.ends_at
    return IS_SETTLED if over or event.state is EventState.CANCELLED else None


def promotes(event: Terms, *, now: datetime) -> bool:
    """Tell whether free places go to those who wait by themselves at this moment."""
    return not event.promotion_paused and not_open(event, now=now) is None


def offer_until(event: Terms, *, now: datetime) -> datetime:
    """Return when a place that is offered now is offered no longer."""
    until: datetime = min(now + timedelta(hours=event.offer_hours), event.ends_at)
    return until


def wrong_dates(starts_at: datetime, ends_at: datetime) -> Sentence | None:
    """Say why an event cannot begin and end so."""
    if ends_at <= starts_at:
        return Sentence(N_("The event must end after it begins."))
    if ends_at - starts_at > LONGEST:
        return Sentence(N_("An event lasts at most 60 days. Choose an earlier end."))
    return None


def wrong_window(opens_at: datetime, closes_at: datetime, ends_at: datetime) -> Sentence | None:
    """Say why registration cannot open and close so."""
    if closes_at <= opens_at:
        return Sentence(N_("Registration must close after it opens."))
    if closes_at > ends_at:
        return Sentence(N_("Registration must close before the event is over."))
    return None


def lacks(event: Event, *, now: datetime) -> list[Sentence]:
    """Return everything that keeps an event from being published, in the order to mend it."""
    reasons = []
    if not event.tickets:
        reasons.append(Sentence(N_("Add a ticket: nobody could register.")))
    if any(not ticket.quotas for ticket in event.tickets):
        reasons.append(Sentence(N_("Say for every ticket which quotas it takes places from.")))
    if not (event.title_en and event.title_nb):
        reasons.append(Sentence(N_("Write the title in both languages.")))
    if not (event.standfirst_en and event.standfirst_nb):
        reasons.append(Sentence(N_("Write in both languages, in a sentence, what this event is.")))
    if now >= event.registration_closes_at:
        reasons.append(Sentence(N_("Registration would have closed already. Give a later time.")))
    return reasons


def not_ready(event: Event, *, now: datetime) -> Sentence | None:
    """Say what lacks first before an event can be published."""
    return next(iter(lacks(event, now=now)), None)


def over(event: Event, *, now: datetime) -> Sentence | None:
    """Say that an event is over, which then cannot be cancelled or moved."""
    return IS_OVER if now >= event.ends_at else None


def days_left(until: datetime, *, now: datetime) -> int:
    """Return how many whole days are left until a moment, none when it has come."""
    return max((until - now).days, 0)

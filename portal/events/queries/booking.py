"""What the deeds about places read, once they have the lock: always afresh from the tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ScalarSelect, bindparam, func, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.util import identity_key

from portal.core.errors import Missing, present
from portal.extensions import db
from portal.models import (
    ACTIVE_STATES,
    Delegate,
    DelegateState,
    Event,
    EventState,
    Person,
    Registration,
    TicketType,
    ticket_quota,
)
from portal.models.base import Moment, at_most
from portal.platform.database import read


@dataclass(frozen=True)
class Waiter:
    """Who waits longest for one kind of ticket."""

    id: UUID
    ticket_id: UUID
    number: int


class Gathering(NamedTuple):
    """What deeds about places and their letters need of an event, in the order of `EVENT`."""

    id: UUID
    version: int
    slug: str
    title_en: str
    title_nb: str
    place: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    registration_opens_at: datetime
    registration_closes_at: datetime
    needs_approval: bool
    max_per_organisation: int | None
    offer_hours: int
    promotion_paused: bool
    state: EventState
    contact_name: str


class Ticket(NamedTuple):
    """A kind of ticket, in the order of `TICKET`, with the quotas it takes places from."""

    id: UUID
    name_en: str
    name_nb: str
    on_sale: bool
    price_ore: int | None
    currency: str
    vat_code: Any
    needs_purchase_reference: bool
    max_per_organisation: int | None
    quotas: frozenset[UUID]


#: What is read of an event and of a ticket; its quotas come beside it.
EVENT = (*(getattr(Event, name) for name in Gathering._fields[:-1]), Person.name)
TICKET = tuple(getattr(TicketType, name) for name in Ticket._fields[:-1])
IN_EVENT, IN_TICKET = len(EVENT), len(EVENT) + len(TICKET)


def head(column: Any) -> ScalarSelect[Any]:
    """Ask something of whoever waits longest for a ticket.

    Nobody before them waits for the same quotas: the heads are all that matters.
    """
    first = (
        select(column)
        .where(
            Delegate.event_id == TicketType.event_id,
            Delegate.ticket_id == TicketType.id,
            Delegate.state == DelegateState.WAITLISTED,
        )
        .order_by(Delegate.waiting_number)
        .limit(at_most(1))
    )
    return first.correlate(TicketType).scalar_subquery()


HEAD = (head(Delegate.id), TicketType.id, head(Delegate.waiting_number))

#: What is true of the whole event, told beside each of its tickets: the number of whoever began to
#: wait last, and when the first of the open offers ends. An order with an end, where `max` would
#: say the same: PostgreSQL, knowing nothing yet of a table, looked through all who go there.
LAST_NUMBER = (
    select(Delegate.waiting_number)
    .where(Delegate.event_id == Event.id, Delegate.waiting_number.is_not(None))
    .order_by(Delegate.waiting_number.desc())
    .limit(at_most(1))
    .correlate(Event)
    .scalar_subquery()
)
FIRST_END = (
    select(func.min(Delegate.offer_expires_at))
    .where(Delegate.event_id == Event.id, Delegate.state == DelegateState.OFFERED)
    .correlate(Event)
    .scalar_subquery()
)
LEDGER = (
    select(*EVENT, *TICKET, ticket_quota.c.quota_id, *HEAD, LAST_NUMBER, FIRST_END)
    .select_from(Event)
    .join(Person, Person.id == Event.contact_id)
    .outerjoin(TicketType, TicketType.event_id == Event.id)
    .outerjoin(ticket_quota, ticket_quota.c.ticket_id == TicketType.id)
    .where(Event.id == bindparam("event_id"))
    .order_by(TicketType.position, TicketType.id)
)

HEADS = select(*HEAD).where(TicketType.event_id == bindparam("event_id"))

OVERDUE = (
    select(Delegate.id)
    .where(
        Delegate.event_id == bindparam("event_id"),
        Delegate.state == DelegateState.OFFERED,
        Delegate.offer_expires_at <= bindparam("now", type_=Moment),
    )
    .order_by(Delegate.offer_expires_at, Delegate.id)
)

FRESH_EVENT = (
    select(Event)
    .where(Event.id == bindparam("id"))
    .options(joinedload(Event.contact))
    .execution_options(populate_existing=True)
)
FRESH_DELEGATE = (
    select(Delegate)
    .where(Delegate.id == bindparam("id"))
    .options(
        joinedload(Delegate.event).joinedload(Event.contact),
        joinedload(Delegate.registration).joinedload(Registration.registered_by),
        joinedload(Delegate.person),
        joinedload(Delegate.ticket),
    )
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What is true of an event, its tickets and who waits for them, read at once.

    `first_end` is when the first of the open offers ends.
    """

    event: Gathering
    tickets: Mapping[UUID, Ticket]
    heads: list[Waiter]
    last_number: int
    first_end: datetime | None


def ledger(event_id: UUID) -> Ledger:
    """Return an event, its tickets with their quotas, in order, and who waits for them."""
    rows: Sequence[Any] = read(LEDGER, event_id=event_id).all()
    if not rows:
        raise Missing
    quotas: dict[Any, set[UUID]] = {}
    for row in rows:
        quotas.setdefault(row[IN_EVENT:IN_TICKET], set()).update({row[IN_TICKET]} - {None})
    tickets = [Ticket._make((*told, frozenset(ids))) for told, ids in quotas.items() if told[0]]
    *_row, last_number, first_end = rows[0]
    return Ledger(
        event=Gathering._make(rows[0][:IN_EVENT]),
        tickets={ticket.id: ticket for ticket in tickets},
        heads=in_turn(row[IN_TICKET + 1 : -2] for row in rows),
        last_number=last_number or 0,
        first_end=first_end,
    )


def heads(event_id: UUID) -> list[Waiter]:
    """Return who waits longest for each ticket, the longest waiting of them first."""
    return in_turn(read(HEADS, event_id=event_id))


def in_turn(rows: Iterable[Any]) -> list[Waiter]:
    """Return the heads of tickets in the order in which they began to wait, each once."""
    waiters = {Waiter(*row) for row in rows if row[0]}
    return sorted(waiters, key=lambda waiter: waiter.number)


def overdue(event_id: UUID, *, now: datetime) -> Sequence[UUID]:
    """Return the delegates whose offer has run out, the earliest first."""
    return read(OVERDUE, event_id=event_id, now=now).scalars().all()


def event_of(id: UUID, *, version: int) -> Event:
    """Return the row of an event as it is now: read before the lock, if it has this version."""
    known = db.session.identity_map.get(identity_key(Event, id))
    if known is not None and known.version == version:
        return known
    return present(db.session.scalar(FRESH_EVENT, {"id": id}))


def delegate_afresh(id: UUID) -> Delegate:
    """Return a delegate as they are now, with all that letters tell of them."""
    return present(db.session.scalar(FRESH_DELEGATE, {"id": id}))


def active(event_id: UUID) -> Sequence[Delegate]:
    """Return everybody who has something going with an event, in order of id."""
    found = select(Delegate).where(Delegate.event_id == event_id, Delegate.state.in_(ACTIVE_STATES))
    fresh = found.order_by(Delegate.id).execution_options(populate_existing=True)
    return db.session.scalars(fresh).all()

"""What the deeds about places read, once they have the lock: always afresh from the tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.orm.util import identity_key

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    ACTIVE_STATES,
    Delegate,
    DelegateState,
    Event,
    Membership,
    MembershipPeriod,
    Organisation,
    Person,
    Registration,
    TicketType,
    event_tier,
    ticket_quota,
)
from portal.models.base import Moment
from portal.models.members.membership import counts_now, is_latest
from portal.platform import cluster
from portal.platform.database import read


@dataclass(frozen=True)
class Waiter:
    """Who waits longest for one kind of ticket."""

    id: UUID
    ticket_id: UUID
    number: int


@dataclass(frozen=True)
class Ticket:
    """A kind of ticket as deeds need it, with the quotas it takes places from."""

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


#: What is read of a ticket; its quotas come beside it.
COLUMNS = tuple(each.name for each in fields(Ticket) if each.name != "quotas")

#: Nobody before the head of a ticket waits for the same quotas: the heads are all that matters.
HEAD = (
    select(func.min(Delegate.waiting_number))
    .where(
        Delegate.event_id == TicketType.event_id,
        Delegate.ticket_id == TicketType.id,
        Delegate.state == DelegateState.WAITLISTED,
    )
    .correlate(TicketType)
    .scalar_subquery()
)
#: What is true of the whole event, told beside each of its tickets: the number of whoever began to
#: wait last, when the first of the open offers ends, and the version of the event.
LAST_NUMBER = (
    select(func.max(Delegate.waiting_number))
    .where(Delegate.event_id == TicketType.event_id)
    .correlate(TicketType)
    .scalar_subquery()
)
FIRST_END = (
    select(func.min(Delegate.offer_expires_at))
    .where(Delegate.event_id == TicketType.event_id, Delegate.state == DelegateState.OFFERED)
    .correlate(TicketType)
    .scalar_subquery()
)
VERSION = (
    select(Event.version)
    .where(Event.id == TicketType.event_id)
    .correlate(TicketType)
    .scalar_subquery()
)
FIRST = aliased(Delegate)
TICKETS = (
    select(
        TicketType.id, TicketType.name_en, TicketType.name_nb, TicketType.on_sale,
        TicketType.price_ore, TicketType.currency, TicketType.vat_code,
        TicketType.needs_purchase_reference, TicketType.max_per_organisation,
        ticket_quota.c.quota_id, FIRST.id.label("head_id"),
        FIRST.waiting_number.label("head_number"), LAST_NUMBER.label("last_number"),
        FIRST_END.label("first_end"), VERSION.label("version"),
    )
    .outerjoin(ticket_quota, ticket_quota.c.ticket_id == TicketType.id)
    .outerjoin(
        FIRST, and_(FIRST.event_id == TicketType.event_id, FIRST.waiting_number == HEAD,
                    FIRST.ticket_id == TicketType.id)
    )
    .where(TicketType.event_id == bindparam("event_id"))
    .order_by(TicketType.position, TicketType.id)
)  # fmt: skip

HEADS = (
    select(Delegate.id, Delegate.ticket_id, Delegate.waiting_number)
    .join(TicketType, TicketType.id == Delegate.ticket_id)
    .where(
        TicketType.event_id == bindparam("event_id"),
        Delegate.event_id == TicketType.event_id,
        Delegate.waiting_number == HEAD,
    )
    .order_by(Delegate.waiting_number)
)

OVERDUE = (
    select(Delegate.id)
    .where(
        Delegate.event_id == bindparam("event_id"),
        Delegate.state == DelegateState.OFFERED,
        Delegate.offer_expires_at <= bindparam("now", type_=Moment),
    )
    .order_by(Delegate.offer_expires_at, Delegate.id)
)

ACTIVE_OF = (
    select(Delegate.ticket_id, func.count())
    .where(
        Delegate.event_id == bindparam("event_id"),
        Delegate.organisation_id == bindparam("organisation_id"),
        Delegate.state.in_(ACTIVE_STATES),
    )
    .group_by(Delegate.ticket_id)
)

IN_EACH = (
    select(func.count())
    .where(Delegate.event_id == bindparam("event_id"), Delegate.state.in_(ACTIVE_STATES))
    .group_by(Delegate.organisation_id)
    .order_by(func.count().desc())
    .limit(1)
)

#: The kinds of membership that an event is for, and those an organisation has today.
MEMBER_OF = (
    select(MembershipPeriod.tier_id)
    .join(Membership, Membership.id == MembershipPeriod.membership_id)
    .where(Membership.organisation_id == bindparam("organisation_id"))
    .where(*counts_now(), is_latest())
)
MEANT_FOR = select(event_tier.c.tier_id).where(event_tier.c.event_id == bindparam("event_id"))

REPLAYED = (
    select(Registration)
    .where(Registration.client_token == bindparam("client_token"))
    .execution_options(populate_existing=True)
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
        joinedload(Delegate.registration).joinedload(Registration.registered_by),
        joinedload(Delegate.person),
        joinedload(Delegate.ticket),
    )
    .execution_options(populate_existing=True)
)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What is true of an event's tickets and of who waits for them, read at once.

    `first_end` is when the first of the open offers ends, `version` that of the event; without
    tickets there is nothing to wait for, and both are None.
    """

    tickets: Mapping[UUID, Ticket]
    heads: list[Waiter]
    last_number: int = 0
    first_end: datetime | None = None
    version: int | None = None


def ledger(event_id: UUID) -> Ledger:
    """Return the tickets of an event with their quotas, in order, and who waits for them."""
    rows: Sequence[Any] = read(TICKETS, event_id=event_id).all()
    quotas: dict[UUID, set[UUID]] = {}
    for row in rows:
        quotas.setdefault(row.id, set()).update({row.quota_id} - {None})
    tickets = {row.id: as_ticket(row, quotas[row.id]) for row in rows}
    waiters = {row.head_id: as_waiter(row) for row in rows if row.head_id}
    heads = sorted(waiters.values(), key=lambda waiter: waiter.number)
    if not rows:
        return Ledger(tickets=tickets, heads=heads)
    last, end, version = rows[0].last_number or 0, rows[0].first_end, rows[0].version
    return Ledger(tickets=tickets, heads=heads, last_number=last, first_end=end, version=version)


def as_ticket(row: Any, quotas: Iterable[UUID]) -> Ticket:
    """Put a ticket and its quotas together."""
    columns = {name: getattr(row, name) for name in COLUMNS}
    return Ticket(**columns, quotas=frozenset(quotas))


def as_waiter(row: Any) -> Waiter:
    """Return who waits longest for a ticket."""
    return Waiter(row.head_id, row.id, row.head_number)


def heads(event_id: UUID) -> list[Waiter]:
    """Return who waits longest for each ticket, the longest waiting of them first."""
    rows: Sequence[Any] = read(HEADS, event_id=event_id).all()
    return [Waiter(id, ticket_id, number) for id, ticket_id, number in rows]


def overdue(event_id: UUID, *, now: datetime) -> Sequence[UUID]:
    """Return the delegates whose offer has run out, the earliest first."""
    return read(OVERDUE, event_id=event_id, now=now).scalars().all()


def active_of(organisation_id: UUID, event_id: UUID) -> Mapping[UUID, int]:
    """Return how many of an organisation have something going with an event, by ticket."""
    values = {"organisation_id": organisation_id, "event_id": event_id}
    rows: Sequence[Any] = read(ACTIVE_OF, **values).all()
    return {ticket_id: count for ticket_id, count in rows}


def most_of_one(event_id: UUID, ticket_id: UUID | None = None) -> int:
    """Return the most that one organisation has at an event, perhaps of one ticket."""
    counted = IN_EACH.where(Delegate.ticket_id == ticket_id) if ticket_id else IN_EACH
    return int(read(counted, event_id=event_id).scalar() or 0)


def is_for(event_id: UUID, organisation_id: UUID, *, today: date) -> bool:
    """Tell whether an event is for this organisation: for everybody, or for its membership."""
    meant = frozenset(read(MEANT_FOR, event_id=event_id).scalars())
    if not meant:
        return True
    days = {"today": today, "grace_since": today - cluster.grace()}
    return bool(meant & set(read(MEMBER_OF, organisation_id=organisation_id, **days).scalars()))


def organisation(id: UUID) -> Organisation | None:
    """Return an organisation."""
    return db.session.get(Organisation, id)


def person(id: UUID) -> Person:
    """Return a person."""
    return db.session.get_one(Person, id)


def replayed(client_token: str) -> Registration | None:
    """Return what was registered with this token, if anything was."""
    return db.session.scalar(REPLAYED, {"client_token": client_token})


def event_of(id: UUID, *, version: int | None) -> Event:
    """Return an event as it is now: as read before the lock, if it still has this version."""
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

"""What the deeds about places read, once they have the lock: always afresh from the tables."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    ACTIVE_STATES,
    Delegate,
    DelegateState,
    EmailAddress,
    Event,
    Membership,
    MembershipPeriod,
    Organisation,
    Person,
    PersonState,
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


TICKETS = (
    select(
        TicketType.id, TicketType.name_en, TicketType.name_nb, TicketType.on_sale,
        TicketType.price_ore, TicketType.currency, TicketType.vat_code,
        TicketType.needs_purchase_reference, TicketType.max_per_organisation,
        ticket_quota.c.quota_id,
    )
    .outerjoin(ticket_quota, ticket_quota.c.ticket_id == TicketType.id)
    .where(TicketType.event_id == bindparam("event_id"))
    .order_by(TicketType.position, TicketType.id)
)  # fmt: skip

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

TAKEN = select(Delegate.email).where(
    Delegate.event_id == bindparam("event_id"),
    Delegate.email.in_(bindparam("emails", expanding=True)),
    Delegate.state.in_(ACTIVE_STATES),
)

LAST_NUMBER = select(func.max(Delegate.waiting_number)).where(
    Delegate.event_id == bindparam("event_id")
)

#: The kinds of membership that an event is for, and those an organisation has today.
MEMBER_OF = (
    select(MembershipPeriod.tier_id)
    .join(Membership, Membership.id == MembershipPeriod.membership_id)
    .where(Membership.organisation_id == bindparam("organisation_id"))
    .where(*counts_now(), is_latest())
)
MEANT_FOR = select(event_tier.c.tier_id).where(event_tier.c.event_id == bindparam("event_id"))

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


def tickets(event_id: UUID) -> Mapping[UUID, Ticket]:
    """Return the tickets of an event with their quotas, in order."""
    found: dict[UUID, tuple[Any, ...]] = {}
    quotas: dict[UUID, set[UUID]] = {}
    rows: Sequence[Any] = read(TICKETS, event_id=event_id).all()
    for row in rows:
        found[row.id] = tuple(row)[:-1]
        quotas.setdefault(row.id, set()).update({row.quota_id} - {None})
    return {id: as_ticket(columns, quotas[id]) for id, columns in found.items()}


def as_ticket(columns: tuple[Any, ...], quotas: Iterable[UUID]) -> Ticket:
    """Put a ticket and its quotas together."""
    return Ticket(*(*columns, frozenset(quotas)))


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


def taken_addresses(event_id: UUID, emails: Collection[str]) -> frozenset[str]:
    """Return which of these addresses are registered for an event already."""
    return frozenset(read(TAKEN, event_id=event_id, emails=list(emails)).scalars())


def last_number(event_id: UUID) -> int:
    """Return the number of whoever began to wait last."""
    return int(read(LAST_NUMBER, event_id=event_id).scalar() or 0)


def is_for(event_id: UUID, organisation_id: UUID, *, today: date) -> bool:
    """Tell whether an event is for this organisation: for everybody, or for its membership."""
    meant = frozenset(read(MEANT_FOR, event_id=event_id).scalars())
    if not meant:
        return True
    days = {"today": today, "grace_since": today - cluster.grace()}
    return bool(meant & set(read(MEMBER_OF, organisation_id=organisation_id, **days).scalars()))


def people(emails: Iterable[str]) -> Mapping[str, Person]:
    """Return those we know among these addresses: who has not proven theirs may be another."""
    found = (
        select(EmailAddress.address, Person)
        .join(Person, Person.id == EmailAddress.person_id)
        .where(
            EmailAddress.address.in_(list(emails)),
            EmailAddress.verified_at.is_not(None),
            Person.state == PersonState.ACTIVE,
        )
    )
    return {row.address: row.Person for row in db.session.execute(found)}


def organisation(id: UUID) -> Organisation | None:
    """Return an organisation."""
    return db.session.get(Organisation, id)


def person(id: UUID) -> Person:
    """Return a person."""
    return db.session.get_one(Person, id)


def replayed(client_token: str) -> Registration | None:
    """Return what was registered with this token, if anything was."""
    found = select(Registration).where(Registration.client_token == client_token)
    return db.session.scalar(found.execution_options(populate_existing=True))


def event_afresh(id: UUID) -> Event:
    """Return an event as it is now, whatever was read of it before the lock."""
    return present(db.session.scalar(FRESH_EVENT, {"id": id}))


def delegate_afresh(id: UUID) -> Delegate:
    """Return a delegate as they are now, with all that letters tell of them."""
    return present(db.session.scalar(FRESH_DELEGATE, {"id": id}))


def active(event_id: UUID) -> Sequence[Delegate]:
    """Return everybody who has something going with an event, in order of id."""
    found = select(Delegate).where(Delegate.event_id == event_id, Delegate.state.in_(ACTIVE_STATES))
    fresh = found.order_by(Delegate.id).execution_options(populate_existing=True)
    return db.session.scalars(fresh).all()

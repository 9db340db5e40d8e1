"""What people look up of their own: the sheet they register on, their people, where each stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.core.alphabet import name_key
from portal.core.errors import present
from portal.events.queries import public
from portal.extensions import db
from portal.models import (
    Actor,
    Affiliation,
    Delegate,
    DelegateState,
    Event,
    Field,
    Organisation,
    Person,
    PersonState,
    PersonVisibility,
    Quota,
    Registration,
    StandIn,
    TicketType,
    Viewer,
    kind_of,
    own,
    ticket_quota,
)
from portal.models.base import Moment
from portal.models.members.visibility import shown
from portal.platform.auth import in_force
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

NEWEST = Order(Delegate.id, Delegate.id, descending=True)


@dataclass(frozen=True)
class Sheet:
    """An event that somebody registers for, with the kinds of its tickets."""

    event: Any
    kinds: Sequence[Any]

    @cached_property
    def tickets(self) -> Mapping[UUID, Any]:
        """The tickets as they stand, read when they are shown: the deed reads its own."""
        return {ticket.id: ticket for ticket in public.tickets_of(self.event.id)}


@cache
def event_for(kind: StandIn) -> Select[Any]:
    """Put together, once for each kind of reader, the statement for an event by its address.

    A line for each kind of ticket, and one for an event without any.
    """
    seen: Any = (
        Event.visible_to(kind)
        .outerjoin(TicketType, TicketType.event_id == Event.id)
        .where(Event.slug == bindparam("slug"))
        .with_only_columns(
            *public.IN_LISTS, Event.needs_approval, TicketType.id.label("ticket_id"),
            TicketType.on_sale, TicketType.needs_purchase_reference,
        )
        .order_by(TicketType.position, TicketType.id)
        .limit(50)
    )  # fmt: skip
    return seen  # type: ignore[no-any-return]  # columns of many types


def sheet(slug: str, *, actor: Actor) -> Sheet:
    """Return what somebody needs who registers for an event. Raises Missing otherwise."""
    rows: Sequence[Any] = read(event_for(kind_of(actor)), slug=slug, **own(actor)).all()
    event = present(next(iter(rows), None))
    return Sheet(event, rows if event.ticket_id else ())


COLLEAGUES = (
    select(
        Person.id,
        Person.name,
        shown(Field.EMAIL, viewer=Viewer.KEEPER).label("email"),
        func.coalesce(shown(Field.PHONE, viewer=Viewer.KEEPER), "").label("phone"),
        Affiliation.title,
    )
    .join(Affiliation, Affiliation.person_id == Person.id)
    .outerjoin(PersonVisibility, PersonVisibility.person_id == Person.id)
    .where(
        Affiliation.organisation_id == bindparam("organisation_id"),
        *in_force(Affiliation, now=bindparam("now", type_=Moment)),
        Person.state == PersonState.ACTIVE,
    )
    .order_by(Person.name_key, Person.id)
    .limit(200)
)


def colleagues(organisation_id: UUID, *, now: datetime) -> Sequence[Any]:
    """Return who belongs to an organisation now, to choose from."""
    return read(COLLEAGUES, organisation_id=organisation_id, now=now).all()


def organisation_called(text: str) -> Any:
    """Find an organisation by its number, or else by its exact name, if that is one's alone."""
    number = "".join(text.split())
    either = or_(Organisation.number == number, Organisation.name_key == name_key(text))
    here = Organisation.merged_into_id.is_(None)
    found = select(Organisation.id, Organisation.display_name).where(either, here).limit(2)
    rows = db.session.execute(found).all()
    return rows[0] if len(rows) == 1 else None


def registration(id: UUID, *, actor: Actor) -> Registration:
    """Return what was registered in one go. Raises Missing otherwise."""
    found = Registration.visible_to(actor).where(Registration.id == id)
    whole = (joinedload(Registration.event), joinedload(Registration.organisation))
    return present(db.session.scalar(found.options(*whole)))


#: Whoever waits before somebody, for a ticket that takes from one of the same quotas.
EARLIER = aliased(Delegate)
THESE, OTHERS = ticket_quota.alias(), ticket_quota.alias()
BEFORE = (
    select(EARLIER.id)
    .where(
        Delegate.state == DelegateState.WAITLISTED,
        EARLIER.event_id == Delegate.event_id,
        EARLIER.state == DelegateState.WAITLISTED,
        EARLIER.waiting_number < Delegate.waiting_number,
        EARLIER.ticket_id.in_(
            select(OTHERS.c.ticket_id)
            .join(THESE, THESE.c.quota_id == OTHERS.c.quota_id)
            .where(THESE.c.ticket_id == Delegate.ticket_id)
            .correlate(Delegate)
        ),
    )
    .correlate(Delegate)
    .limit(public.COUNTED + 1)
)
AHEAD = select(func.count()).select_from(BEFORE.subquery()).scalar_subquery()
REGISTERED = (
    select(
        Delegate.id, Delegate.name, Delegate.email, Delegate.state, Delegate.ticket_id,
        Delegate.offer_expires_at, Delegate.closed_reason, Delegate.price_ore, Delegate.currency,
        Delegate.vat_code, TicketType.name_en, TicketType.name_nb, AHEAD.label("ahead"),
    )
    .join(TicketType, TicketType.id == Delegate.ticket_id)
    .where(Delegate.registration_id == bindparam("registration_id"))
    .order_by(Delegate.id)
    .limit(100)
)  # fmt: skip
AHEAD_OF = select(AHEAD).select_from(Delegate).where(Delegate.id == bindparam("id")).limit(1)
FULL_QUOTAS = (
    select(ticket_quota.c.ticket_id, Quota.name_en, Quota.name_nb)
    .join(Quota, Quota.id == ticket_quota.c.quota_id)
    .where(Quota.event_id == bindparam("event_id"), Quota.held >= Quota.size)
    .order_by(Quota.position, Quota.id)
)


def registered(registration_id: UUID) -> Sequence[Any]:
    """Return the people of a registration, each with how many wait before them."""
    return read(REGISTERED, registration_id=registration_id).all()


def full_quotas(event_id: UUID) -> Mapping[UUID, Sequence[Any]]:
    """Return the quotas of an event in which no place is free, by the tickets that need them."""
    found: dict[UUID, list[Any]] = {}
    for row in read(FULL_QUOTAS, event_id=event_id):
        found.setdefault(row.ticket_id, []).append(row)
    return found


def ahead_of(delegate_id: UUID) -> int:
    """Return how many wait before somebody on the waiting list."""
    return int(read(AHEAD_OF, id=delegate_id).scalar() or 0)


def delegate(id: UUID, *, actor: Actor) -> Delegate:
    """Return a delegate with all that their page tells. Raises Missing otherwise."""
    found = Delegate.visible_to(actor).where(Delegate.id == id)
    whole = (
        joinedload(Delegate.event).joinedload(Event.contact),
        joinedload(Delegate.ticket),
        joinedload(Delegate.registration).joinedload(Registration.registered_by),
        joinedload(Delegate.organisation),
    )
    return present(db.session.scalar(found.options(*whole)))


def delegates(organisation_id: UUID | None, mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of an organisation's delegates, or of somebody's own places: newest first."""
    given = own(actor) | ({"organisation_id": organisation_id} if organisation_id else {})
    found = listed(kind_of(actor), whole=organisation_id is not None)
    return page(found, NEWEST, mark, given=given)


@cache
def listed(actor: StandIn, *, whole: bool) -> Select[Any]:
    """Put together, once for each kind of reader, what the list of one's registrations shows."""
    whose = (
        Delegate.organisation_id == bindparam("organisation_id")
        if whole
        else Delegate.person_id == actor.id
    )
    found: Any = (
        Delegate.visible_to(actor)
        .join(Event, Event.id == Delegate.event_id)
        .join(TicketType, TicketType.id == Delegate.ticket_id)
        .where(whose)
        .with_only_columns(
            Delegate.id, Delegate.name, Delegate.state, Delegate.offer_expires_at,
            Event.slug, Event.title_en, Event.title_nb, Event.starts_at, Event.ends_at, Event.zone,
            TicketType.name_en, TicketType.name_nb,
        )
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types

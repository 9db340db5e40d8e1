"""What staff look up to run events: the events, an event with its tickets and quotas, the team."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Event,
    EventState,
    MembershipTier,
    Person,
    PersonState,
    Quota,
    StaffGrant,
    StaffRole,
    StandIn,
    TicketType,
    kind_of,
    own,
)
from portal.platform.auth import in_force
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

LATEST_FIRST = Order(Event.starts_at, Event.id, descending=True)


def events(state: EventState, mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of the events in a state, the one that begins last first."""
    return page(listed(state, actor=kind_of(actor)), LATEST_FIRST, mark, given=own(actor))


@cache
def listed(state: EventState, *, actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of staff and each state, what the list shows."""
    found: Any = (
        Event.visible_to(actor)
        .where(Event.state == state)
        .with_only_columns(
            Event.id, Event.slug, Event.title_en, Event.title_nb, Event.place, Event.country,
            Event.zone, Event.starts_at, Event.ends_at, Event.state,
            Event.registration_opens_at, Event.registration_closes_at,
        )
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


def drafts(*, actor: Actor) -> Sequence[Any]:
    """Return the events that nobody else sees yet, the newest first."""
    found = listed(EventState.DRAFT, actor=kind_of(actor))
    newest = found.order_by(Event.starts_at.desc(), Event.id).limit(bindparam("most"))
    return read(newest, most=25, **own(actor)).all()


def heading(slug: str, *, actor: Actor) -> Any:
    """Return what stands above the list of an event's delegates. Raises Missing otherwise."""
    return present(read(headed(kind_of(actor)), slug=slug, **own(actor)).first())


@cache
def headed(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of staff, the statement for that."""
    found: Any = (
        Event.visible_to(actor)
        .where(Event.slug == bindparam("slug"))
        .with_only_columns(
            Event.id, Event.slug, Event.title_en, Event.title_nb, Event.place, Event.zone,
            Event.starts_at, Event.ends_at, Event.state, Event.registration_opens_at,
            Event.registration_closes_at, Event.promotion_paused, Event.needs_approval,
        )
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


def event(slug: str, *, actor: Actor) -> Event:
    """Return an event by its address, as a row to work on. Raises Missing otherwise."""
    found = Event.visible_to(actor).where(Event.slug == slug).options(joinedload(Event.contact))
    return present(db.session.scalar(found))


def whole_event(slug: str, *, actor: Actor) -> Event:
    """Return an event with its tickets, quotas and tiers. Raises Missing otherwise."""
    found = (
        Event.visible_to(actor)
        .where(Event.slug == slug)
        .options(
            joinedload(Event.contact),
            selectinload(Event.quotas),
            selectinload(Event.tickets).selectinload(TicketType.quotas),
            joinedload(Event.tiers),
        )
    )
    return present(db.session.scalars(found).unique().one_or_none())


def quota(id: UUID, *, actor: Actor) -> Quota:
    """Return a quota with its event. Raises Missing otherwise."""
    found = Quota.visible_to(actor).where(Quota.id == id).options(joinedload(Quota.event))
    return present(db.session.scalar(found))


def ticket(id: UUID, *, actor: Actor) -> TicketType:
    """Return a kind of ticket with its quotas and its event. Raises Missing otherwise."""
    found = (
        TicketType.visible_to(actor)
        .where(TicketType.id == id)
        .join(TicketType.event)
        .options(contains_eager(TicketType.event), selectinload(TicketType.quotas))
    )
    return present(db.session.scalar(found))


def quotas_of(event_id: UUID) -> Sequence[Any]:
    """Return the quotas of an event to choose from."""
    found = select(Quota.id, Quota.name_en, Quota.name_nb, Quota.size).where(
        Quota.event_id == event_id
    )
    return db.session.execute(found.order_by(Quota.position, Quota.id)).all()


def tiers() -> Sequence[Any]:
    """Return the kinds of membership to choose from."""
    found = select(MembershipTier.id, MembershipTier.name_en, MembershipTier.name_nb)
    return db.session.execute(found.order_by(MembershipTier.rank, MembershipTier.id)).all()


def team(*, now: datetime) -> Sequence[Any]:
    """Return the ids and names of the people who look after events at this moment."""
    granted = select(StaffGrant.person_id).where(
        StaffGrant.role.in_((StaffRole.EVENTS, StaffRole.ADMINISTRATOR)),
        *in_force(StaffGrant, now=now),
    )
    people = select(Person.id, Person.name).where(
        Person.id.in_(granted), Person.state == PersonState.ACTIVE
    )
    return db.session.execute(people.order_by(Person.name_key, Person.id)).all()

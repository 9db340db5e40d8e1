"""Finding one event, quota, ticket, registration or delegate, each through what may be seen."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Delegate,
    DelegateState,
    Event,
    Quota,
    Registration,
    TicketType,
    ticket_quota,
)


def event(slug: str, *, actor: Actor | None) -> Event:
    """Return the event of this address, with its contact. Raises Missing otherwise."""
    found = Event.visible_to(actor).where(Event.slug == slug).options(joinedload(Event.contact))
    return present(db.session.scalar(found))


def quota(slug: str, id: UUID, *, actor: Actor) -> Quota:
    """Return a quota of an event. Raises Missing otherwise."""
    found = Quota.visible_to(actor).join(Event).where(Event.slug == slug, Quota.id == id)
    return present(db.session.scalar(found.options(joinedload(Quota.event))))


def ticket(slug: str, id: UUID, *, actor: Actor) -> TicketType:
    """Return a kind of ticket of an event. Raises Missing otherwise."""
    found = TicketType.visible_to(actor).join(Event).where(Event.slug == slug, TicketType.id == id)
    return present(db.session.scalar(found.options(joinedload(TicketType.event))))


def delegate(id: UUID, *, actor: Actor) -> Delegate:
    """Return a delegate with the event, the ticket and the registration. Raises Missing."""
    found = (
        Delegate.visible_to(actor)
        .where(Delegate.id == id)
        .options(
            joinedload(Delegate.event).joinedload(Event.contact),
            joinedload(Delegate.ticket),
            joinedload(Delegate.registration).joinedload(Registration.registered_by),
        )
    )
    return present(db.session.scalar(found))


def registration(id: UUID, *, actor: Actor) -> Registration:
    """Return what was registered in one go, with its event. Raises Missing otherwise."""
    found = Registration.visible_to(actor).where(Registration.id == id)
    return present(db.session.scalar(found.options(joinedload(Registration.event))))


def offered_beyond(event_id: UUID, ends_at: datetime) -> Sequence[UUID]:
    """Return the delegates whose offer would last longer than their event, in order of id."""
    found = select(Delegate.id).where(
        Delegate.event_id == event_id,
        Delegate.state == DelegateState.OFFERED,
        Delegate.offer_expires_at > ends_at,
    )
    return db.session.scalars(found.order_by(Delegate.id)).all()


def taken_slugs(wanted: str) -> Collection[str]:
    """Return the addresses of events that begin like this one."""
    return set(db.session.scalars(select(Event.slug).where(Event.slug.startswith(wanted))))


def is_needed(quota_id: UUID) -> bool:
    """Tell whether a ticket takes places from a quota."""
    return bool(db.session.scalar(select(exists().where(ticket_quota.c.quota_id == quota_id))))


def is_held(ticket_id: UUID) -> bool:
    """Tell whether anybody has, or ever had, a kind of ticket."""
    return bool(db.session.scalar(select(exists().where(Delegate.ticket_id == ticket_id))))

"""Whom staff write to."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.extensions import db
from portal.models import Delegate, Event, Registration


def delegates(event: Event, ids: Sequence[UUID]) -> Sequence[Delegate]:
    """Return these delegates of an event, with all that letters tell of them."""
    found = (
        select(Delegate)
        .where(Delegate.event_id == event.id, Delegate.id.in_(ids))
        .options(
            joinedload(Delegate.event).joinedload(Event.contact),
            joinedload(Delegate.ticket),
            joinedload(Delegate.person),
            joinedload(Delegate.registration).joinedload(Registration.registered_by),
        )
        .order_by(Delegate.id)
    )
    return db.session.scalars(found).all()

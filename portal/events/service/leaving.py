"""Places that a company booked stay the company's when their holder leaves it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.extensions import db
from portal.models import ACTIVE_STATES, Delegate, Event, FormerDelegate


def give_up_places(person_id: UUID, organisation_id: UUID, *, now: datetime) -> None:
    """Take from somebody the places that a company booked for them at events to come.

    The company gives them to a colleague, or cancels them. From the holder's own calendar they
    fall away.
    """
    theirs = (
        select(Delegate)
        .join(Event, Event.id == Delegate.event_id)
        .where(
            Delegate.person_id == person_id,
            Delegate.organisation_id == organisation_id,
            Delegate.state.in_(ACTIVE_STATES),
            Event.ends_at > now,
        )
        .order_by(Delegate.id)
        .with_for_update(of=Delegate)
    )
    for delegate in db.session.scalars(theirs).all():
        delegate.person_id = None
        db.session.add(
            FormerDelegate(
                delegate_id=delegate.id,
                person_id=person_id,
                left_at=now,
                sequence=delegate.sequence,
            )
        )
    db.session.flush()

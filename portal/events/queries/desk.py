"""What desks ask of the events: places that are offered, where somebody goes, what needs staff."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, false, func, or_, select

from portal.models import (
    Actor,
    Delegate,
    DelegateState,
    Event,
    EventState,
    StandIn,
    kind_of,
    own,
)
from portal.models.base import Moment
from portal.platform.database import read

#: Beyond this many we only say that there are many.
MANY = 99
NOW = bindparam("now", type_=Moment)


def own_places(*, actor: Actor, now: datetime, most: int = 20) -> Sequence[Any]:
    """Return the places offered to somebody or to whom they bind, and where they go: one statement.

    Offers come first, the one that ends next before the others.
    """
    return read(places_of(kind_of(actor)), now=now, most=most, **own(actor)).all()


@cache
def places_of(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of reader, the statement for one's own places.

    What concerns them stands in a CASE, where no index answers it: SQLite at times took all who go
    anywhere for few, and looked among them for the one who asks.
    """
    mine = Delegate.person_id == actor.id
    bound = Delegate.organisation_id.in_(actor.represented_ids)
    offered, going = Delegate.offer_expires_at > NOW, Event.ends_at > NOW
    concerns = case(
        (Delegate.state == DelegateState.OFFERED, and_(offered, or_(mine, bound))),
        (Delegate.state == DelegateState.CONFIRMED, and_(going, mine)),
        else_=false(),
    )
    found: Any = (
        Delegate.visible_to(actor)
        .join(Event, Event.id == Delegate.event_id)
        .where(concerns)
        .with_only_columns(
            Delegate.id, Delegate.name, Delegate.state, Delegate.person_id,
            Delegate.offer_expires_at, Event.title_en, Event.title_nb, Event.place,
            Event.starts_at, Event.ends_at, Event.zone,
        )
        .order_by(Delegate.offer_expires_at.is_(None), Delegate.offer_expires_at, Event.starts_at)
        .limit(bindparam("most"))
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


def in_state(state: DelegateState) -> ColumnElement[int]:
    """Count an event's delegates in a state, up to many."""
    few = select(Delegate.id).where(Delegate.event_id == Event.id, Delegate.state == state)
    some = few.correlate(Event).limit(MANY + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


#: When the next offer of an event ends.
NEXT_END = (
    select(Delegate.offer_expires_at)
    .where(
        Delegate.event_id == Event.id,
        Delegate.state == DelegateState.OFFERED,
        Delegate.offer_expires_at > NOW,
    )
    .order_by(Delegate.offer_expires_at)
    .limit(1)
    .correlate(Event)
    .scalar_subquery()
)
NEEDING = (
    select(
        Event.slug, Event.title_en, Event.title_nb, Event.starts_at, Event.zone,
        Event.promotion_paused, Event.registration_closes_at,
        in_state(DelegateState.REQUESTED).label("requested"),
        in_state(DelegateState.WAITLISTED).label("waiting"),
        in_state(DelegateState.OFFERED).label("offered"), NEXT_END.label("next_end"),
    )
    .where(Event.state == EventState.PUBLISHED, Event.ends_at > NOW)
    .order_by(Event.ends_at, Event.id)
    .limit(20)
)  # fmt: skip


def needing(*, now: datetime) -> Sequence[Any]:
    """Return the next events with how many await approval, wait and are offered a place.

    One statement.
    """
    return read(NEEDING, now=now).all()

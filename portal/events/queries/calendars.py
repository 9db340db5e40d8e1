"""What calendars are made of: the public events, one delegate, all of one person."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    CalendarFeed,
    Delegate,
    DelegateState,
    Event,
    EventState,
    FormerDelegate,
    Person,
    PersonState,
    kind_of,
    own,
)
from portal.models.base import Moment
from portal.platform import tokens
from portal.platform.database import read

MOST = 500
#: So long what fell away stays in a calendar, struck through, before it is gone.
KEPT = timedelta(days=60)
SINCE = bindparam("since", type_=Moment)
OF_EVENT = (
    Event.id, Event.slug, Event.title_en, Event.title_nb, Event.standfirst_en, Event.standfirst_nb,
    Event.place, Event.address, Event.country, Event.zone, Event.starts_at, Event.ends_at,
    Event.state, Event.sequence, Event.updated_at, Event.cancelled_at,
)  # fmt: skip


COMING = (
    select(*OF_EVENT)
    .where(Event.state == EventState.PUBLISHED, Event.ends_at > SINCE)
    .order_by(Event.ends_at, Event.id)
    .limit(MOST)
)
CALLED_OFF = (
    select(*OF_EVENT)
    .where(Event.state == EventState.CANCELLED, Event.ends_at > SINCE, Event.cancelled_at > SINCE)
    .order_by(Event.ends_at, Event.id)
    .limit(MOST)
)


def public(*, now: datetime) -> Sequence[Any]:
    """Return the events that everybody knows of, and those that fell away not long ago."""
    since = now - KEPT
    return [*read(COMING, since=since).all(), *read(CALLED_OFF, since=since).all()]


OF_DELEGATE = (
    Delegate.id.label("delegate_id"), Delegate.state.label("delegate_state"), Delegate.name,
    Delegate.sequence.label("delegate_sequence"), Delegate.updated_at.label("delegate_updated_at"),
    *OF_EVENT,
)  # fmt: skip


def of_delegates(seen: Select[Delegate]) -> Select[Any]:
    """Select what a calendar tells of delegates and their events."""
    found: Any = seen.join(Event, Event.id == Delegate.event_id).with_only_columns(*OF_DELEGATE)
    return found  # type: ignore[no-any-return]  # columns of many types


def entry(id: UUID, *, actor: Actor) -> Any:
    """Return one delegate's entry. Raises Missing otherwise."""
    found = of_delegates(Delegate.visible_to(kind_of(actor)))
    return present(read(found.where(Delegate.id == bindparam("id")), id=id, **own(actor)).first())


#: What stands, and what fell away since.
STANDING = Delegate.state.in_(
    (
        DelegateState.CONFIRMED,
        DelegateState.OFFERED,
        DelegateState.WAITLISTED,
        DelegateState.REQUESTED,
    )
)
OF_PERSON = (
    of_delegates(select(Delegate))
    .where(
        Delegate.person_id == bindparam("person_id"),
        Event.ends_at > SINCE,
        or_(STANDING, Delegate.updated_at > SINCE),
    )
    .order_by(Event.starts_at, Delegate.id)
    .limit(MOST)
)


def of_person(person_id: UUID, *, now: datetime) -> Sequence[Any]:
    """Return the entries of one person: the holder of the secret sees what is theirs."""
    return read(OF_PERSON, person_id=person_id, since=now - KEPT).all()


OF_FORMER = (
    select(
        FormerDelegate.delegate_id, FormerDelegate.sequence.label("delegate_sequence"),
        FormerDelegate.left_at.label("delegate_updated_at"), *OF_EVENT,
    )
    .select_from(FormerDelegate)
    .join(Delegate, Delegate.id == FormerDelegate.delegate_id)
    .join(Event, Event.id == Delegate.event_id)
    .where(
        FormerDelegate.person_id == bindparam("person_id"),
        FormerDelegate.left_at > SINCE,
        Event.ends_at > SINCE,
        Delegate.person_id.is_distinct_from(FormerDelegate.person_id),
    )
    .order_by(Event.starts_at, FormerDelegate.delegate_id, FormerDelegate.sequence)
    .limit(MOST)
)  # fmt: skip


def given_away(person_id: UUID, *, now: datetime) -> Sequence[Any]:
    """Return the places that somebody had and a colleague has now, each once."""
    rows = read(OF_FORMER, person_id=person_id, since=now - KEPT)
    return list({row.delegate_id: row for row in rows}.values())


HOLDER = (
    select(Person.id, Person.name, Person.language)
    .join(CalendarFeed, CalendarFeed.person_id == Person.id)
    .where(
        CalendarFeed.token_hash == bindparam("digest"),
        Person.state == PersonState.ACTIVE,
        Person.verified_at.is_not(None),
    )
)


def holder(token: str, *, actor: Actor | None) -> Any:
    """Return whose calendar a secret opens. Raises Missing for one that opens none."""
    return present(read(HOLDER, digest=tokens.digest(token)).first())


def feed(*, actor: Actor) -> CalendarFeed | None:
    """Return somebody's own feed, if they have made one."""
    return db.session.scalar(CalendarFeed.visible_to(actor))


def own_feed(*, actor: Actor) -> CalendarFeed:
    """Return somebody's own feed. Raises Missing for who has none."""
    return present(feed(actor=actor))

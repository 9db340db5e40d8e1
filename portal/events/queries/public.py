"""What anybody may look up of the events. Most statements are put together once."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, cast, func, literal_column, select

from portal.core.errors import present
from portal.events import rules
from portal.models import (
    ACTIVE_STATES,
    Actor,
    Delegate,
    DelegateState,
    Event,
    EventState,
    MembershipTier,
    Person,
    Quota,
    StandIn,
    StoredFile,
    TicketType,
    event_tier,
    kind_of,
    own,
    ticket_quota,
)
from portal.models.base import Moment
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

BY_START = Order(Event.starts_at, Event.id)
LATEST_FIRST = Order(Event.starts_at, Event.id, descending=True)
IN_LISTS = (
    Event.id, Event.slug, Event.title_en, Event.title_nb, Event.place, Event.country, Event.zone,
    Event.starts_at, Event.ends_at, Event.registration_opens_at, Event.registration_closes_at,
    Event.state,
)  # fmt: skip
NOW, SINCE = bindparam("now", type_=Moment), bindparam("since", type_=Moment)
PUBLISHED = select(*IN_LISTS).where(Event.state == EventState.PUBLISHED)

COMING = PUBLISHED.where(Event.starts_at > SINCE, Event.ends_at > NOW)
NEXT = COMING.order_by(Event.starts_at, Event.id).limit(bindparam("most"))
PAST = PUBLISHED.where(Event.starts_at <= NOW, Event.ends_at <= NOW)
CALLED_OFF = (
    select(*IN_LISTS)
    .where(Event.state == EventState.CANCELLED, Event.starts_at > NOW)
    .order_by(Event.starts_at, Event.id)
    .limit(10)
)


def whole_event(seen: Select[Event]) -> Select[*tuple[Any, ...]]:
    """Return the statement for one event among those that somebody may see."""
    return (
        seen.join(Person, Event.contact_id == Person.id)
        .outerjoin(StoredFile, StoredFile.id == Event.picture_id)
        .where(Event.slug == bindparam("slug"))
        .with_only_columns(
            *IN_LISTS, Event.show, Event.standfirst_en, Event.standfirst_nb, Event.text_en,
            Event.text_nb, Event.address, Event.picture_id, Event.alternative_en,
            Event.alternative_nb, Event.needs_approval, Event.max_per_organisation,
            Event.offer_hours, Event.cancel_reason, Event.previous_starts_at, Event.sequence,
            Event.updated_at, Event.promotion_paused, StoredFile.width, StoredFile.height,
            Person.name.label("contact_name"), Person.email.label("contact_email"),
        )
    )  # fmt: skip


EVENT_FOR_STRANGERS = whole_event(Event.visible_to(None))

THESE, OTHERS = ticket_quota.alias(), ticket_quota.alias()
#: The fewest places that are free in any quota of a ticket; nothing when none of them has a limit.
LEFT = (
    select(func.min(Quota.size - Quota.held))
    .join(ticket_quota, ticket_quota.c.quota_id == Quota.id)
    .where(ticket_quota.c.ticket_id == TicketType.id)
    .scalar_subquery()
)
#: Nobody counts a queue further than this; beyond, many wait.
COUNTED = 1000
#: How many who wait for one ticket its line on a page counts.
MANY = 100
#: Tickets that take from a quota of this one: whoever waits for them is before a newcomer.
RELATED = (
    select(OTHERS.c.ticket_id)
    .join(THESE, THESE.c.quota_id == OTHERS.c.quota_id)
    .where(THESE.c.ticket_id == TicketType.id)
    .distinct()
    .correlate(TicketType)
    .subquery()
)
#: Those who wait for each of them, read from an index alone.
IN_LINE: Select[Any] = (
    select(literal_column("1"))
    .select_from(Delegate)
    .where(Delegate.ticket_id == RELATED.c.ticket_id, Delegate.state == DelegateState.WAITLISTED)
    .correlate(RELATED)
    .limit(MANY + 1)
)
WAIT = select(func.count()).select_from(IN_LINE.subquery()).scalar_subquery()
WAITING = select(cast(func.coalesce(func.sum(WAIT), 0), Integer)).select_from(RELATED)
#: The quotas of a ticket that somebody waits for, in both languages: a line for each.
WAITED_FOR = (
    select(func.aggregate_strings(Quota.name_en + "\t" + Quota.name_nb, "\n"))
    .join(THESE, THESE.c.quota_id == Quota.id)
    .where(
        THESE.c.ticket_id == TicketType.id,
        select(OTHERS.c.ticket_id)
        .join(Delegate, Delegate.ticket_id == OTHERS.c.ticket_id)
        .where(OTHERS.c.quota_id == Quota.id, Delegate.state == DelegateState.WAITLISTED)
        .correlate(Quota)
        .exists(),
    )
    .correlate(TicketType)
)
TICKETS_OF = (
    select(
        TicketType.id, TicketType.name_en, TicketType.name_nb, TicketType.about_en,
        TicketType.about_nb, TicketType.price_ore, TicketType.currency, TicketType.vat_code,
        TicketType.needs_purchase_reference, TicketType.max_per_organisation, TicketType.on_sale,
        LEFT.label("left"), WAITING.scalar_subquery().label("waiting"),
        WAITED_FOR.scalar_subquery().label("waited_for"),
    )
    .where(TicketType.event_id == bindparam("event_id"))
    .order_by(TicketType.position, TicketType.id)
    .limit(50)
)  # fmt: skip

TIERS_OF = (
    select(MembershipTier.id, MembershipTier.name_en, MembershipTier.name_nb)
    .join(event_tier, event_tier.c.tier_id == MembershipTier.id)
    .where(event_tier.c.event_id == bindparam("event_id"))
    .order_by(MembershipTier.rank, MembershipTier.id)
)

ADDRESSES = (
    select(Event.slug)
    .where(Event.state == EventState.PUBLISHED)
    .order_by(Event.starts_at.desc(), Event.id)
    .limit(1000)
)

TAKEN_PART = (
    select(
        Event.slug, Event.title_en, Event.title_nb, Event.place, Event.starts_at, Event.ends_at,
        Event.zone,
    )
    .where(
        Event.state == EventState.PUBLISHED,
        Event.id.in_(
            select(Delegate.event_id).where(
                Delegate.organisation_id == bindparam("organisation_id"),
                Delegate.state == DelegateState.CONFIRMED,
            )
        ),
    )
    .order_by(Event.starts_at.desc(), Event.id)
    .limit(10)
)  # fmt: skip


def coming(mark: str | None, *, now: datetime) -> PageOfRows:
    """Return a page of the events that are on or to come, the next first."""
    return page(COMING, BY_START, mark, given={"now": now, "since": now - rules.LONGEST})


def past(mark: str | None, *, now: datetime) -> PageOfRows:
    """Return a page of the events that are over, the latest first."""
    return page(PAST, LATEST_FIRST, mark, given={"now": now})


def next_events(*, now: datetime, most: int) -> Sequence[Any]:
    """Return the next few events."""
    return read(NEXT, now=now, since=now - rules.LONGEST, most=most).all()


def called_off(*, now: datetime) -> Sequence[Any]:
    """Return the events that would have come and were cancelled."""
    return read(CALLED_OFF, now=now).all()


def event(slug: str, *, actor: Actor | None) -> Any:
    """Return what an event's page tells, by its address. Raises Missing otherwise."""
    seen = whole_event(Event.visible_to(actor)) if actor else EVENT_FOR_STRANGERS
    return present(read(seen, slug=slug).first())


def tickets_of(event_id: UUID) -> Sequence[Any]:
    """Return the tickets of an event in order, each with the places left and who waits before."""
    return read(TICKETS_OF, event_id=event_id).all()


def tiers_of(event_id: UUID) -> Sequence[Any]:
    """Return the kinds of membership that may register; none means everybody."""
    return read(TIERS_OF, event_id=event_id).all()


def addresses() -> Sequence[str]:
    """Return the addresses of the events that search engines may list."""
    return [row.slug for row in read(ADDRESSES)]


def taken_part(organisation_id: UUID) -> Sequence[Any]:
    """Return the events that people of an organisation have a place at."""
    return read(TAKEN_PART, organisation_id=organisation_id).all()


def own_delegates(event_id: UUID, *, actor: Actor) -> Sequence[Any]:
    """Return whom this person is or binds among those who go to an event, the first dozen."""
    return read(all_own(kind_of(actor)), event_id=event_id, **own(actor)).all()


@cache
def all_own(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of reader, the statement for one's own delegates."""
    bound = Delegate.organisation_id.in_(actor.represented_ids)
    found: Any = (
        Delegate.visible_to(actor)
        .where(
            Delegate.event_id == bindparam("event_id"),
            Delegate.state.in_(ACTIVE_STATES),
            bound | (Delegate.person_id == actor.id),
        )
        .with_only_columns(
            Delegate.id, Delegate.name, Delegate.state, Delegate.offer_expires_at,
            Delegate.person_id,
        )
        .order_by(Delegate.name_key, Delegate.id)
        .limit(12)
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


#: Those of an organisation who go to an event or would like to, up to as many as may.
OF_ORGANISATION = select(func.count()).select_from(
    select(literal_column("1"))
    .select_from(Delegate)
    .where(
        Delegate.event_id == bindparam("event_id"),
        Delegate.organisation_id == bindparam("organisation_id"),
        Delegate.state.in_(ACTIVE_STATES),
    )
    .limit(bindparam("most"))
    .subquery()
)


def has_its_maximum(event: Any, *, actor: Actor | None) -> bool:
    """Tell whether the organisation that somebody acts for has as many people there as it may."""
    most = event.max_per_organisation
    if not (most and actor and actor.acting):
        return False
    of = actor.acting.organisation_id
    given = {"event_id": event.id, "organisation_id": of, "most": most}
    return bool(read(OF_ORGANISATION, **given).scalar_one() >= most)


def sees_picture(id: UUID, *, actor: Actor | None) -> bool:
    """Tell whether a visitor may see an event, and so its picture."""
    found = Event.visible_to(actor).where(Event.id == id).with_only_columns(Event.id)
    return read(found).first() is not None

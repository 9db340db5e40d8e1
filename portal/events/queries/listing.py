"""What staff look up of an event's delegates: a page of the list, all for a file, those ticked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, literal_column, select

from portal.core.alphabet import LAST, name_key
from portal.extensions import db
from portal.models import (
    ACTIVE_STATES,
    Actor,
    Delegate,
    DelegateState,
    Event,
    Organisation,
    Person,
    Quota,
    Registration,
    StandIn,
    TicketType,
    kind_of,
    own,
    ticket_quota,
)
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: How many delegates fit in one file, are written to at once, and are counted.
MOST, MOST_CHOSEN, COUNTED = 5000, 200, 1000
SORTS = {
    "name": Delegate.name_key,
    "organisation": Delegate.organisation_key,
    "age": Delegate.id,
    "waiting": Delegate.waiting_number,
}

#: When somebody confirmed the organisation of a delegate; looked up for each row that is shown.
KNOWN = (
    select(Organisation.confirmed_at)
    .where(Organisation.id == Delegate.organisation_id)
    .correlate(Delegate)
    .scalar_subquery()
)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which of an event's delegates somebody wants to see, and in which order."""

    state: DelegateState | None = None
    ticket: UUID | None = None
    begins: str = ""
    sort: str = "name"

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wish":
        """Read a wish from an address; what is none of ours is left out."""
        states = {state.value: state for state in DelegateState}
        sort = given.get("sort", "")
        wish = cls(
            state=states.get(given.get("state", "")),
            ticket=as_id(given.get("ticket", "")),
            begins=" ".join(given.get("q", "").replace("\x00", "").split())[:100],
            sort=sort if sort.removeprefix("-") in SORTS else "name",
        )
        return wish.settled()

    def settled(self) -> "Wish":
        """Sort by name what is searched or filtered: the indexes are made so.

        Those who wait stand in the order in which they wait.
        """
        waiting = self.state is DelegateState.WAITLISTED and not (self.ticket or self.begins)
        if waiting or self.sort.removeprefix("-") == "waiting":
            return replace(self, sort="waiting" if waiting else "name")
        named = self.sort.removeprefix("-") == "name"
        if (self.begins or self.state or self.ticket) and not named:
            return replace(self, sort="name")
        return self

    @property
    def order(self) -> Order:
        """The order as lists need it."""
        column = SORTS[self.sort.removeprefix("-")]
        return Order(column, Delegate.id, descending=self.sort.startswith("-"))

    @property
    def narrows(self) -> bool:
        """Whether it leaves anybody out."""
        return bool(self.state or self.ticket or self.begins)

    def given(self) -> dict[str, str]:
        """Return the wish as parts of an address."""
        asked = {
            "state": self.state.value if self.state else "",
            "ticket": str(self.ticket or ""),
            "q": self.begins,
            "sort": self.sort,
        }
        return {name: value for name, value in asked.items() if value and value != "name"}


def as_id(text: str) -> UUID | None:
    """Read an id from an address, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Kind:
    """All wishes that one statement serves."""

    state: DelegateState | None
    ticket: bool
    searched: bool
    seen_by: StandIn

    @classmethod
    def of(cls, wish: Wish, *, actor: Actor) -> "Kind":
        """Return the kind of a wish."""
        return cls(wish.state, wish.ticket is not None, bool(wish.begins), kind_of(actor))


def filled(event_id: UUID, wish: Wish, *, actor: Actor) -> dict[str, Any]:
    """Return what fills the gaps of a statement for a wish."""
    given: dict[str, Any] = {"event_id": event_id, **own(actor)}
    if wish.ticket:
        given["ticket_id"] = wish.ticket
    if wish.begins:
        start = name_key(wish.begins)
        given |= {"start": start, "end": start + LAST}
    return given


@cache
def wished(kind: Kind) -> Select[Any]:
    """Select the delegates that somebody wants to see; once for each kind of wish."""
    found: Any = Delegate.visible_to(kind.seen_by).where(Delegate.event_id == bindparam("event_id"))
    if kind.state is not None:
        found = found.where(Delegate.state == kind.state)
    if kind.state is DelegateState.WAITLISTED:
        # who waits has a number; said so, the index begins with them and not with all the others
        found = found.where(Delegate.waiting_number.is_not(None))
    if kind.ticket:
        found = found.where(Delegate.ticket_id == bindparam("ticket_id"))
    if kind.searched:
        found = found.where(
            Delegate.name_key >= bindparam("start"), Delegate.name_key < bindparam("end")
        )
    return found  # type: ignore[no-any-return]  # columns of many types


@cache
def listed(kind: Kind) -> Select[Any]:
    """Put together, once for each kind of wish, what the list shows of each delegate."""
    found: Any = wished(kind).with_only_columns(
        Delegate.id, Delegate.name, Delegate.name_key, Delegate.organisation_name,
        Delegate.organisation_key, Delegate.ticket_id, Delegate.state, Delegate.waiting_number,
        Delegate.offer_expires_at, KNOWN.label("known"),
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


def delegates(event: Any, wish: Wish, *, mark: str | None, actor: Actor) -> PageOfRows:
    """Return one page of an event's delegates: one statement."""
    given = filled(event.id, wish, actor=actor)
    return page(listed(Kind.of(wish, actor=actor)), wish.order, mark, given=given)


def count(event: Any, wish: Wish, *, actor: Actor) -> int:
    """Return how many delegates a wish finds, up to one more than are counted."""
    counting = counted(Kind.of(wish, actor=actor))
    return int(read(counting, **filled(event.id, wish, actor=actor)).scalar() or 0)


@cache
def counted(kind: Kind) -> Select[Any]:
    """Put together, once for each kind of wish, the statement that counts."""
    some = wished(kind).with_only_columns(Delegate.id).limit(COUNTED + 1)
    return select(func.count()).select_from(some.subquery())


@cache
def told(kind: Kind) -> Select[Any]:
    """Put together, once for each kind of wish, what a file tells of each delegate."""
    found: Any = (
        wished(kind)
        .join(TicketType, TicketType.id == Delegate.ticket_id)
        .join(Registration, Registration.id == Delegate.registration_id)
        .join(Person, Person.id == Registration.registered_by_id)
        .with_only_columns(
            Delegate.id, Delegate.name, Delegate.email, Delegate.phone, Delegate.title,
            Delegate.organisation_name, TicketType.name_en, TicketType.name_nb, Delegate.state,
            Delegate.price_ore, Delegate.currency, Delegate.vat_code, Delegate.waiting_number,
            Delegate.offer_expires_at, Registration.purchase_reference, Registration.note,
            Registration.created_at, Person.name.label("registered_by"),
        )
        .limit(bindparam("most"))
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types


def exported(event: Event, wish: Wish, *, most: int, actor: Actor) -> Sequence[Any]:
    """Return all that is wished for, in the order of the list, for a file."""
    column, key = wish.order.column, wish.order.key
    order = (column.desc(), key.desc()) if wish.order.descending else (column, key)
    found = told(Kind.of(wish, actor=actor)).order_by(*order)
    return read(found, most=most, **filled(event.id, wish, actor=actor)).all()


def everybody(event: Event, wish: Wish, *, actor: Actor) -> Sequence[Any]:
    """Return all that is wished for who still have something going, by name."""
    found = listed(Kind.of(wish, actor=actor)).where(Delegate.state.in_(ACTIVE_STATES))
    some = found.order_by(Delegate.name_key, Delegate.id).limit(MOST_CHOSEN)
    return read(some, **filled(event.id, wish, actor=actor)).all()


def chosen(event: Event, ids: Sequence[UUID], *, actor: Actor) -> Sequence[Any]:
    """Return some delegates of an event, by name: who they are, where from, how they stand."""
    found = Delegate.visible_to(actor).where(Delegate.event_id == event.id, Delegate.id.in_(ids))
    named = found.with_only_columns(
        Delegate.id, Delegate.name, Delegate.organisation_name, Delegate.state
    )
    return db.session.execute(named.order_by(Delegate.name_key, Delegate.id)).all()


def rows_of(event: Event, ids: Sequence[UUID], *, actor: Actor) -> Sequence[Delegate]:
    """Return some delegates of an event, the longest waiting first, to be dealt with in turn."""
    found = Delegate.visible_to(actor).where(Delegate.event_id == event.id, Delegate.id.in_(ids))
    return db.session.scalars(found.order_by(Delegate.id)).all()


def in_state(state: DelegateState) -> Any:
    """Count the delegates in a state who need a quota, whatever their ticket, up to many."""
    tickets = select(ticket_quota.c.ticket_id).where(ticket_quota.c.quota_id == Quota.id)
    some: Select[Any] = (
        select(literal_column("1"))
        .select_from(Delegate)
        .where(Delegate.ticket_id.in_(tickets.correlate(Quota)), Delegate.state == state)
        .correlate(Quota)
        .limit(COUNTED + 1)
    )
    return select(func.count()).select_from(some.subquery()).scalar_subquery()


#: Quotas with how many wait, ask for a place, and are offered one.
NUMBERS = (
    select(
        Quota.id, Quota.name_en, Quota.name_nb, Quota.size, Quota.held,
        in_state(DelegateState.WAITLISTED).label("waiting"),
        in_state(DelegateState.REQUESTED).label("requested"),
        in_state(DelegateState.OFFERED).label("offered"),
    )
    .where(Quota.event_id == bindparam("event_id"))
    .order_by(Quota.position, Quota.id)
    .limit(50)
)  # fmt: skip
TICKET_NAMES = (
    select(TicketType.id, TicketType.name_en, TicketType.name_nb)
    .where(TicketType.event_id == bindparam("event_id"))
    .order_by(TicketType.position, TicketType.id)
)


def numbers(event_id: UUID) -> Sequence[Any]:
    """Return how each quota of an event stands: held, waiting, asked for."""
    return read(NUMBERS, event_id=event_id).all()


def ticket_names(event_id: UUID) -> Sequence[Any]:
    """Return what the tickets of an event are called."""
    return read(TICKET_NAMES, event_id=event_id).all()

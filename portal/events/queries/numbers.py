"""Numbers against quotas: advice that is read without a lock; the guard decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, case, func, select

from portal.models import (
    ACTIVE_STATES,
    Delegate,
    DelegateState,
    Quota,
    TicketType,
    ticket_quota,
)
from portal.platform.database import read


def counted(state: DelegateState) -> Any:
    """Count the delegates of one state."""
    return func.coalesce(func.sum(case((Delegate.state == state, 1), else_=0)), 0)


BY_TICKET = (
    select(
        Delegate.ticket_id,
        counted(DelegateState.REQUESTED).label("requested"),
        counted(DelegateState.WAITLISTED).label("waiting"),
        counted(DelegateState.OFFERED).label("offered"),
        counted(DelegateState.CONFIRMED).label("confirmed"),
    )
    .where(Delegate.event_id == bindparam("event_id"), Delegate.state.in_(ACTIVE_STATES))
    .group_by(Delegate.ticket_id)
)
QUOTAS = (
    select(ticket_quota.c.ticket_id, Quota.id, Quota.name_en, Quota.name_nb, Quota.size, Quota.held)
    .select_from(Quota)
    .outerjoin(ticket_quota, ticket_quota.c.quota_id == Quota.id)
    .where(Quota.event_id == bindparam("event_id"))
    .order_by(Quota.position, Quota.id)
)
#: For every ticket: the fewest places that one of its quotas has left, and whether anybody waits
#: for one of them. A ticket without a limit has NULL left.
FREE = (
    select(
        ticket_quota.c.ticket_id,
        func.min(Quota.size - Quota.held).label("left"),
    )
    .join(Quota, Quota.id == ticket_quota.c.quota_id)
    .where(Quota.event_id == bindparam("event_id"))
    .group_by(ticket_quota.c.ticket_id)
)
SHARED = (
    select(ticket_quota.c.quota_id)
    .join(Delegate, Delegate.ticket_id == ticket_quota.c.ticket_id)
    .where(Delegate.event_id == bindparam("event_id"), Delegate.state == DelegateState.WAITLISTED)
)
WAITED_FOR = (
    select(TicketType.id)
    .join(ticket_quota, ticket_quota.c.ticket_id == TicketType.id)
    .where(TicketType.event_id == bindparam("event_id"), ticket_quota.c.quota_id.in_(SHARED))
    .distinct()
)


@dataclass(frozen=True)
class Left:
    """What is left of a ticket: so many places, None being no limit; or a waiting list."""

    places: int | None
    waited_for: bool

    @property
    def goes_to_list(self) -> bool:
        """Whether whoever registers now waits."""
        return self.waited_for or self.places == 0


def places_left(event_id: UUID) -> Mapping[UUID, Left]:
    """Return what is left of each ticket of an event: two statements."""
    waited_for = set(read(WAITED_FOR, event_id=event_id).scalars())
    rows: Sequence[Any] = read(FREE, event_id=event_id).all()
    return {
        ticket_id: Left(None if left is None else max(left, 0), ticket_id in waited_for)
        for ticket_id, left in rows
    }


@dataclass
class OfQuota:
    """A quota and how many stand how to it."""

    id: UUID
    name_en: str
    name_nb: str
    size: int | None
    held: int
    requested: int = 0
    waiting: int = 0
    offered: int = 0
    confirmed: int = 0


def by_quota(event_id: UUID) -> Sequence[OfQuota]:
    """Return the numbers of each quota of an event: two statements."""
    counts: dict[UUID, Any] = {row[0]: row for row in read(BY_TICKET, event_id=event_id).all()}
    found: dict[UUID, OfQuota] = {}
    rows: Sequence[Any] = read(QUOTAS, event_id=event_id).all()
    for ticket_id, *columns in rows:
        quota = found.setdefault(columns[0], OfQuota(*columns))
        if count := counts.get(ticket_id):
            quota.requested += count.requested
            quota.waiting += count.waiting
            quota.offered += count.offered
            quota.confirmed += count.confirmed
    return list(found.values())


def by_ticket(event_id: UUID) -> Mapping[UUID, Any]:
    """Return how many stand how, by ticket: one statement."""
    return {row[0]: row for row in read(BY_TICKET, event_id=event_id).all()}

"""How somebody stands who waits: their place in the queue, and what keeps them there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from portal.core.wording import Bilingual
from portal.models import Delegate, DelegateState, Quota, ticket_quota
from portal.platform.database import read

earlier = aliased(Delegate)
theirs = aliased(ticket_quota)
mine = aliased(ticket_quota)

#: Quotas of somebody's ticket: how full, and how many wait for each who came before.
BEFORE = (
    select(func.count())
    .select_from(earlier)
    .join(theirs, theirs.c.ticket_id == earlier.ticket_id)
    .where(
        earlier.event_id == Delegate.event_id,
        earlier.state == DelegateState.WAITLISTED,
        earlier.waiting_number < Delegate.waiting_number,
        theirs.c.quota_id == Quota.id,
    )
    .correlate(Delegate, Quota)
    .scalar_subquery()
)
STANDING = (
    select(Quota.name_en, Quota.name_nb, Quota.size, Quota.held, BEFORE)
    .select_from(Delegate)
    .join(mine, mine.c.ticket_id == Delegate.ticket_id)
    .join(Quota, Quota.id == mine.c.quota_id)
    .where(Delegate.id == bindparam("id"), Delegate.state == DelegateState.WAITLISTED)
    .order_by(Quota.position, Quota.id)
)
#: How many come before somebody with whom they share a quota, each counted once.
SHARING = (
    select(mine.c.quota_id)
    .join(theirs, theirs.c.quota_id == mine.c.quota_id)
    .where(mine.c.ticket_id == Delegate.ticket_id, theirs.c.ticket_id == earlier.ticket_id)
    .correlate(Delegate, earlier)
)
AHEAD = (
    select(func.count(earlier.id))
    .select_from(Delegate)
    .join(earlier, earlier.event_id == Delegate.event_id)
    .where(
        Delegate.id == bindparam("id"),
        earlier.state == DelegateState.WAITLISTED,
        earlier.waiting_number < Delegate.waiting_number,
        SHARING.exists(),
    )
)


@dataclass(frozen=True, kw_only=True)
class InTheWay:
    """A quota that somebody waits for: whether it is full, and how many wait longer for it."""

    name: Bilingual
    full: bool
    before: int


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place in the queue, 1 being next, and why it is not given yet."""

    position: int
    quotas: Sequence[InTheWay]

    @property
    def full(self) -> Sequence[Bilingual]:
        """The quotas that have no place left."""
        return [quota.name for quota in self.quotas if quota.full]


def place_in_line(delegate_id: UUID) -> Place | None:
    """Return where somebody stands who waits, or nothing: two statements."""
    rows: Sequence[Any] = read(STANDING, id=delegate_id).all()
    if not rows:
        return None
    quotas = [
        InTheWay(
            name=Bilingual(name_en, name_nb),
            full=size is not None and held >= size,
            before=before,
        )
        for name_en, name_nb, size, held, before in rows
    ]
    ahead = read(AHEAD, id=delegate_id).scalar() or 0
    return Place(position=ahead + 1, quotas=quotas)

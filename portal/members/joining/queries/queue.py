"""The list of applications for those who answer them: what breaks our promise comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam
from sqlalchemy.orm import aliased

from portal.models import (
    DECIDED_JOINING,
    QUEUED_JOINING,
    Actor,
    JoiningState,
    MembershipApplication,
    MembershipTier,
    Organisation,
    Person,
    StandIn,
    kind_of,
    own,
)
from portal.models.base import Moment
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: The rows of one spreadsheet.
MOST = 20_000
MINE, NOBODYS = "mine", "nobodys"
QUEUE, LATE = "queue", "late"
#: What may be asked of the list by name: whose turn, and what became of it.
SHOWN = (QUEUE, LATE, *(state.value for state in JoiningState if state is not JoiningState.DRAFT))


@dataclass(frozen=True)
class Wish:
    """How staff narrow the list. What is none of ours asks for nothing."""

    show: str = QUEUE
    whose: str = ""

    @classmethod
    def of(cls, show: str, whose: str) -> "Wish":
        """Read what somebody asks for."""
        return cls(show if show in SHOWN else QUEUE, whose if whose in (MINE, NOBODYS) else "")

    def given(self) -> dict[str, str]:
        """Return it as an address carries it."""
        asked = {"show": self.show if self.show != QUEUE else "", "whose": self.whose}
        return {name: value for name, value in asked.items() if value}


def queue(wish: Wish, mark: str | None, *, actor: Actor, now: datetime) -> PageOfRows:
    """Return a page of applications: those to answer by the promised day, those over the latest."""
    order = order_of(wish)
    given = values(wish, actor=actor, now=now)
    return page(narrowed(wish, kind_of(actor)), order, mark, given=given)


def order_of(wish: Wish) -> Order:
    """Sort what is over by when it was sent, and the rest by when we promised to answer."""
    over = wish.show in {state.value for state in DECIDED_JOINING}
    return by_sent() if over else by_promise()


def by_promise() -> Order:
    """Sort by the moment that we promised: what is late comes first."""
    return Order(MembershipApplication.promised_at, MembershipApplication.id)


def by_sent() -> Order:
    """Sort by when it was sent, the latest first."""
    return Order(MembershipApplication.submitted_at, MembershipApplication.id, descending=True)


def values(wish: Wish, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return what fills the gaps of the statement."""
    return own(actor) | ({"now": now} if wish.show == LATE else {})


@cache
def narrowed(wish: Wish, kind: StandIn) -> Select[*tuple[Any, ...]]:
    """Put together, once for each wish and kind of staff, what selects the applications sent.

    Nobody handles those of organisations that they belong to.
    """
    handler = aliased(Person)
    rows = (
        MembershipApplication.visible_to(kind)
        .with_only_columns(
            MembershipApplication.id,
            MembershipApplication.reference,
            MembershipApplication.state,
            MembershipApplication.submitted_at,
            MembershipApplication.promised_at,
            MembershipApplication.answer_by,
            MembershipApplication.deferred_until,
            MembershipApplication.size,
            MembershipApplication.price_ore,
            MembershipApplication.first_approved_at,
            Organisation.display_name,
            MembershipTier.name_en,
            MembershipTier.name_nb,
            handler.name.label("handler"),
        )
        .join(Organisation, Organisation.id == MembershipApplication.organisation_id)
        .join(MembershipTier, MembershipTier.id == MembershipApplication.tier_id)
        .outerjoin(handler, handler.id == MembershipApplication.handler_id)
        .where(shown(wish.show))
        .where(kind.is_outside(MembershipApplication.organisation_id))
    )
    if wish.whose == MINE:
        return rows.where(MembershipApplication.handler_id == kind.id)
    if wish.whose == NOBODYS:
        return rows.where(MembershipApplication.handler_id.is_(None))
    return rows


def shown(show: str) -> Any:
    """Return what is true of the applications that are asked for.

    Of one state it is said too that it is one of several, whose index is in the order of the page.
    """
    if show == QUEUE:
        return MembershipApplication.state.in_(QUEUED_JOINING)
    if show == LATE:
        late = MembershipApplication.promised_at <= bindparam("now", type_=Moment)
        ours = MembershipApplication.state == JoiningState.SUBMITTED
        return and_(MembershipApplication.state.in_(QUEUED_JOINING), ours, late)
    one = JoiningState.of(show)
    among = DECIDED_JOINING if one in DECIDED_JOINING else QUEUED_JOINING
    return and_(
        MembershipApplication.state.in_(among),
        MembershipApplication.state == one,
        MembershipApplication.submitted_at.is_not(None),
    )


def every_row(wish: Wish, *, actor: Actor, now: datetime) -> Sequence[Any]:
    """Return the whole list, narrowed like the page, for a spreadsheet."""
    order = order_of(wish)
    down = (order.column.desc(), order.key.desc()) if order.descending else None
    rows = narrowed(wish, kind_of(actor)).order_by(*(down or (order.column, order.key)))
    return read(rows.limit(MOST), **values(wish, actor=actor, now=now)).all()

"""The register as it was on a day: members with tier and status, and how many of each tier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from portal.members import rules
from portal.members.belonging.queries.roles import MOST, OVER_AT, when_over
from portal.models import (
    EndReason,
    FormerSuspension,
    Membership,
    MembershipPeriod,
    MembershipStatus,
    MembershipTier,
    Organisation,
)
from portal.models.base import at_most
from portal.models.members.membership import counts_now, is_latest
from portal.platform import cluster
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: Up to how many of a kind a page counts, so that it costs the same however many there are. The
#: file of the register counts them all.
COUNTED = 100
#: Whoever counts as a member: what the register shows when nothing else is asked for.
MEMBERS = "members"

#: Days are written out in the statement, so that PostgreSQL weighs each day by itself: on an early
#: one it begins with the few periods of then, on a late one it walks by number and stops soon.
TODAY = bindparam("day", type_=Date, literal_execute=True)
GRACE_SINCE = bindparam("day_of_grace", type_=Date, literal_execute=True)

#: The period that says how a membership stood: the latest that had begun, else the first to come.
SHOWN = aliased(MembershipPeriod)
begun, first, later, some = (aliased(MembershipPeriod) for _ in range(4))
WHICH = func.coalesce(
    select(begun.id)
    .where(begun.membership_id == Membership.id, begun.from_on <= TODAY)
    .order_by(begun.from_on.desc())
    .limit(at_most(1))
    .correlate(Membership)
    .scalar_subquery(),
    select(first.id)
    .where(first.membership_id == Membership.id)
    .order_by(first.from_on)
    .limit(at_most(1))
    .correlate(Membership)
    .scalar_subquery(),
)
GOES_ON_LATER = exists().where(later.membership_id == Membership.id, later.from_on > TODAY)
RESTED = exists().where(
    FormerSuspension.membership_id == Membership.id,
    FormerSuspension.from_on <= TODAY,
    FormerSuspension.to_on > TODAY,
)
SUSPENDED = or_(
    (Membership.suspended_from <= TODAY)
    & or_(Membership.suspended_to.is_(None), Membership.suspended_to > TODAY),
    RESTED,
)
HAS_ENDED = Membership.ends_on <= TODAY


def is_(status: MembershipStatus) -> ColumnElement[str]:
    """Return a status as it stands in a statement."""
    return literal(status.value)


#: How a membership stood on a day: what `rules.status` says, for a database.
STATUS = case(
    (HAS_ENDED & (Membership.end_reason == EndReason.RESIGNED), is_(MembershipStatus.RESIGNED)),
    (HAS_ENDED & (Membership.end_reason == EndReason.EXCLUDED), is_(MembershipStatus.EXCLUDED)),
    (HAS_ENDED & (Membership.end_reason == EndReason.LAPSED), is_(MembershipStatus.LAPSED)),
    (HAS_ENDED, is_(MembershipStatus.ENDED)),
    (SUSPENDED, is_(MembershipStatus.SUSPENDED)),
    (SHOWN.from_on > TODAY, is_(MembershipStatus.UPCOMING)),
    (SHOWN.to_on > TODAY, is_(MembershipStatus.ACTIVE)),
    (SHOWN.to_on > GRACE_SINCE, is_(MembershipStatus.GRACE)),
    (GOES_ON_LATER, is_(MembershipStatus.UPCOMING)),
    else_=is_(MembershipStatus.LAPSED),
)
#: Memberships that were there on a day: begun, or approved to begin later.
REGISTER = (
    select(
        Membership.id,
        Membership.number,
        Organisation.display_name,
        Organisation.slug,
        MembershipTier.name_en,
        MembershipTier.name_nb,
        SHOWN.from_on,
        SHOWN.to_on,
        STATUS.label("status"),
    )
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .join(SHOWN, SHOWN.id == WHICH)
    .join(MembershipTier, MembershipTier.id == SHOWN.tier_id)
    .where(or_(SHOWN.from_on <= TODAY, Membership.approved_at < OVER_AT))
)


def has_period(*so: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return what is true of a membership that has such a period."""
    return exists().where(some.membership_id == Membership.id, *so)


BEGUN = some.from_on <= TODAY
RESTS = union_all(
    select(Membership.id.label("id")).where(Membership.suspended_from <= TODAY),
    select(FormerSuspension.membership_id).where(
        FormerSuspension.from_on <= TODAY, FormerSuspension.to_on > TODAY
    ),
).subquery()
#: What is true of every membership of a status, and what an index finds: a list of few need not be
#: looked for among all. Whoever lapsed has nothing of the kind.
ONLY: Mapping[MembershipStatus, ColumnElement[bool]] = {
    MembershipStatus.ACTIVE: has_period(BEGUN, some.to_on > TODAY),
    MembershipStatus.GRACE: has_period(BEGUN, some.to_on > GRACE_SINCE, some.to_on <= TODAY),
    MembershipStatus.UPCOMING: has_period(some.from_on > TODAY),
    MembershipStatus.SUSPENDED: exists().where(RESTS.c.id == Membership.id),
    MembershipStatus.RESIGNED: Membership.end_reason == EndReason.RESIGNED,
    MembershipStatus.EXCLUDED: Membership.end_reason == EndReason.EXCLUDED,
    MembershipStatus.ENDED: HAS_ENDED,
}
ONLY_COUNTING = has_period(BEGUN, some.to_on > GRACE_SINCE)
COUNTING = tuple(status.value for status in rules.COUNTS)
TIERS = select(
    MembershipTier.id,
    MembershipTier.code,
    MembershipTier.name_en,
    MembershipTier.name_nb,
    MembershipTier.open_to_apply,
).order_by(MembershipTier.rank)
BY_NUMBER = Order(Membership.number, Membership.id)


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many members a tier had; of more than are counted, that there were more."""

    tier: Any
    members: int

    @property
    def more(self) -> bool:
        """Whether there were more than are counted."""
        return self.members > COUNTED


def day_given(day: date) -> dict[str, Any]:
    """Return what fills the gaps of a statement for a day."""
    since = day - cluster.grace()
    return {
        "today": day,
        "grace_since": since,
        "day": day,
        "day_of_grace": since,
        "over_at": when_over(day),
    }


def statuses(show: str) -> tuple[str, ...]:
    """Return the statuses that somebody asks for; without a word of ours, those that count."""
    if show == "all":
        return ()
    known = {status.value for status in MembershipStatus}
    return (show,) if show in known else COUNTING


@cache
def register(wanted: tuple[str, ...], *, of_tier: bool) -> Select[*tuple[Any, ...]]:
    """Put together, once for each narrowing, what selects the register."""
    found = REGISTER
    if wanted:
        only = ONLY_COUNTING if wanted == COUNTING else ONLY.get(MembershipStatus.of(wanted[0]))
        # PostgreSQL takes a row for unlikely whose status is one, and for likely whose is none
        others = [each.value for each in MembershipStatus if each.value not in wanted]
        found = found.where(STATUS.not_in(others), true() if only is None else only)
    return found.where(MembershipTier.code == bindparam("code")) if of_tier else found


def members(day: date, show: str, code: str, *, mark: str | None) -> PageOfRows:
    """Return a page of the register on a day, by number, perhaps of one tier or one status."""
    given = day_given(day) | ({"code": code} if code else {})
    return page(register(statuses(show), of_tier=bool(code)), BY_NUMBER, mark, given=given)


def every_member(day: date, show: str, code: str) -> Sequence[Any]:
    """Return the register on a day for a spreadsheet."""
    given = day_given(day) | ({"code": code} if code else {})
    rows = register(statuses(show), of_tier=bool(code))
    return read(rows.order_by(Membership.number).limit(MOST), **given).all()


def tiers() -> Sequence[Any]:
    """Return the kinds of membership, in order."""
    return read(TIERS).all()


def counts(tiers: Sequence[Any], day: date) -> Sequence[Count]:
    """Return how many members each tier had on a day; more than are counted are not told apart."""
    if not tiers:
        return ()
    given = day_given(day) | {f"tier_{n}": tier.id for n, tier in enumerate(tiers)}
    found = {row.n: row.members for row in read(counting(len(tiers)), **given)}
    return [Count(tier=tier, members=found[n]) for n, tier in enumerate(tiers)]


@cache
def counting(tiers: int) -> Any:
    """Put together, once for each number of tiers, what counts their members."""
    return union_all(*(count_of(n) for n in range(tiers)))


def count_of(n: int) -> Select[*tuple[Any, ...]]:
    """Select how many members a tier had: as many as are counted, and one more."""
    those = (
        select(Membership.id)
        .where(*counts_now(), is_latest(), ~RESTED)
        .where(MembershipPeriod.tier_id == bindparam(f"tier_{n}", type_=MembershipTier.id.type))
        .limit(at_most(COUNTED + 1))
        .subquery()
    )
    return select(literal(n).label("n"), func.count().label("members")).select_from(those)

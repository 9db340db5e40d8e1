"""How a membership stands on a day: read from its dates, so that no job must run for it."""

from collections.abc import Sequence
from datetime import date

from portal.core.wording import N_, Sentence
from portal.models import GRACE, Membership, MembershipPeriod, MembershipStatus

OVERLAPS = Sentence(N_("This period overlaps another that is already there."))
NO_LENGTH = Sentence(N_("The last day must come after the first."))
SUSPENDED_ALREADY = Sentence(N_("This membership is suspended already."))


def status(
    membership: Membership, periods: Sequence[MembershipPeriod], *, today: date
) -> MembershipStatus:
    """Say how a membership stands. First days count, last days (`to_on`, `ends_on`) do not."""
    if membership.ends_on and membership.ends_on <= today:
        return MembershipStatus.ENDED
    if is_suspended(membership, today=today):
        return MembershipStatus.SUSPENDED
    begun = [period for period in periods if period.from_on <= today]
    if any(today < period.to_on for period in begun):
        return MembershipStatus.ACTIVE
    if begun and today < max(period.to_on for period in begun) + GRACE:
        return MembershipStatus.GRACE
    if len(begun) < len(periods) or not periods:
        return MembershipStatus.UPCOMING
    return MembershipStatus.LAPSED


def is_suspended(membership: Membership, *, today: date) -> bool:
    """Tell whether a day lies in a suspension, which may have no end yet."""
    start, end = membership.suspended_from, membership.suspended_to
    return start is not None and start <= today and (end is None or today < end)


def wrong_period(
    periods: Sequence[MembershipPeriod], from_on: date, *, to_on: date
) -> Sentence | None:
    """Say why a new period does not fit with those that are there."""
    if to_on <= from_on:
        return NO_LENGTH
    clash = any(from_on < period.to_on and period.from_on < to_on for period in periods)
    return OVERLAPS if clash else None


def wrong_suspension(membership: Membership, from_on: date, to_on: date | None) -> Sentence | None:
    """Say why a suspension cannot be as asked."""
    if membership.suspended_from and membership.suspended_to is None:
        return SUSPENDED_ALREADY
    return NO_LENGTH if to_on and to_on <= from_on else None

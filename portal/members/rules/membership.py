"""How a membership stands on a day: read from its dates, so that no job must run for it."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol

from portal.core.wording import N_, Sentence
from portal.models import (
    GRACE,
    EndReason,
    Membership,
    MembershipPeriod,
    MembershipStatus,
    MembershipTerms,
    MembershipYear,
    ResignationTakes,
)

OVERLAPS = Sentence(N_("This period overlaps another that is already there."))
NO_LENGTH = Sentence(N_("The last day must come after the first."))
SUSPENDED_ALREADY = Sentence(N_("This membership is suspended already."))
OUTSIDE = Sentence(N_("There is no period of membership on this day. Renew it first."))
SAME_TIER = Sentence(N_("It is this kind of membership already."))
TOO_LATE = Sentence(
    N_("This membership lapsed too long ago to be taken up again. Start a new one, with a new"
       " number.")
)  # fmt: skip
AFTER_END = Sentence(N_("Notice was given: the membership ends before this period does."))

#: A period that goes to the end of a calendar year is no shorter.
SHORTEST = timedelta(days=92)
#: How long before its last day a membership is told to be renewed.
RENEWAL_NOTICE = timedelta(days=60)
#: How a membership stands that has ended, by the reason; for any other it has simply ended.
ENDED = {
    EndReason.RESIGNED: MembershipStatus.RESIGNED,
    EndReason.EXCLUDED: MembershipStatus.EXCLUDED,
    EndReason.LAPSED: MembershipStatus.LAPSED,
}
#: With these a membership counts: its organisation is a member like any other.
COUNTS = (MembershipStatus.ACTIVE, MembershipStatus.GRACE)


class Stretch(Protocol):
    """Days from one on, and to before another."""

    from_on: date
    to_on: date


def status(
    membership: Membership,
    periods: Sequence[MembershipPeriod],
    *,
    today: date,
    grace: timedelta = GRACE,
    former: Iterable[Stretch] = (),
) -> MembershipStatus:
    """Say how a membership stands. First days count, last days (`to_on`, `ends_on`) do not.

    `former` are suspensions of the past that another one followed.
    """
    if membership.ends_on and membership.end_reason and membership.ends_on <= today:
        return ENDED.get(membership.end_reason, MembershipStatus.ENDED)
    if is_suspended(membership, today=today) or any(covers(each, today) for each in former):
        return MembershipStatus.SUSPENDED
    begun = [period for period in periods if period.from_on <= today]
    if any(today < period.to_on for period in begun):
        return MembershipStatus.ACTIVE
    if begun and today < end_of(begun) + grace:
        return MembershipStatus.GRACE
    if len(begun) < len(periods) or not periods:
        return MembershipStatus.UPCOMING
    return MembershipStatus.LAPSED


def covers(stretch: Stretch, day: date) -> bool:
    """Tell whether a day lies in a stretch."""
    return stretch.from_on <= day < stretch.to_on


def end_of(periods: Iterable[Stretch]) -> date:
    """Return the first day after all of these."""
    return max(period.to_on for period in periods)


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
    before, after = membership.suspended_from, membership.suspended_to
    if before and (after is None or from_on < after):
        return SUSPENDED_ALREADY
    return NO_LENGTH if to_on and to_on <= from_on else None


def comes_back_too_late(
    periods: Sequence[Stretch], from_on: date, *, grace: timedelta, months: int
) -> bool:
    """Tell whether a period would begin when the old number is lost."""
    earlier = [period for period in periods if period.from_on < from_on]
    return bool(earlier) and from_on > months_after(end_of(earlier) + grace, months)


def comes_back(periods: Sequence[Stretch], from_on: date, *, grace: timedelta) -> bool:
    """Tell whether a period would begin after the membership had lapsed."""
    earlier = [period for period in periods if period.from_on < from_on]
    return bool(earlier) and from_on >= end_of(earlier) + grace


def resignation_takes_effect(
    periods: Sequence[Stretch], given_on: date, *, terms: MembershipTerms
) -> date:
    """Return the first day without membership for somebody who resigns on a day."""
    if terms.resignation is ResignationTakes.NOTICE:
        return months_after(given_on, terms.notice_months)
    running = [period for period in periods if period.from_on <= given_on]
    return max(end_of(running), given_on) if running else given_on


def next_span(to_on: date, year: MembershipYear) -> tuple[date, date]:
    """Return the period that follows one: to the end of the year, or twelve months.

    What little is left of a year is not renewed by itself: the period ends with the next.
    """
    if year is MembershipYear.CALENDAR:
        ends = date(to_on.year + 1, 1, 1)
        return to_on, ends if ends - to_on >= SHORTEST else date(to_on.year + 2, 1, 1)
    return to_on, months_after(to_on, 12)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later; where the month is shorter, its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

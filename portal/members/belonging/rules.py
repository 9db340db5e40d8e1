"""What must be true of benefits, exclusions and renewals, and why if it is not."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from portal.core.wording import N_, Sentence
from portal.models import (
    BenefitYear,
    Exclusion,
    MembershipPeriod,
    RenewalOutcome,
    RenewalRun,
    RenewalVerdict,
    TierRequestTakes,
)

NOTHING = Sentence(N_("There is nothing to renew: no member fits, or all are left out."))
NOT_WHILE = Sentence(N_("Some are renewed already. A run that was started is not thrown away."))
SAME_TIER = Sentence(N_("It is this kind of membership already."))
RENEWED = Sentence(N_("The next period is of this kind already: there is nothing to ask for."))
NO_PERIOD = Sentence(N_("No period runs today. Ask for the next one."))

#: Days from one on, and to before another; without the latter, for good.
Window = tuple[date, date | None]


def period_on(periods: Sequence[MembershipPeriod], day: date) -> MembershipPeriod | None:
    """Return the period that a day belongs to: the latest that had begun, also after its end."""
    begun = [period for period in periods if period.from_on <= day]
    return max(begun, key=lambda period: period.from_on, default=None)


def year_around(periods: Sequence[MembershipPeriod], day: date) -> Window:
    """Return the year of membership that a day belongs to, whose parts count as one.

    It lasts until the next begins, so that what is used while a renewal is due counts in it.
    """
    current = period_on(periods, day)
    first = current.year_from_on if current else day
    later = [period.from_on for period in periods if period.year_from_on > first]
    return first, min(later, default=None)


def calendar_year(day: date) -> Window:
    """Return the calendar year of a day."""
    return date(day.year, 1, 1), date(day.year + 1, 1, 1)


def window(year: BenefitYear, periods: Sequence[MembershipPeriod], day: date) -> Window:
    """Return the days over which the quantity of a benefit is counted, for one of them."""
    if year is BenefitYear.CALENDAR:
        return calendar_year(day)
    return year_around(periods, day)


def changes_on(periods: Sequence[MembershipPeriod], *, today: date) -> date:
    """Return the first day of the period that comes next, or that a renewal would add."""
    later = [period.from_on for period in periods if period.from_on > today]
    over = max((period.to_on for period in periods), default=today)
    return min(later, default=max(over, today))


def begins(takes: TierRequestTakes, periods: Sequence[MembershipPeriod], *, today: date) -> date:
    """Return the first day of what a member asks for."""
    return today if takes is TierRequestTakes.AT_ONCE else changes_on(periods, today=today)


def runs_on(periods: Sequence[MembershipPeriod], day: date) -> MembershipPeriod | None:
    """Return the period that runs on a day."""
    return next((each for each in periods if each.from_on <= day < each.to_on), None)


def wrong_wish(
    takes: TierRequestTakes, tier_id: UUID, periods: Sequence[MembershipPeriod], *, today: date
) -> Sentence | None:
    """Say why there is nothing to ask for."""
    if takes is TierRequestTakes.AT_ONCE:
        now = runs_on(periods, today)
        return NO_PERIOD if now is None else SAME_TIER if now.tier_id == tier_id else None
    following = runs_on(periods, changes_on(periods, today=today))
    return RENEWED if following is not None and following.tier_id == tier_id else None


def left(quantity: int, used: int) -> int:
    """Return how much of a benefit is left; where more was used in another tier, nothing."""
    return max(0, quantity - used)


def to_renew(tallies: Mapping[str, int]) -> int:
    """Return how many members a run renews."""
    return tallies.get(RenewalVerdict.RENEW.value, 0)


def renews_nothing(run: RenewalRun, *, now: datetime) -> Sentence | None:
    """Say that starting a run would do nothing."""
    return None if to_renew(run.tallies) else NOTHING


def has_begun(run: RenewalRun, *, now: datetime) -> Sentence | None:
    """Say that a run did something already."""
    return NOT_WHILE if run.tallies.get(RenewalOutcome.RENEWED.value) else None


def needs_another(exclusion: Exclusion, who: object, *, two: bool) -> bool:
    """Tell whether somebody else has to decide an exclusion than who proposed it."""
    return two and exclusion.proposed_by_id == who

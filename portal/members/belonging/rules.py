"""What must be true of benefits, exclusions and renewals, and why if it is not."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from portal.core.wording import N_, Sentence
from portal.models import (
    BenefitYear,
    Exclusion,
    MembershipPeriod,
    RenewalOutcome,
    RenewalRun,
    RenewalVerdict,
)

NOTHING = Sentence(N_("There is nothing to renew: no member fits, or all are left out."))
NOT_WHILE = Sentence(N_("Some are renewed already. A run that was started is not thrown away."))

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

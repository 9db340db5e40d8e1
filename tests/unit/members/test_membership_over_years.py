"""How a membership stands over the days: total, monotone where nothing happens, and its dates."""

from datetime import date, timedelta
from types import SimpleNamespace as Thing

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.members.rules import (
    comes_back,
    comes_back_too_late,
    months_after,
    next_span,
    resignation_takes_effect,
    status,
)
from portal.models import EndReason, MembershipYear, ResignationTakes
from portal.models import MembershipStatus as Is

FIRST = date(2024, 1, 1)
#: The order in which a membership passes through its statuses when nothing is done to it.
ORDER = [Is.UPCOMING, Is.ACTIVE, Is.GRACE, Is.LAPSED]
OVER = {
    EndReason.RESIGNED: Is.RESIGNED,
    EndReason.EXCLUDED: Is.EXCLUDED,
    EndReason.LAPSED: Is.LAPSED,
    EndReason.MERGED: Is.ENDED,
    EndReason.DISSOLVED: Is.ENDED,
}
days = some.integers(min_value=0, max_value=1500).map(lambda n: FIRST + timedelta(days=n))
graces = some.integers(min_value=0, max_value=120).map(lambda n: timedelta(days=n))


@some.composite
def periods(draw, *, gaps=True):
    """Draw up to four periods, one after the other, perhaps with gaps."""
    day, found = draw(days), []
    for length in draw(some.lists(some.integers(1, 500), min_size=1, max_size=4)):
        found.append(Thing(from_on=day, to_on=day + timedelta(days=length)))
        day = found[-1].to_on + timedelta(days=draw(some.integers(0, 200)) if gaps else 0)
    return found


@some.composite
def memberships(draw):
    """Draw a membership with any rest and any end."""
    rest, end = draw(some.none() | days), draw(some.none() | days)
    length = draw(some.none() | some.integers(1, 300))
    return Thing(
        suspended_from=rest,
        suspended_to=rest and length and rest + timedelta(days=length),
        ends_on=end,
        end_reason=end and draw(some.sampled_from(EndReason)),
    )


def plain():
    return Thing(ends_on=None, end_reason=None, suspended_from=None, suspended_to=None)


@given(memberships(), periods(), days, graces)
def test_a_membership_stands_somehow_on_every_day(membership, stretches, day, grace):
    found = status(membership, stretches, today=day, grace=grace)
    assert isinstance(found, Is)
    if membership.ends_on and membership.ends_on <= day:
        assert found is OVER[membership.end_reason]
    else:
        assert found in {*ORDER, Is.SUSPENDED}


@given(periods(gaps=False), graces)
def test_days_alone_never_bring_a_membership_back(stretches, grace):
    first, last = stretches[0].from_on, stretches[-1].to_on
    passed = [
        ORDER.index(status(plain(), stretches, today=first + timedelta(days=n), grace=grace))
        for n in range(-2, (last - first).days + 125)
    ]
    assert passed == sorted(passed)
    assert {ORDER[0], ORDER[1], ORDER[3]} <= {ORDER[n] for n in passed}


@given(memberships(), periods(), days, graces)
def test_a_membership_changes_only_on_a_day_that_one_of_its_dates_names(
    membership, stretches, day, grace
):
    before = status(membership, stretches, today=day - timedelta(days=1), grace=grace)
    if status(membership, stretches, today=day, grace=grace) is before:
        return
    named = {membership.ends_on, membership.suspended_from, membership.suspended_to}
    for each in stretches:
        named |= {each.from_on, each.to_on, each.to_on + grace}
    assert day in named


def test_a_suspension_of_the_past_stays_one():
    rested = Thing(from_on=date(2024, 3, 1), to_on=date(2024, 4, 1))
    year = [Thing(from_on=FIRST, to_on=date(2025, 1, 1))]
    for day, expected in (
        (date(2024, 2, 29), Is.ACTIVE), (date(2024, 3, 1), Is.SUSPENDED),
        (date(2024, 3, 31), Is.SUSPENDED), (date(2024, 4, 1), Is.ACTIVE),
    ):  # fmt: skip
        assert status(plain(), year, today=day, former=[rested]) is expected


@pytest.mark.parametrize(
    ("takes", "given_on", "expected"),
    [
        (ResignationTakes.PERIOD_END, "2024-06-10", "2025-01-01"),
        (ResignationTakes.PERIOD_END, "2025-01-20", "2025-01-20"),  # the period is over
        (ResignationTakes.PERIOD_END, "2023-12-01", "2023-12-01"),  # it never began
        (ResignationTakes.NOTICE, "2024-11-30", "2025-02-28"),
    ],
)
def test_notice_takes_effect_as_the_statutes_say(takes, given_on, expected):
    year = [Thing(from_on=FIRST, to_on=date(2025, 1, 1))]
    terms = Thing(resignation=takes, notice_months=3)
    found = resignation_takes_effect(year, date.fromisoformat(given_on), terms=terms)
    assert found == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("first", "back", "late"),
    [
        ("2025-01-01", False, False),
        ("2025-03-01", False, False),
        ("2025-03-02", True, False),
        ("2026-03-02", True, False),
        ("2026-03-03", True, True),
    ],
)
def test_a_lapsed_member_comes_back_within_the_months(first, back, late):
    year, grace = [Thing(from_on=FIRST, to_on=date(2025, 1, 1))], timedelta(days=60)
    day = date.fromisoformat(first)
    assert comes_back(year, day, grace=grace) is back
    assert comes_back_too_late(year, day, grace=grace, months=12) is late


@pytest.mark.parametrize(
    ("to_on", "year", "until"),
    [
        ("2027-01-01", MembershipYear.CALENDAR, "2028-01-01"),
        ("2026-07-15", MembershipYear.CALENDAR, "2027-01-01"),
        ("2026-10-01", MembershipYear.CALENDAR, "2027-01-01"),
        ("2026-10-02", MembershipYear.CALENDAR, "2028-01-01"),
        ("2026-07-15", MembershipYear.TWELVE_MONTHS, "2027-07-15"),
        ("2028-02-29", MembershipYear.TWELVE_MONTHS, "2029-02-28"),
    ],
)
def test_the_next_period_is_as_long_as_the_kind_says(to_on, year, until):
    day = date.fromisoformat(to_on)
    assert next_span(day, year) == (day, date.fromisoformat(until))


@given(days, some.integers(0, 60))
def test_months_are_counted_by_the_calendar(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1

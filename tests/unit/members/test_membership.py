"""How a membership stands on a day, to the day."""

from datetime import date
from types import SimpleNamespace as Thing

import pytest

from portal.members.rules import status, wrong_period, wrong_suspension
from portal.models import EndReason as Why
from portal.models import MembershipStatus as Is


def member(**answers):
    nothing = {"ends_on": None, "end_reason": None, "suspended_from": None, "suspended_to": None}
    return Thing(**(nothing | answers))


def period(first, after):
    return Thing(from_on=date.fromisoformat(first), to_on=date.fromisoformat(after))


YEAR = [period("2026-01-01", "2027-01-01")]
RENEWED = [*YEAR, period("2027-01-01", "2028-01-01")]
GAP = [*YEAR, period("2027-06-01", "2028-06-01")]


@pytest.mark.parametrize(
    ("periods", "day", "expected"),
    [
        (YEAR, "2025-12-31", Is.UPCOMING),
        (YEAR, "2026-01-01", Is.ACTIVE),
        (YEAR, "2026-12-31", Is.ACTIVE),
        (YEAR, "2027-01-01", Is.GRACE),
        (YEAR, "2027-03-01", Is.GRACE),  # the sixtieth day
        (YEAR, "2027-03-02", Is.LAPSED),
        (RENEWED, "2027-01-01", Is.ACTIVE),
        (RENEWED, "2028-01-01", Is.GRACE),
        (GAP, "2027-02-01", Is.GRACE),
        (GAP, "2027-04-01", Is.UPCOMING),
        (GAP, "2027-06-01", Is.ACTIVE),
        ([], "2026-01-01", Is.UPCOMING),
    ],
)
def test_dates_say_how_it_stands(periods, day, expected):
    assert status(member(), periods, today=date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-06-29", Is.ACTIVE), ("2026-06-30", Is.ENDED), ("2028-01-01", Is.ENDED)],
)
def test_an_end_counts_from_its_day(day, expected):
    over = member(ends_on=date(2026, 6, 30), end_reason=Why.DISSOLVED)
    assert status(over, YEAR, today=date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("until", "day", "expected"),
    [
        (None, "2026-03-31", Is.ACTIVE),
        (None, "2026-04-01", Is.SUSPENDED),
        (None, "2030-01-01", Is.SUSPENDED),
        (date(2026, 5, 1), "2026-04-30", Is.SUSPENDED),
        (date(2026, 5, 1), "2026-05-01", Is.ACTIVE),
    ],
)
def test_a_suspension_counts_from_its_day_to_before_its_end(until, day, expected):
    resting = member(suspended_from=date(2026, 4, 1), suspended_to=until)
    assert status(resting, YEAR, today=date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("first", "after", "fits"),
    [
        ("2027-01-01", "2028-01-01", True),
        ("2025-01-01", "2026-01-01", True),
        ("2026-12-31", "2028-01-01", False),
        ("2025-01-01", "2026-01-02", False),
        ("2026-03-01", "2026-04-01", False),
        ("2025-01-01", "2028-01-01", False),
        ("2027-01-01", "2027-01-01", False),
        ("2027-01-02", "2027-01-01", False),
    ],
)
def test_periods_do_not_overlap(first, after, fits):
    found = wrong_period(YEAR, date.fromisoformat(first), to_on=date.fromisoformat(after))
    assert (found is None) is fits


def test_a_membership_is_suspended_once_at_a_time():
    day, later = date(2026, 4, 1), date(2026, 5, 1)
    assert wrong_suspension(member(), day, later) is None
    assert wrong_suspension(member(), day, None) is None
    assert wrong_suspension(member(), later, day) is not None
    assert wrong_suspension(member(suspended_from=day), later, None) is not None

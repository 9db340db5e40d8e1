"""By when we owe an answer: calendar months, to the end of the last day, by the cluster's clock."""

from datetime import UTC, date, datetime

import pytest

from portal.members.privacy import rules

OSLO = "Europe/Oslo"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 23), 1, date(2026, 12, 23)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 3, date(2026, 11, 30)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
    ],
)
def test_a_month_ends_on_the_day_with_its_number_or_the_last_there_is(day, months, then):
    assert rules.months_after(day, months) == then


def test_the_whole_last_day_is_in_time():
    came = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # half past eleven in the evening in Oslo
    assert rules.due_at(came, OSLO) == datetime(2026, 12, 23, 23, tzinfo=UTC)


def test_the_day_is_that_of_the_clock_on_the_wall():
    came = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # it is the 24th in Oslo
    assert rules.due_at(came, OSLO) == datetime(2026, 12, 24, 23, tzinfo=UTC)


def test_summer_time_moves_the_midnight():
    came = datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert rules.due_at(came, OSLO) == datetime(2027, 4, 1, 22, tzinfo=UTC)


def test_more_time_is_counted_from_when_it_came():
    came = datetime(2026, 11, 30, 12, tzinfo=UTC)
    assert rules.due_at(came, OSLO, months=3) == datetime(2027, 2, 28, 23, tzinfo=UTC)

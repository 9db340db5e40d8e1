"""The days of the demo, counted from today, and what becomes of them when it is moved."""

from datetime import UTC, date, datetime

import pytest

from portal.demo.calendar import Calendar, moved
from portal.demo.refresh import later

OSLO = "Europe/Oslo"


def test_today_is_the_day_in_the_zone_of_the_cluster() -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert Calendar.of(OSLO, now=late).today == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("when", "moment"),
    [
        ("+9 12:00", datetime(2026, 12, 2, 11, tzinfo=UTC)),
        ("-1 22:50", datetime(2026, 11, 22, 21, 50, tzinfo=UTC)),
        ("-30 12:00", datetime(2026, 10, 24, 10, tzinfo=UTC)),
    ],
)
def test_a_clock_time_is_that_of_the_zone_in_winter_and_summer(when: str, moment: datetime) -> None:
    assert Calendar(date(2026, 11, 23), OSLO).at(when) == moment


def test_a_moved_deadline_keeps_its_clock_time_across_summer_time() -> None:
    winter = datetime(2026, 12, 2, 11, tzinfo=UTC)
    assert moved(winter, 180, OSLO) == datetime(2027, 5, 31, 10, tzinfo=UTC)
    assert moved(moved(winter, 180, OSLO), -180, OSLO) == winter


def test_what_has_happened_is_never_moved_into_the_future() -> None:
    now = datetime(2026, 12, 3, 9, tzinfo=UTC)
    yesterday = datetime(2026, 12, 2, 9, tzinfo=UTC)
    assert later(yesterday, 10, zone=OSLO, most=now) == now
    assert later(yesterday, 10, zone=OSLO, most=None) == datetime(2026, 12, 12, 9, tzinfo=UTC)


def test_days_move_by_days_and_nothing_stays_nothing() -> None:
    now = datetime(2026, 12, 3, 9, tzinfo=UTC)
    assert later(date(2026, 12, 24), 10, zone=OSLO, most=now) == date(2027, 1, 3)
    assert later(None, 10, zone=OSLO, most=now) is None

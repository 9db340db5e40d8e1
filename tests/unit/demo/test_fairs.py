"""Fairs stay in their month, whatever day the demo is loaded on or moved to."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from portal.demo import content, fairs

IBC = content.read("events/ibc")["event"]
NAB = content.read("events/nab")["event"]


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 23), date(2027, 9, 10)),
        (date(2026, 8, 1), date(2026, 9, 11)),
        (date(2026, 8, 18), date(2026, 9, 11)),
        (date(2026, 8, 19), date(2027, 9, 10)),
        (date(2026, 9, 12), date(2027, 9, 10)),
        (date(2028, 2, 29), date(2028, 9, 8)),
    ],
)
def test_the_fair_in_amsterdam_begins_on_the_second_friday_of_september(
    today: date, first: date
) -> None:
    assert fairs.coming(IBC["fair"], today=today) == first


def test_the_fair_in_amsterdam_lasts_four_days_by_the_clock_there() -> None:
    found = fairs.moments(IBC["fair"], IBC["zone"], today=date(2026, 11, 23))
    assert found == {
        "starts_at": datetime(2027, 9, 10, 7, 30, tzinfo=UTC),
        "ends_at": datetime(2027, 9, 13, 14, tzinfo=UTC),
        "registration_closes_at": datetime(2027, 8, 6, 10, tzinfo=UTC),
    }


def test_the_fair_in_las_vegas_is_in_april_by_the_clock_there() -> None:
    found = fairs.moments(NAB["fair"], NAB["zone"], today=date(2026, 11, 23))
    assert found["starts_at"] == datetime(2027, 4, 10, 17, tzinfo=UTC)
    assert found["ends_at"] == datetime(2027, 4, 14, 21, tzinfo=UTC)


@pytest.mark.parametrize("entry", [IBC, NAB], ids=["ibc", "nab"])
def test_registration_is_open_on_every_day_of_a_year(entry: dict[str, Any]) -> None:
    for number in range(366):
        today = date(2027, 1, 1) + timedelta(days=number)
        found = fairs.moments(entry["fair"], entry["zone"], today=today)
        closes = found["registration_closes_at"].date()
        assert today + timedelta(days=12) <= closes < found["starts_at"].date()
        assert found["starts_at"].month == entry["fair"]["month"]
        assert found["starts_at"].date() < today + timedelta(days=400)

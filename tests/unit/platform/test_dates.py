"""Dates in words: the day stays on the line of its month, however narrow the page."""

from datetime import UTC, date, datetime

import pytest

from portal.platform import language

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("spoken", "day", "short", "moment"),
    [
        (
            "en",
            "24\N{NO-BREAK SPACE}November 2026",
            "24\N{NO-BREAK SPACE}Nov 2026, 12:00",
            "Tuesday 24\N{NO-BREAK SPACE}November 2026 at 12:00",
        ),
        (
            "nb",
            "24.\N{NO-BREAK SPACE}november 2026",
            "24.\N{NO-BREAK SPACE}nov. 2026, 12:00",
            "tirsdag 24.\N{NO-BREAK SPACE}november 2026 kl. 12:00",
        ),
    ],
)
def test_no_line_breaks_between_a_day_and_its_month(spoken, day, short, moment):
    with language.speaking(spoken):
        assert language.day(date(2026, 11, 24)) == day
        assert language.short(NOON) == short
        assert language.moment(NOON) == moment

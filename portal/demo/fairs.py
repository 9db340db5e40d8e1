"""Fairs that are held in the same month every year, whatever day the story is at."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from portal.demo.calendar import Calendar
from portal.demo.content import Entry

#: A fair that begins sooner is left to others: the demo shows the one of the year after.
AHEAD = 24
#: So many days from today its registration stays open, at least.
OPEN = 12


def moments(fair: Entry, zone: str, *, today: date) -> Mapping[str, datetime]:
    """Return when the coming fair begins and ends, and when registration for it closes."""
    first = coming(fair, today=today)
    last = first + timedelta(days=fair["days"] - 1)
    closes = max(first - timedelta(days=fair["closes_before"]), today + timedelta(days=OPEN))
    return {
        "starts_at": at(first, fair["opens"], zone),
        "ends_at": at(last, fair["ends"], zone),
        "registration_closes_at": at(closes, "12:00", zone),
    }


def coming(fair: Entry, *, today: date) -> date:
    """Return the first day of the next fair that one can still prepare for."""
    for year in (today.year, today.year + 1):
        first = nth_weekday(year, fair["month"], weekday=fair["weekday"], which=fair["which"])
        if first >= today + timedelta(days=AHEAD):
            return first
    return nth_weekday(year + 1, fair["month"], weekday=fair["weekday"], which=fair["which"])


def nth_weekday(year: int, month: int, *, weekday: int, which: int) -> date:
    """Return a day such as the second Friday of a month; Monday is 0."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def at(day: date, clock: str, zone: str) -> datetime:
    """Return the moment of a clock time at a place."""
    local = datetime.combine(day, time.fromisoformat(clock), ZoneInfo(zone))
    return local.astimezone(UTC)


def dates(entry: Entry, calendar: Calendar) -> Mapping[str, Any]:
    """Return all dates of an event of the story."""
    if "fair" in entry:
        found = dict(moments(entry["fair"], entry["zone"], today=calendar.today))
    else:
        names = {"starts_at": "begins", "ends_at": "ends",
                 "registration_closes_at": "registration_closes"}  # fmt: skip
        found = {name: calendar.at(entry[told]) for name, told in names.items()}
    return found | {"registration_opens_at": calendar.at(entry["registration_opens"])}

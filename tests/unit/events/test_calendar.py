"""What stands in a calendar file, without a database."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from portal.events.calendar import Entry, modified, uid, written

CHANGED = datetime(2027, 5, 1, 12, 30, 15, tzinfo=UTC)


def entry(**more):
    given = {
        "uid": "event-1@portal",
        "title": "IBC",
        "starts_at": datetime(2027, 9, 10, 8, tzinfo=UTC),
        "ends_at": datetime(2027, 9, 13, 16, tzinfo=UTC),
        "zone": "Europe/Amsterdam",
        "place": "Amsterdam",
        "text": "Meet us.",
        "url": "https://portal.example/events/ibc",
        "sequence": 2,
        "changed_at": CHANGED,
    }
    return Entry(**(given | more))


def read(*entries, **more):
    return Calendar.from_ical(written(entries, name="Events", **more))


def test_lines_end_and_fold_as_the_standard_says():
    content = written([entry(title="Æøå " * 60)], name="Events")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert str(Calendar.from_ical(content).walk("VEVENT")[0]["SUMMARY"]) == "Æøå " * 60


def test_signs_that_mean_something_to_calendars_are_kept_as_text():
    typed = "A; B, C \\ D\nBEGIN:VEVENT\r\nEND:VCALENDAR"
    calendar = read(entry(title=typed, text=typed, place=typed))
    [found] = calendar.walk("VEVENT")
    assert "BEGIN:VEVENT" in str(found["SUMMARY"])
    assert str(found["DESCRIPTION"]).startswith("A; B, C \\ D\n")


def test_the_same_entries_are_the_same_file():
    assert written([entry()], name="Events") == written([entry()], name="Events")


def test_an_entry_keeps_its_name_and_tells_its_revision():
    [found] = read(entry()).walk("VEVENT")
    assert str(found["UID"]) == "event-1@portal"
    assert int(found["SEQUENCE"]) == 2
    assert found.decoded("LAST-MODIFIED") == found.decoded("DTSTAMP") == CHANGED
    assert uid("event", 7) == "event-7@portal"


@pytest.mark.parametrize(
    ("given", "status", "busy"),
    [
        ({}, "CONFIRMED", "OPAQUE"),
        ({"sure": False}, "TENTATIVE", "TRANSPARENT"),
        ({"cancelled": True}, "CANCELLED", "TRANSPARENT"),
        ({"cancelled": True, "sure": False}, "CANCELLED", "TRANSPARENT"),
    ],
)
def test_an_entry_says_whether_it_stands(given, status, busy):
    [found] = read(entry(**given)).walk("VEVENT")
    assert (str(found["STATUS"]), str(found["TRANSP"])) == (status, busy)


def offset_of(zone, local):
    """Find the offset at a local time by the rules in the file itself."""
    changes = sorted((part.decoded("DTSTART"), part.decoded("TZOFFSETTO")) for part in zone.walk()
                     if part.name in {"STANDARD", "DAYLIGHT"})  # fmt: skip
    return [offset for start, offset in changes if start <= local][-1]


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/Los_Angeles", "Asia/Kolkata"])
@pytest.mark.parametrize("month", [1, 4, 7, 10])
def test_zones_are_written_down_as_their_clocks_go(zone, month):
    starts = datetime(2027, month, 10, 8, tzinfo=UTC)
    calendar = read(entry(zone=zone, starts_at=starts, ends_at=starts.replace(hour=12)))
    [found] = calendar.walk("VTIMEZONE")
    local = starts.astimezone(ZoneInfo(zone))
    assert offset_of(found, local.replace(tzinfo=None)) == local.utcoffset()
    assert calendar.walk("VEVENT")[0]["DTSTART"].params["TZID"] == zone


def test_each_zone_is_written_once_and_none_for_nothing():
    zones = read(entry(), entry(uid="event-2@portal"), entry(zone="Europe/Oslo")).walk("VTIMEZONE")
    assert sorted(str(zone["TZID"]) for zone in zones) == ["Europe/Amsterdam", "Europe/Oslo"]
    assert read().walk("VTIMEZONE") == []
    assert read(entry(zone="UTC")).walk("VEVENT")[0].decoded("DTSTART").hour == 8


def test_a_feed_says_what_it_is_called_and_when_to_ask_again():
    content = written([], name="Events of Ås")
    for line in ("X-WR-CALNAME:Events of Ås", "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
                 "X-PUBLISHED-TTL:PT1H", "VERSION:2.0", "METHOD:PUBLISH"):  # fmt: skip
        assert line.encode() in content
    assert b"X-WR-CALNAME" not in written([], name="Events", feed=False)


def test_a_calendar_changed_when_its_last_entry_did():
    later = datetime(2027, 5, 2, tzinfo=UTC)
    assert modified([entry(), entry(changed_at=later)]) == later
    assert modified([]) is None

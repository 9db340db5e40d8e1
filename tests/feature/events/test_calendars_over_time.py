"""What calendars that follow the portal learn over the life of an event, read by other eyes."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from portal.platform import tokens

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)
BEGINS = datetime(2027, 9, 10, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


@pytest.fixture
def ibc(make):
    return make.Event(
        slug="ibc", draft=True, title_en="Joint stand", place="Amsterdam", country="NL",
        zone="Europe/Amsterdam", starts_at=BEGINS, ends_at=BEGINS + timedelta(days=3),
        registration_opens_at=NOW - timedelta(days=1),
        registration_closes_at=NOW + timedelta(days=60), updated_at=NOW - timedelta(days=1),
    )  # fmt: skip


@pytest.fixture
def team(make, browser):
    """The event team, in the first browser."""
    browser.sign_in(make.staff("events"), now=NOW)
    return browser


@pytest.fixture
def own(make, ibc):
    """The address of the calendar of somebody who goes there, and what an entry is known by."""
    anna = make.colleague(make.Organisation())
    place = make.delegate(make.ticket(ibc, 5), person=anna, email=anna.email, updated_at=NOW)
    make.CalendarFeed(person=anna, token_hash=tokens.digest("annas"))
    return "/events/feeds/annas.ics", f"delegate-{place.id}@portal"


@pytest.fixture
def read(session, another_browser):
    """Read a calendar as a stranger's programme does: whether it changed, and one entry of it."""
    marks = {}

    def ask(path, uid):
        session.commit()
        mark = marks.get(path)
        headers = {"If-None-Match": mark} if mark else {}
        response = another_browser.client.get(path, headers=headers)
        if response.status_code == 304:
            return "unchanged"
        marks[path] = response.headers["ETag"]
        found = Calendar.from_ical(response.data).walk("VEVENT")
        return next((told(entry) for entry in found if entry["UID"] == uid), None)

    return ask


def told(entry):
    return (
        str(entry["STATUS"]), int(entry["SEQUENCE"]), entry.decoded("DTSTART").astimezone(UTC),
        entry.decoded("LAST-MODIFIED"), str(entry["SUMMARY"]),
    )  # fmt: skip


def test_those_who_follow_an_event_learn_of_every_change(at, team, ibc, own, read):
    public = ("/events/calendar.ics", f"event-{ibc.id}@portal")
    assert read(*public) is None, "a draft is in no calendar"
    team.press("events.manage_event", "Publish", slug="ibc")
    assert read(*public) == ("CONFIRMED", 0, BEGINS, NOW, "Joint stand")
    assert read(*own)[:3] == ("CONFIRMED", 0, BEGINS)
    assert (read(*public), read(*own)) == ("unchanged", "unchanged")

    first = NOW + timedelta(minutes=1)
    at(first)
    team.fill("events.edit_event", {"title_en": "Joint stand, hall 7"}, slug="ibc")
    assert read(*public) == ("CONFIRMED", 0, BEGINS, first, "Joint stand, hall 7")
    assert read(*own) == ("CONFIRMED", 0, BEGINS, first, "Joint stand, hall 7")

    second, later = NOW + timedelta(minutes=2), BEGINS + timedelta(days=1)
    at(second)
    moved = {"starts_at": "2027-09-11T10:00", "ends_at": "2027-09-14T10:00", "reason": "The hall."}
    team.fill("events.move_event", moved, slug="ibc")
    assert read(*public) == ("CONFIRMED", 1, later, second, "Joint stand, hall 7")
    assert read(*own) == ("CONFIRMED", 1, later, second, "Joint stand, hall 7")

    third = NOW + timedelta(minutes=3)
    at(third)
    team.fill("events.cancel_event", {"reason": "No hall."}, slug="ibc")
    status, sequence, starts, modified, _summary = read(*public)
    assert (status, sequence, starts, modified) == ("CANCELLED", 2, later, third)
    status, sequence, starts, modified, _summary = read(*own)
    assert (status, starts, modified) == ("CANCELLED", later, third)
    assert sequence >= 2
    assert (read(*public), read(*own)) == ("unchanged", "unchanged")

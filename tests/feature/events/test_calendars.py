"""Calendars over HTTP: the public one, an entry, and somebody's own by a secret address."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal.models import CalendarFeed

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


@pytest.fixture
def ibc(make):
    return make.Event(
        slug="ibc",
        title_en="Joint stand; at IBC, Amsterdam",
        place="Amsterdam",
        starts_at=datetime(2027, 9, 10, 8, tzinfo=UTC),
        ends_at=datetime(2027, 9, 13, 16, tzinfo=UTC),
        registration_closes_at=NOW + timedelta(days=60),
        updated_at=datetime(2027, 5, 1, 12, tzinfo=UTC),
        sequence=3,
    )


@pytest.fixture
def ticket(make, ibc):
    return make.ticket(ibc, 5)


def entries(response):
    """Read a calendar as another programme would: entries by what they are known by."""
    assert response.mimetype == "text/calendar"
    assert all(len(line) <= 75 for line in response.data.split(b"\r\n"))
    calendar = Calendar.from_ical(response.data)
    return {str(entry["UID"]): entry for entry in calendar.walk("VEVENT")}, calendar


def public(browser):
    browser.get("events.calendar_of_all")
    return entries(browser.response)


def test_the_public_calendar_is_read_back_as_it_was_meant(browser, ibc):
    found, calendar = public(browser)
    entry = found[f"event-{ibc.id}@portal"]
    assert str(entry["SUMMARY"]) == "Joint stand; at IBC, Amsterdam"
    assert entry.decoded("DTSTART") == datetime(2027, 9, 10, 8, tzinfo=UTC)
    assert entry["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert entry.decoded("DTEND") == datetime(2027, 9, 13, 16, tzinfo=UTC)
    assert int(entry["SEQUENCE"]) == 3
    assert entry.decoded("LAST-MODIFIED") == datetime(2027, 5, 1, 12, tzinfo=UTC)
    assert entry.decoded("DTSTAMP") == datetime(2027, 5, 1, 12, tzinfo=UTC)
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert not {"ATTENDEE", "ORGANIZER"} & set(entry)
    [zone] = calendar.walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Europe/Amsterdam"
    assert "COMMENT" not in zone
    assert b"X-PUBLISHED-TTL:PT1H" in browser.response.data


def test_the_public_calendar_holds_what_is_public_and_what_fell_away(browser, make, at, ibc):
    make.Event(draft=True, title_en="Secret")
    off = make.Event(
        title_en="Called off", state="cancelled", cancelled_at=NOW - timedelta(days=59), sequence=1,
        starts_at=NOW + timedelta(days=30),
    )  # fmt: skip
    make.Event(title_en="Long gone", starts_at=NOW - timedelta(days=70),
               ends_at=NOW - timedelta(days=61))  # fmt: skip
    found, _calendar = public(browser)
    assert {str(entry["SUMMARY"]) for entry in found.values()} == {
        "Joint stand; at IBC, Amsterdam", "Called off",
    }  # fmt: skip
    entry = found[f"event-{off.id}@portal"]
    assert (str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("CANCELLED", 1)
    at(NOW + timedelta(days=2))
    found, _calendar = public(browser)
    assert f"event-{off.id}@portal" not in found


def test_an_unchanged_calendar_is_not_sent_again(browser, at, ibc):
    public(browser)
    headers = browser.response.headers
    at(NOW + timedelta(hours=3))
    asked = {"If-None-Match": headers["ETag"]}
    assert browser.client.get("/events/calendar.ics", headers=asked).status_code == 304
    since = {"If-Modified-Since": headers["Last-Modified"]}
    assert browser.client.get("/events/calendar.ics", headers=since).status_code == 304
    ibc.sequence, ibc.updated_at = 4, NOW
    browser.session.commit()
    assert browser.client.get("/events/calendar.ics", headers=asked).status_code == 200


def own(browser, token):
    browser.get("events.calendar_feed", token=token)
    return entries(browser.response)[0]


def fresh_address(browser):
    page = browser.fill("events.own_calendar", expect=200)
    address = page.select_one("code.address").text
    return address.rsplit("/", 1)[1].removesuffix(".ics")


def test_an_own_calendar_follows_its_person_and_what_falls_away(
    browser, make, session, at, ibc, ticket
):
    anna = make.colleague(make.Organisation(), email="anna@x.no")
    place = make.delegate(ticket, person=anna, email="anna@x.no", updated_at=NOW)
    make.delegate(ticket, name="Somebody else")
    browser.sign_in(anna, now=NOW)
    token = fresh_address(browser)
    assert token not in browser.get("events.own_calendar").text, "it is shown once"
    [feed] = session.scalars(select(CalendarFeed)).all()
    assert token not in feed.token_hash
    browser.sign_out()
    [entry] = own(browser, token).values()
    assert str(entry["UID"]) == f"delegate-{place.id}@portal"
    assert (str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("CONFIRMED", 3)
    assert entry.decoded("LAST-MODIFIED") == NOW
    browser.sign_in(anna, now=NOW)
    at(NOW + timedelta(minutes=5))
    browser.send("events.withdraw", id=place.id)
    browser.sign_out()
    [entry] = own(browser, token).values()
    assert (str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("CANCELLED", 4)
    assert entry.decoded("LAST-MODIFIED") == NOW + timedelta(minutes=5)
    at(NOW + timedelta(days=61))
    assert own(browser, token) == {}


@pytest.mark.parametrize(
    ("state", "status", "busy"),
    [
        ("confirmed", "CONFIRMED", "OPAQUE"),
        ("offered", "TENTATIVE", "TRANSPARENT"),
        ("waitlisted", "TENTATIVE", "TRANSPARENT"),
        ("requested", "TENTATIVE", "TRANSPARENT"),
        ("rejected", "CANCELLED", "TRANSPARENT"),
        ("withdrawn", "CANCELLED", "TRANSPARENT"),
    ],
)
def test_a_calendar_says_how_sure_a_place_is(browser, make, ticket, state, status, busy):
    anna = make.colleague(make.Organisation())
    make.delegate(ticket, state, person=anna, updated_at=NOW)
    browser.sign_in(anna, now=NOW)
    [entry] = own(browser, fresh_address(browser)).values()
    assert (str(entry["STATUS"]), str(entry["TRANSP"])) == (status, busy)


def test_a_fresh_address_ends_the_old_one(browser, make, ticket):
    browser.sign_in(make.colleague(make.Organisation()), now=NOW)
    old = fresh_address(browser)
    new = fresh_address(browser)
    browser.get("events.calendar_feed", token=old, expect=404)
    browser.get("events.calendar_feed", token=new)
    browser.press("events.own_calendar", "End it")
    browser.get("events.calendar_feed", token=new, expect=404)
    browser.get("events.calendar_feed", token="guess", expect=404)


def test_an_own_calendar_is_for_nobody_else_to_keep(browser, make, session, ticket):
    anna = make.colleague(make.Organisation())
    browser.sign_in(anna, now=NOW)
    token = fresh_address(browser)
    browser.sign_out()
    own(browser, token)
    headers = browser.response.headers
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Robots-Tag"] == "noindex"
    path = f"/events/feeds/{token}.ics"
    again = browser.client.get(path, headers={"If-None-Match": headers["ETag"]})
    assert again.status_code == 304
    anna.state = "blocked"
    session.commit()
    assert browser.client.get(path).status_code == 404


def test_whose_address_is_not_proven_has_no_calendar(browser, make, session):
    browser.sign_in(make.Person(verified_at=None), now=NOW)
    assert not browser.get("events.own_calendar").select("main form")
    browser.send("events.own_calendar", expect=403)
    assert session.scalars(select(CalendarFeed)).all() == []


def test_an_entry_is_saved_by_whoever_sees_the_delegate(browser, make, ibc, ticket):
    company = make.Organisation()
    place = make.delegate(ticket, organisation=company, name="Kari Nordmann")
    browser.sign_in(make.colleague(company, "representative"), now=NOW)
    browser.get("events.calendar_entry", id=place.id)
    assert browser.response.headers["Content-Disposition"] == "attachment; filename=ibc.ics"
    [entry] = entries(browser.response)[0].values()
    assert str(entry["SUMMARY"]) == "Joint stand; at IBC, Amsterdam: Kari Nordmann"


def give_to(browser, place, name):
    new = {"name": name, "email": f"{name.lower()}@x.no"}
    browser.fill("events.substitute", new, id=place.id)


def test_a_place_that_a_colleague_has_now_falls_away_for_who_had_it(browser, make, at, ibc, ticket):
    company = make.Organisation()
    anna = make.colleague(company, "administrator", email="anna@x.no")
    berit = make.colleague(company, "member", email="berit@x.no")
    place = make.delegate(ticket, person=anna, email="anna@x.no", organisation=company,
                          updated_at=NOW - timedelta(days=1))  # fmt: skip
    uid = f"delegate-{place.id}@portal"
    browser.sign_in(berit, now=NOW)
    hers = fresh_address(browser)
    browser.sign_out()
    browser.sign_in(anna, now=NOW)
    token = fresh_address(browser)
    before = int(own(browser, token)[uid]["SEQUENCE"])
    give_to(browser, place, "Berit")
    entry = own(browser, token)[uid]
    assert (str(entry["STATUS"]), int(entry["SEQUENCE"])) == ("CANCELLED", before + 1)
    assert entry.decoded("LAST-MODIFIED") == NOW
    assert "Berit" not in browser.response.text
    assert str(own(browser, hers)[uid]["STATUS"]) == "CONFIRMED"
    at(NOW + timedelta(days=59))
    assert list(own(browser, token)) == [uid]
    at(NOW + timedelta(days=61))
    assert own(browser, token) == {}


def test_a_place_that_comes_back_is_told_once(browser, make, ibc, ticket):
    company = make.Organisation()
    anna = make.colleague(company, "administrator", email="anna@x.no")
    place = make.delegate(ticket, person=anna, email="anna@x.no", organisation=company)
    browser.sign_in(anna, now=NOW)
    token = fresh_address(browser)
    for name in ("Berit", "Anna"):
        give_to(browser, place, name)
    [entry] = entries(browser.client.get(f"/events/feeds/{token}.ics"))[0].values()
    assert str(entry["STATUS"]) == "CONFIRMED"
    give_to(browser, place, "Berit")
    [entry] = entries(browser.client.get(f"/events/feeds/{token}.ics"))[0].values()
    assert str(entry["STATUS"]) == "CANCELLED"

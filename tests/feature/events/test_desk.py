"""What people find on their desk of the events."""

from datetime import UTC, datetime, timedelta

import pytest

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


@pytest.fixture
def ticket(make):
    event = make.Event(
        slug="ibc",
        title_en="IBC",
        place="Amsterdam",
        zone="Europe/Amsterdam",
        starts_at=NOW + timedelta(days=90),
        registration_opens_at=NOW - timedelta(days=1),
        registration_closes_at=NOW + timedelta(days=60),
    )
    return make.ticket(event, 3)


def lines(browser):
    return {
        line.a.text: (line.p.text, line.select_one(".when").text if line.select(".when") else "")
        for line in browser.get("site.desk").select(".grid > div:first-child .rows li")
    }


def test_offered_places_stand_on_the_desks_of_those_who_can_accept_them(browser, make, ticket):
    company = make.Organisation()
    anna = make.colleague(company, "member")
    place = make.delegate(ticket, "offered", organisation=company, person=anna, name="Anna")
    make.delegate(ticket, "offered", name="Elsewhere")
    for somebody in (anna, make.colleague(company, "representative")):
        browser.sign_in(somebody, now=NOW)
        found = lines(browser)
        assert list(found) == ["A place at IBC for Anna"]
        assert found["A place at IBC for Anna"][1] == "24 hours left"
        page = browser.get("site.desk")
        assert page.select(f"a[href='/events/delegates/{place.id}']")
    browser.sign_in(make.colleague(company, "member"), now=NOW)
    assert lines(browser) == {}


def test_where_somebody_goes_comes_next(browser, make, ticket):
    company = make.Organisation()
    anna = make.colleague(company)
    make.delegate(ticket, organisation=company, person=anna)
    make.delegate(ticket, organisation=company)
    browser.sign_in(anna, now=NOW)
    assert lines(browser) == {
        "You go to IBC": (
            "Amsterdam, from Monday 30 August 2027 at 11:00.", "3 months left",
        )
    }  # fmt: skip


def test_the_team_sees_what_needs_it(browser, make, at, ticket):
    make.delegate(ticket, "requested")
    make.delegate(ticket, "waitlisted")
    team = make.staff("events")
    browser.sign_in(team, now=NOW)
    assert list(lines(browser)) == ["To approve for IBC: 1"]
    at(NOW + timedelta(days=60))
    browser.sign_in(team, now=NOW + timedelta(days=60))
    assert set(lines(browser)) == {"To approve for IBC: 1", "Waiting for a place at IBC: 1"}
    browser.sign_in(make.staff("editor"), now=NOW + timedelta(days=60))
    assert lines(browser) == {}


def test_the_team_sees_what_ends_soon(browser, make, ticket):
    make.delegate(ticket, "offered")
    ticket.event.registration_closes_at = NOW + timedelta(days=14)
    make.Event(title_en="Later", registration_closes_at=NOW + timedelta(days=14, seconds=1))
    browser.sign_in(make.staff("events"), now=NOW)
    assert lines(browser) == {
        "Offered places at IBC: 1": (
            "An offer that is not accepted in time goes to the next in line.", "24 hours left",
        ),
        "Registration for IBC closes": (
            "People can register until Tuesday 15 June 2027 at 11:00.", "2 weeks left",
        ),
    }  # fmt: skip
    assert browser.get("site.desk").select("a[href='/events/ibc/delegates?state=offered']")
    browser.sign_in(make.colleague(make.Organisation()), now=NOW)
    assert lines(browser) == {}


def test_the_next_events_stand_beside_the_desk(browser, make, ticket):
    browser.sign_in(make.colleague(make.Organisation()), now=NOW)
    beside = browser.get("site.desk").select(".grid > div:last-child .rows a")
    assert [link.text for link in beside] == ["IBC"]

"""What machines, caches and pages of others read of public events, and what it costs."""

import json
from datetime import UTC, datetime

import pytest

from tests.support.statements import heard

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


def titles(page, part="main"):
    return [link.text for link in page.select(f"{part} .rows a")]


def test_machines_read_the_same_event(browser, ibc):
    page = browser.get("events.event", slug="ibc-2027")
    data = json.loads(page.select_one("script[type='application/ld+json']").string)
    assert data["@type"] == "BusinessEvent"
    assert data["name"] == "Joint stand at IBC"
    assert data["startDate"] == "2027-09-10T10:00:00+02:00"
    assert data["endDate"] == "2027-09-13T18:00:00+02:00"
    assert data["eventStatus"] == "https://schema.org/EventScheduled"
    assert data["location"]["address"]["addressCountry"] == "NL"
    assert data["superEvent"]["name"] == "IBC"
    [offer] = data["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("4500", "NOK")
    assert offer["availability"] == "https://schema.org/InStock"
    [title] = page.select("meta[property='og:title']")
    assert title["content"] == "Joint stand at IBC"
    assert page.select_one("meta[property='og:description']")["content"] == ibc.standfirst_en


def test_machines_learn_that_an_event_was_moved_or_cancelled_or_is_full(browser, ibc):
    ibc.previous_starts_at = datetime(2027, 9, 3, 8, tzinfo=UTC)
    ibc.tickets[0].quotas[0].size = 0
    page = browser.get("events.event", slug="ibc-2027")
    data = json.loads(page.select_one("script[type='application/ld+json']").string)
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == "2027-09-03T10:00:00+02:00"
    assert data["offers"][0]["availability"] == "https://schema.org/SoldOut"
    assert "This event was moved." in page.select_one(".banner").text
    ibc.state, ibc.cancelled_at, ibc.cancel_reason = "cancelled", NOW, "The hall burned down."
    page = browser.get("events.event", slug="ibc-2027")
    data = json.loads(page.select_one("script[type='application/ld+json']").string)
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert "The hall burned down." in page.select_one(".banner").text
    assert not page.select("aside a.btn")


def test_a_title_cannot_break_out_of_the_data(browser, ibc):
    ibc.title_en = "</script><script src=x></script>"
    page = browser.get("events.event", slug="ibc-2027")
    data = json.loads(page.select_one("script[type='application/ld+json']").string)
    assert data["name"] == ibc.title_en


def test_strangers_get_the_same_page_and_may_keep_it(browser, ibc):
    for endpoint, address in (
        ("events.index", {}), ("events.past", {}), ("events.event", {"slug": "ibc-2027"}),
        ("events.calendar_of_all", {}),
    ):  # fmt: skip
        browser.get(endpoint, **address)
        headers = browser.response.headers
        assert headers["Cache-Control"] == "public, no-cache"
        assert "Set-Cookie" not in headers
        again = browser.client.get(
            browser.address(endpoint, **address), headers={"If-None-Match": headers["ETag"]}
        )
        assert again.status_code == 304, endpoint


@pytest.mark.parametrize("many", [1, 12])
def test_public_pages_ask_the_database_little_however_much_there_is(browser, make, ibc, many):
    for number in range(many):
        make.Event(starts_at=datetime(2027, 7, 1 + number, tzinfo=UTC))
        ticket = make.ticket(ibc, 3, None)
        make.delegate(ticket, "waitlisted")
    browser.get("events.index")
    addresses = {"index": {}, "event": {"slug": "ibc-2027"}, "past": {}, "calendar_of_all": {}}
    asked = {}
    for name, address in addresses.items():
        with heard() as statements:
            browser.get(f"events.{name}", **address)
        asked[name] = len(statements)
    assert asked == {"index": 3, "event": 4, "past": 2, "calendar_of_all": 3}


def test_a_long_list_goes_on_page_by_page(browser, make, session):
    for number in range(30):
        make.Event(title_en=f"Event {number:02}", starts_at=datetime(2027, 7, 1 + number % 9,
                                                                     tzinfo=UTC))  # fmt: skip
    page = browser.get("events.index")
    seen = titles(page)
    assert len(seen) == 25
    page = browser.open("GET", page.select_one("a[rel=next]")["href"])
    assert len(set(seen) | set(titles(page))) == 30
    assert titles(browser.open("GET", page.select_one("a[rel=prev]")["href"])) == seen


def test_the_home_page_and_search_engines_know_what_is_next(browser, make, ibc):
    make.Event(slug="secret", draft=True)
    assert "Joint stand at IBC" in browser.get("site.home").select_one("main").text
    listed = browser.client.get("/sitemap.xml").text
    for path in ("/events<", "/events/past<", "/events/ibc-2027<"):
        assert path in listed
    assert "secret" not in listed


def test_a_companys_page_tells_where_it_goes_and_not_who(app, make, session, ibc):
    from portal.events.panels import of_organisation  # noqa: PLC0415 - the panel alone

    company = make.Organisation()
    make.delegate(ibc.tickets[0], organisation=company)
    other = make.Event(slug="other")
    make.delegate(make.ticket(other, 0), "waitlisted", organisation=company)
    session.commit()
    with app.test_request_context():
        panel = of_organisation(company, actor=None, now=NOW)
        assert [row.slug for row in panel.context["events"]] == ["ibc-2027"]
        assert of_organisation(make.Organisation(), actor=None, now=NOW) is None

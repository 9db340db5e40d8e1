"""An organisation that nobody confirmed registers people, and the event team is asked first."""

import pytest

from portal.core import clock


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys AS", confirmed_at=None)


@pytest.fixture
def boss(browser, make, company):
    somebody = make.colleague(company, "representative", name="Berit Boss")
    browser.sign_in(somebody)
    return somebody


def test_whoever_registers_reads_that_the_team_is_asked_and_the_team_why(browser, make, boss):
    event = make.Event(slug="ibc", registration_opens_at=clock.now())
    make.ticket(event, 2)
    said = "Nobody has confirmed Nordlys AS yet."
    assert said in browser.get("events.register", slug="ibc").main.text
    answers = {"people-0-name": "Ola Guest", "people-0-email": "ola@guest.example"}
    browser.fill("events.register", answers, slug="ibc")
    page = browser.open("GET", browser.response.headers["Location"])
    assert page.select_one("main .rows .status").text == "Awaiting approval"
    assert said in page.main.text
    browser.sign_in(make.staff("events"))
    delegates = browser.get("events.delegates", slug="ibc")
    assert "organisation not confirmed yet" in delegates.main.text
    page = browser.open("GET", delegates.find("a", string="Ola Guest")["href"])
    assert said in page.main.text
    assert page.find("button", string="Approve")

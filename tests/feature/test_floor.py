"""The floor, through a page that every portal has."""

from datetime import UTC, datetime, timedelta

from portal.platform import language
from portal.web.context import left


def test_the_process_says_that_it_is_there(browser):
    browser.open("GET", "/healthz")
    assert browser.response.json == {"ok": True}


def test_a_page_that_is_not_there_says_so(browser, make):
    make.Milestone()
    make.Offer()
    make.Application(reviewed=True)
    page = browser.open("GET", "/nothing-of-the-kind", expect=404)
    assert "There is no such page" in page.text


def test_a_deadline_is_days_away_in_both_languages(app, at):
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    at(now)
    told = {}
    with app.test_request_context():
        for tongue in ("en", "nb"):
            with language.in_language(tongue):
                lengths = [timedelta(days=9), timedelta(days=2), timedelta(hours=3)]
                told[tongue] = [left(now + length) for length in lengths]
    assert told == {
        "en": ["9 days left", "2 days left", "3 hours left"],
        "nb": ["9 dager igjen", "2 dager igjen", "3 timer igjen"],
    }

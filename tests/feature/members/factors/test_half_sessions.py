"""A session that waits for the second factor opens nothing but the page that asks for it."""

from datetime import timedelta

import pytest
from werkzeug.routing.converters import NumberConverter

from portal.models import LoginSession
from tests.feature.members.factors.conftest import NOON, code_at, enter
from tests.support.browser import Browser

#: What somebody half way may open: nothing else differs from what a stranger is shown.
OWN = {"members.second_step", "members.lost_factors", "members.passkey_challenge"}
LATER = NOON + timedelta(minutes=1)
ID = "00000000-0000-7000-8000-000000000000"


def pages(app):
    """Return every address that can be looked at, with parts that stand for nothing."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        for rule in app.url_map.iter_rules():
            if "GET" not in rule.methods or rule.endpoint in OWN | {"static", "bootstrap.static"}:
                continue
            parts = {}
            for name, converter in rule._converters.items():
                items = getattr(converter, "items", None)
                counts = isinstance(converter, NumberConverter)
                parts[name] = min(items) if items else 1 if counts else ID
            yield rule.endpoint, adapter.build(rule.endpoint, parts)


def test_half_the_way_every_page_is_that_of_a_stranger(app, browser, session, with_app, at):
    one = with_app()
    enter(browser, one.person)
    stranger = Browser(app)
    found = list(pages(app))
    assert len(found) > 100
    for endpoint, url in found:
        mine, theirs = browser.client.get(url), stranger.client.get(url)
        told = (endpoint, mine.status, theirs.status)
        wanted = (theirs.location or "").replace("/sign-in?next=", "/sign-in/second?next=")
        assert (mine.status_code, mine.location or "") == (theirs.status_code, wanted), told
        assert one.person.email not in mine.text, endpoint


def test_half_the_way_another_page_leads_to_the_second_step_and_from_there_to_itself(
    browser, with_app, at
):
    one = with_app()
    at(LATER)
    enter(browser, one.person)
    browser.get("members.shown", expect=401)
    assert browser.response.location == "/sign-in/second?next=/account/shown"
    assert one.person.name not in browser.response.text
    browser.fill("members.second_step", {"code": code_at(one.secret, LATER)}, next="/account/shown")
    assert browser.response.location == "/account/shown"


def test_where_somebody_was_heading_is_kept_on_every_way_from_the_second_step(browser, with_app):
    one = with_app()
    enter(browser, one.person)
    page = browser.get("members.second_step", next="/account")
    assert page.find("a", href="/sign-in/second/lost?next=/account")
    page = browser.get("members.lost_factors", next="/account")
    assert len(page.find_all("a", href="/sign-in/second?next=/account")) == 2
    browser.press("members.second_step", "Sign in as somebody else", next="/account")
    assert browser.response.location == "/sign-in?next=/account"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_no_way_from_the_second_step_leads_away_from_us(browser, with_app, at, wanted):
    one = with_app()
    at(LATER)
    enter(browser, one.person)
    assert "next=" not in str(browser.get("members.second_step", next=wanted).main)
    browser.fill("members.second_step", {"code": code_at(one.secret, LATER)}, next=wanted)
    assert browser.response.location == "/desk"


def test_once_its_minutes_are_over_half_a_session_leads_to_the_beginning(browser, with_app, at):
    one = with_app()
    enter(browser, one.person)
    at(NOON + timedelta(minutes=10))
    browser.get("members.account", expect=401)
    assert browser.response.location == "/sign-in?next=/account"


def test_half_the_way_nothing_can_be_done(app, browser, with_app, live):
    one = with_app()
    enter(browser, one.person)
    for endpoint in ("change_password", "begin_app", "remove_app", "make_codes", "sign_out"):
        browser.send(f"members.{endpoint}", expect=401)
    assert one.person.factor_since == NOON


def test_the_secret_of_half_a_session_is_none_of_a_whole_one(browser, with_app):
    one = with_app()
    enter(browser, one.person)
    with browser.client.session_transaction() as kept:
        kept["_user_id"] = kept.pop("half")
    browser.get("members.account", expect=401)


def test_half_a_session_is_in_no_list(browser, another_browser, with_app, session):
    one = with_app()
    enter(browser, one.person)
    assert session.query(LoginSession).filter_by(proved_at=None).count() == 1
    another_browser.sign_in(one.person, now=NOON)
    page = another_browser.get("members.security")
    assert len(page.select("main ul.rows li")) == 2

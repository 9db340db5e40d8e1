"""Signing in by a link: once, soon, and in the browser that asked."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.models import EmailAddress, LoginSession, SignInLink
from portal.platform import jobs
from tests.feature.members.conftest import path_in

EMAIL = "kari@example.org"


@pytest.fixture
def kari(holder):
    return holder(email=EMAIL, name="Kari Nes", last_signed_in_at=clock.now())


def ask(browser, work, email=EMAIL, **values):
    page = browser.fill("members.ask_for_link", {"email": email}, **values)
    work()
    return page


def press(browser, address, *, expect=302):
    page = browser.open("GET", address)
    data = {"csrf_token": page.select_one("main [name=csrf_token]")["value"]}
    return browser.open("POST", address, data=data, expect=expect)


def sessions_of(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(LoginSession))


def test_a_link_signs_in_whoever_asked(browser, session, kari, letters, work):
    assert "E-mail me a link" in browser.get("members.sign_in").text
    ask(browser, work)
    assert browser.response.location == "/sign-in/link-sent"
    browser.get("members.link_sent")
    address = path_in(letters(EMAIL)[0], "/sign-in/link/")
    page = browser.open("GET", address)
    assert "sign in as Kari Nes" in page.select_one("main").text
    assert sessions_of(session) == 0, "scanners of mail open links"
    press(browser, address)
    assert browser.response.location == "/desk"
    assert session.scalar(select(LoginSession.way)) == "link"
    browser.get("site.desk")


def test_a_link_leads_to_the_page_that_one_asked_for(browser, kari, letters, work):
    ask(browser, work, next="/account")
    press(browser, path_in(letters(EMAIL)[0], "/sign-in/link/"))
    assert browser.response.location == "/account"


def test_a_link_works_once(browser, session, kari, letters, work):
    ask(browser, work)
    ask(browser, work)
    first, second = (path_in(letter, "/sign-in/link/") for letter in letters(EMAIL))
    with browser.client.session_transaction() as cookie:
        kept = dict(cookie)
    press(browser, second)
    browser.sign_out()
    with browser.client.session_transaction() as cookie:
        cookie.update(kept)
    for used in (first, second):
        page = browser.open("GET", used, expect=409)
        assert "has been used already, or it is older than ten minutes" in page.text
    assert sessions_of(session) == 1


def test_a_link_works_only_where_it_was_asked_for(
    browser, another_browser, session, kari, letters, work
):
    ask(browser, work)
    address = path_in(letters(EMAIL)[0], "/sign-in/link/")
    page = another_browser.open("GET", address, expect=409)
    assert "only in the browser in which you asked for it" in page.text
    ask(another_browser, work, "somebody@example.org")
    another_browser.open("GET", address, expect=409)
    press(browser, address)
    assert sessions_of(session) == 1


def test_a_link_is_good_for_ten_minutes(browser, session, kari, letters, work, at):
    now = clock.now()
    at(now)
    ask(browser, work)
    address = path_in(letters(EMAIL)[0], "/sign-in/link/")
    at(now + timedelta(minutes=10) - timedelta(seconds=1))
    browser.open("GET", address)
    at(now + timedelta(minutes=10))
    browser.open("GET", address, expect=409)


def test_what_is_shown_is_the_same_for_everybody(browser, session, kari, holder, letters, work):
    holder(email="unproven@example.org", verified_at=None)
    holder(email="blocked@example.org", state="blocked")
    shown = set()
    for email in (EMAIL, "unknown@example.org", "unproven@example.org", "blocked@example.org"):
        ask(browser, work, email)
        told = browser.response.status_code, browser.response.location
        page = browser.get("members.link_sent").select_one("main").text
        shown.add((told, page))
    assert len(shown) == 1
    assert len(letters(EMAIL)) == 1
    assert letters("unknown@example.org") == []
    assert letters("blocked@example.org") == []
    assert letters("unproven@example.org") == [], "whoever opened that account may be another"


def test_every_proven_address_gets_its_link(browser, session, kari, letters, work):
    row = EmailAddress(
        person=kari, address="kari@firma.example", domain="firma.example", verified_at=clock.now()
    )
    session.add(row)
    ask(browser, work, "kari@firma.example")
    assert letters(EMAIL) == []
    press(browser, path_in(letters("kari@firma.example")[0], "/sign-in/link/"))
    assert sessions_of(session) == 1


def test_a_second_factor_is_still_asked_for(browser, session, kari, letters, work):
    kari.factor_since = clock.now()
    session.commit()
    ask(browser, work)
    press(browser, path_in(letters(EMAIL)[0], "/sign-in/link/"))
    assert browser.response.location != "/desk"
    assert session.scalar(select(LoginSession.proved_at)) is None
    browser.get("site.desk", expect=401)


def test_whoever_is_blocked_meanwhile_stays_out(browser, session, kari, letters, work):
    ask(browser, work)
    kari.state = "blocked"
    session.commit()
    press(browser, path_in(letters(EMAIL)[0], "/sign-in/link/"), expect=409)
    assert sessions_of(session) == 0


def test_links_to_one_address_are_counted(browser, kari, work):
    for _time in range(5):
        ask(browser, work)
    browser.fill("members.ask_for_link", {"email": EMAIL}, expect=429)


def test_only_hashes_are_kept(app, browser, session, kari, letters):
    browser.fill("members.ask_for_link", {"email": EMAIL})
    with app.app_context():
        jobs.drain()
    row = session.scalar(select(SignInLink))
    assert len(row.token_hash) == len(row.browser_hash) == 64
    assert letters(EMAIL)[0].text == ""


def test_what_is_over_is_forgotten(app, browser, session, kari, work):
    ask(browser, work)
    row = session.scalar(select(SignInLink))
    row.expires_at = clock.now() - timedelta(minutes=1)
    session.commit()
    with app.app_context():
        jobs.REGISTRY["members.forget_ways_in"]()
    session.rollback()
    assert session.scalar(select(func.count()).select_from(SignInLink)) == 0

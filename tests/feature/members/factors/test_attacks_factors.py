"""Whoever learned a password, and what they try at the second step."""

from datetime import timedelta

from tests.feature.members.factors.conftest import NOON, code_at, enter
from tests.support.browser import Browser

LATER = NOON + timedelta(hours=1)


def test_whoever_knows_the_password_does_not_lock_the_owner_out(app, browser, with_app, at):
    one = with_app()
    at(LATER)
    enter(browser, one.person)
    browser.fill("members.second_step", {"code": code_at(one.secret, LATER)})
    browser.sign_out()
    at(LATER + timedelta(minutes=1))
    thief = Browser(app)
    enter(thief, one.person)
    for _ in range(5):
        thief.fill("members.second_step", {"code": "123456"}, expect=422)
    thief.fill("members.second_step", {"code": "123456"}, expect=429)
    enter(browser, one.person)
    answer = {"code": code_at(one.secret, LATER + timedelta(minutes=1))}
    browser.fill("members.second_step", answer)
    browser.get("members.account")


def test_a_browser_that_is_known_has_no_more_tries_than_another(app, browser, with_app, at):
    one = with_app()
    at(LATER)
    enter(browser, one.person)
    browser.fill("members.second_step", {"code": code_at(one.secret, LATER)})
    browser.sign_out()
    enter(browser, one.person)
    for _ in range(5):
        browser.fill("members.second_step", {"code": "123456"}, expect=422)
    browser.fill("members.second_step", {"code": "123456"}, expect=429)


def test_the_mark_of_one_account_is_none_of_another(app, browser, holder, with_app, at):
    one, other = with_app(), holder()
    at(LATER)
    enter(browser, other)
    browser.sign_out()
    thief = Browser(app)
    for each in (browser, thief):
        enter(each, one.person)
    for _ in range(5):
        thief.fill("members.second_step", {"code": "123456"}, expect=422)
    browser.fill("members.second_step", {"code": "123456"}, expect=429)

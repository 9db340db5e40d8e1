"""Filling in a draft while others do, or too late: nothing that somebody wrote is lost."""

from datetime import timedelta

import pytest

from portal.models import ApplicationState
from tests.factories.base import days
from tests.support.browser import filled_in
from tests.support.drafts import autosave, kept


@pytest.fixture
def call(make):
    return make.Call(title_en="Accelerator, spring")


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys Graphics")


@pytest.fixture
def founder(make, company):
    return make.colleague(company, "administrator", name="Kari Nes")


@pytest.fixture
def colleague(make, company):
    return make.colleague(company, "member", name="Jon Dale")


@pytest.fixture
def draft(make, call, company, founder):
    return make.Application(call=call, organisation=company, lead_id=founder.id)


def test_of_two_who_write_at_once_the_script_of_the_second_gets_both_texts(
    browser, another_browser, session, make, call, draft, founder, colleague
):
    make.questions(call, "long")
    browser.sign_in(founder)
    another_browser.sign_in(colleague)
    autosave(browser, draft, "long", "By Kari")
    told = autosave(another_browser, draft, "long", "By Jon", expect=409)
    assert told == {"theirs": "By Kari", "version": 1}
    assert kept(session) == {"long": "By Kari"}
    autosave(another_browser, draft, "long", "By both", version=1)
    assert kept(session) == {"long": "By both"}


def test_of_two_who_write_at_once_the_form_of_the_second_shows_both_texts(
    browser, another_browser, session, make, call, draft, founder, colleague
):
    make.questions(call, "long", "short")
    another_browser.sign_in(colleague)
    stale = another_browser.get("programmes.section", id=draft.id, position=1)
    browser.sign_in(founder)
    browser.fill("programmes.section", {"answer_long": "By Kari"}, id=draft.id, position=1)

    mine = {"answer_long": "By Jon", "answer_short": "Also by Jon"}
    page = send_stale(another_browser, stale, draft, mine, expect=409)

    assert page.select_one("#answer_long").text.strip() == "By Jon"
    assert page.select_one(".theirs p").text.strip() == "By Kari"
    assert page.select_one("#answer_short")["value"] == "Also by Jon"
    assert kept(session) == {"long": "By Kari"}

    send_stale(another_browser, page, draft, {"answer_long": "By both"})
    assert kept(session) == {"long": "By both", "short": "Also by Jon"}


def test_an_answer_that_nobody_touched_never_clashes(
    browser, another_browser, session, make, call, draft, founder, colleague
):
    make.questions(call, "long", "short")
    make.Answer(application_id=draft.id, key="long", value="From the beginning")
    another_browser.sign_in(colleague)
    stale = another_browser.get("programmes.section", id=draft.id, position=1)
    browser.sign_in(founder)
    browser.fill("programmes.section", {"answer_long": "By Kari"}, id=draft.id, position=1)

    send_stale(another_browser, stale, draft, {"answer_short": "By Jon"})

    assert kept(session) == {"long": "By Kari", "short": "By Jon"}


def test_two_tabs_of_one_person_lose_nothing_either(browser, session, make, call, draft, founder):
    make.questions(call, "long")
    browser.sign_in(founder)
    old_tab = browser.get("programmes.section", id=draft.id, position=1)
    autosave(browser, draft, "long", "In the new tab")
    page = send_stale(browser, old_tab, draft, {"answer_long": "In the old tab"}, expect=409)
    assert page.select_one(".theirs p").text.strip() == "In the new tab"


def send_stale(browser, page, draft, answers, *, expect=302):
    """Send the form as it stood on a page that was opened earlier."""
    shown = filled_in(page.select_one("main form[method=post]"))
    data = shown | {"csrf_token": browser.token()} | answers
    url = browser.address("programmes.section", id=draft.id, position=1)
    return browser.open("POST", url, data=data, expect=expect)


@pytest.mark.parametrize("state", ["withdrawn", "lapsed"])
def test_an_application_that_is_over_is_not_edited(
    browser, session, make, call, draft, founder, state
):
    make.questions(call, "short")
    browser.sign_in(founder)
    stale = browser.get("programmes.section", id=draft.id, position=1)
    draft.state = ApplicationState.of(state)
    session.commit()
    page = send_stale(browser, stale, draft, {"answer_short": "Late"}, expect=409)
    assert "is not edited any more" in page.text
    assert "error" in autosave(browser, draft, "short", "Late", expect=409)
    assert kept(session) == {}


def test_after_the_deadline_no_answer_is_taken(browser, session, at, make, call, draft, founder):
    make.questions(call, "short")
    call.closes_at = closes = days(2)
    browser.sign_in(founder)
    stale = browser.get("programmes.section", id=draft.id, position=1)
    browser.sign_in(founder, now=closes)
    at(closes - timedelta(seconds=1))
    autosave(browser, draft, "short", "In time")
    at(closes)
    told = autosave(browser, draft, "short", "Too late", version=1, expect=409)
    assert told["error"].startswith("This call closed on")
    send_stale(browser, stale, draft, {"answer_short": "Too late"}, expect=409)
    assert kept(session) == {"short": "In time"}


def test_the_page_says_who_else_may_edit_and_who_wrote(
    browser, make, call, draft, founder, colleague
):
    make.questions(call, "short")
    make.Answer(application_id=draft.id, key="short", value="Hm", edited_by_id=colleague.id)
    browser.sign_in(founder)
    page = browser.get("programmes.section", id=draft.id, position=1)
    assert "Jon Dale can edit this too." in page.text
    assert "Jon Dale wrote this a moment ago." in page.text

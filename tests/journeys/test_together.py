"""Two colleagues before two browsers write the same answer: both texts stay, nobody loses."""

from contextlib import contextmanager

import pytest

from portal.models import Answer
from tests.journeys.visitor import Visitor

ONE, OTHER = "liv@brisk.example", "omar@brisk.example"
MINE = "We sell wind data to harbours."
THEIRS = "Harbours pay us for forecasts of wind."


@pytest.fixture
def draft(settled, make, known):
    """A draft with two people who may write it."""
    organisation = make.Organisation(display_name="Brisk")
    for name, email in (("Liv Dahl", ONE), ("Omar Aziz", OTHER)):
        make.colleague(organisation, "member", name=name, email=email, **known)
    call = make.Call()
    make.questions(call, "short", "long", "multiple")
    application = make.Application(call=call, organisation=organisation)
    settled.commit()
    return f"/programmes/applications/{application.id}/sections/1"


@contextmanager
def both_at(section: str, one: Visitor, other: Visitor):
    """Let both open the same page before either writes."""
    for visitor, email in ((one, ONE), (other, OTHER)):
        visitor.sign_in(email)
        visitor.go(section)
    yield one.page, other.page


def test_two_browsers_that_save_by_themselves_keep_both_texts(settled, draft, visitors):
    one, other = visitors(), visitors()
    with both_at(draft, one, other) as (first, second):
        write(one, THEIRS)
        one.says(status(one), "Saved a moment ago.")
        write(other, MINE)
        other.says(status(other), "Somebody else changed this answer. Choose which text to keep.")
        other.look()
        asked = second.locator(".theirs")
        other.says(asked, THEIRS)
        other.says(asked, MINE)
        assert kept(settled) == THEIRS
        other.button("Keep both, one after the other").click()
        other.says(status(other), "Saved a moment ago.")
        assert kept(settled) == f"{THEIRS}\n\n{MINE}"
        other.press("Save and go on")
        first.reload()
        assert first.locator("[name=answer_long]").input_value() == f"{THEIRS}\n\n{MINE}"


def test_who_does_not_choose_and_goes_on_is_asked_again(settled, draft, visitors):
    one, other = visitors(), visitors()
    with both_at(draft, one, other) as (_, second):
        write(one, THEIRS)
        one.says(status(one), "Saved a moment ago.")
        write(other, MINE)
        other.says(status(other), "Somebody else changed this answer. Choose which text to keep.")
        other.press("Save and go on")
        other.sees("Somebody else saved this while you were writing")
        other.sees(THEIRS)
        assert second.locator("[name=answer_long]").input_value() == MINE
        assert kept(settled) == THEIRS


def test_a_browser_without_script_is_shown_both_texts(settled, draft, visitors):
    one, other = visitors(), visitors(script=False)
    with both_at(draft, one, other) as (_, second):
        write(one, THEIRS)
        one.says(status(one), "Saved a moment ago.")
        second.locator("[name=answer_short]").fill("Wind")
        second.locator("[name=answer_long]").fill(MINE)
        other.press("Save and go on")
        other.sees("Somebody else saved this while you were writing")
        other.sees(THEIRS)
        assert second.locator("[name=answer_long]").input_value() == MINE
        assert kept(settled) == THEIRS
        second.locator("[name=answer_long]").fill(f"{THEIRS} {MINE}")
        other.press("Save and go on")
        assert "/send" in second.url
        assert kept(settled) == f"{THEIRS} {MINE}"
        assert kept(settled, "short") == "Wind"


def test_a_browser_with_script_is_shown_what_one_without_sent(settled, draft, visitors):
    one, other = visitors(), visitors(script=False)
    with both_at(draft, one, other) as (first, second):
        second.locator("[name=answer_long]").fill(MINE)
        other.press("Save and go on")
        first.locator("[name=answer_multiple]").first.check()
        write(one, THEIRS)
        one.says(status(one), "Somebody else changed this answer. Choose which text to keep.")
        one.button("Keep theirs").click()
        one.says(status(one), "Saved a moment ago.")
        assert first.locator("[name=answer_long]").input_value() == MINE
        assert kept(settled) == MINE
        assert kept(settled, "multiple") == ["no"]


def write(visitor, text):
    """Type an answer as a person does."""
    visitor.page.locator("[name=answer_long]").press_sequentially(text)


def status(visitor):
    """Return the line below the answer that says whether it is saved."""
    return visitor.page.locator("[data-name=answer_long]").get_by_role("status")


def kept(session, key="long"):
    """Return the answer as it is on record."""
    session.rollback()
    session.expire_all()
    return session.query(Answer.value).filter_by(key=key).scalar()

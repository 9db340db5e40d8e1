"""Nobody needs a mouse: signing in, writing, confirming, by the keys alone and with a focus."""

import pytest
from playwright.sync_api import expect

from portal.models import Answer, Criterion

EMAIL = "tuva@lyng.example"
RINGED = """() => {
  if (document.activeElement === document.body) return true;  // the browser's own buttons
  const style = getComputedStyle(document.activeElement);
  const over = getComputedStyle(document.activeElement, "::after");
  return [style, over].some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2);
}"""


def test_signing_in_and_writing_need_no_mouse(settled, make, known, visitor):
    organisation = make.Organisation(display_name="Lyng")
    make.colleague(organisation, name="Tuva Eide", email=EMAIL, **known)
    call = make.Call()
    make.questions(call, "short", "single", "multiple")
    application = make.Application(call=call, organisation=organisation)
    settled.commit()

    visitor.go("/sign-in")
    tab_to(visitor, "[name=email]")
    visitor.page.keyboard.type(EMAIL)
    tab_to(visitor, "[name=password]")
    visitor.page.keyboard.type("a quiet harbour at 5")
    enter(visitor)
    assert visitor.page.url.endswith("/desk")

    visitor.go(f"/programmes/applications/{application.id}")
    tab_to(visitor, f"main a[href$='{application.id}/sections/1']")
    enter(visitor)
    tab_to(visitor, "[name=answer_short]")
    visitor.page.keyboard.type("Heather, dried and sold")
    tab_to(visitor, "[name=answer_single]")
    visitor.page.keyboard.press("ArrowDown")
    tab_to(visitor, "[name=answer_multiple]")
    visitor.page.keyboard.press("Space")
    tab_to(visitor, "main form .btn-primary")
    enter(visitor)
    assert "/send" in visitor.page.url
    visitor.sees("Heather, dried and sold")

    settled.rollback()
    answers = {answer.key: answer.value for answer in settled.query(Answer)}
    assert answers == {"short": "Heather, dried and sold", "single": "eu", "multiple": ["no"]}


def test_the_first_key_leads_past_the_menu(settled, visitor):
    visitor.go("/")
    visitor.page.keyboard.press("Tab")
    skip = visitor.page.get_by_role("link", name=visitor.t("Skip to the content"))
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("main")).to_be_focused()


def test_what_is_wrong_is_where_the_reader_lands(settled, visitor):
    visitor.go("/sign-up")
    visitor.press("Open an account")
    expect(visitor.page.get_by_role("alert")).to_be_focused()
    tab_to(visitor, "[role=alert] a")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("[name=name]")).to_be_focused()


@pytest.fixture
def terms(settled, make, known):
    """The page on which the terms of a draft call stand, and somebody who may remove them."""
    make.staff("programmes", name="Petra Holm", email=EMAIL, **known)
    call = make.Call(draft=True)
    make.Criterion(call_id=call.id, text_en="Younger than five years", text_nb="Under fem år")
    settled.commit()
    return f"/programmes/manage/calls/{call.id}/criteria"


def test_a_question_before_a_deed_is_answered_by_keys(settled, terms, visitor):
    visitor.sign_in(EMAIL)
    visitor.go(terms)
    page, asked = visitor.page, visitor.page.get_by_role("dialog")
    remove = "main form[data-confirm] button"

    tab_to(visitor, remove)
    page.keyboard.press("Enter")
    visitor.says(asked, "Remove this term?")
    expect(asked.get_by_role("button", name=visitor.t("No, go back"))).to_be_focused()
    visitor.look()
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(page.locator(remove)).to_be_focused()
    assert terms_left(settled) == 1

    page.keyboard.press("Enter")
    expect(asked.get_by_role("button", name=visitor.t("No, go back"))).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(asked.get_by_role("button", name=visitor.t("Remove"))).to_be_focused()
    enter(visitor)
    assert terms_left(settled) == 0


def test_without_script_the_deed_is_done_at_once(settled, terms, visitors):
    visitor = visitors(script=False)
    visitor.sign_in(EMAIL)
    visitor.go(terms)
    visitor.press("Remove")
    assert terms_left(settled) == 0


def terms_left(session) -> int:
    """Count the terms on record."""
    session.rollback()
    return session.query(Criterion).count()


def tab_to(visitor, selector: str, most: int = 60):
    """Press Tab until this has the focus, which must be seen at every step."""
    for _ in range(most):
        visitor.page.keyboard.press("Tab")
        assert visitor.page.evaluate(RINGED), visitor.page.evaluate(
            "() => `no ring around ${document.activeElement.outerHTML.slice(0, 200)}`"
        )
        if visitor.page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def enter(visitor):
    """Press Enter, which leads to another page."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.look()

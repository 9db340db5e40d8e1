"""Filling in a draft: every kind of answer, by oneself, with script and without."""

import pytest
from sqlalchemy import select

from portal.models import Answer, AuditEvent
from tests.support.drafts import JSON, autosave, kept


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


def test_every_kind_of_answer_is_kept_in_its_own_form(browser, session, make, call, draft, founder):
    make.questions(call, "short", "long", "number", "single", "multiple", "yesno", "date", "link")
    browser.sign_in(founder)
    browser.fill(
        "programmes.section",
        {
            "answer_short": "  Subtitles  ",
            "answer_long": "One.\r\n\r\nTwo.",
            "answer_number": "1 200 000",
            "answer_single": "eu",
            "answer_multiple": ["eu", "no"],
            "answer_yesno": "no",
            "answer_date": "2026-12-24",
            "answer_link": "example.com",
        },
        id=draft.id,
        position=1,
    )
    assert browser.response.location == f"/programmes/applications/{draft.id}/send"
    assert kept(session) == {
        "short": "Subtitles",
        "long": "One.\n\nTwo.",
        "number": "1200000",
        "single": "eu",
        "multiple": ["no", "eu"],
        "yesno": "no",
        "date": "2026-12-24",
        "link": "https://example.com",
    }
    page = browser.get("programmes.section", id=draft.id, position=1)
    assert page.select_one("#answer_number")["value"] == "1200000"
    assert [box["value"] for box in page.select("[name=answer_multiple][checked]")] == ["no", "eu"]
    page = browser.get("programmes.send", id=draft.id)
    told = [dd.get_text(" ", strip=True) for dd in page.select("[aria-labelledby=answers] dd")]
    assert told == [
        "Subtitles", "One.\n\nTwo.", "1,200,000 NOK", "Rest of Europe", "Norway, Rest of Europe",
        "No", "24 December 2026", "https://example.com",
    ]  # fmt: skip


def test_a_draft_may_have_holes(browser, session, make, call, draft, founder):
    make.questions(call, "short", "number", "yesno")
    browser.sign_in(founder)
    browser.fill("programmes.section", {"answer_number": "0"}, id=draft.id, position=1)
    assert kept(session) == {"number": "0"}


def test_what_does_not_fit_is_told_at_the_field_and_keeps_what_was_typed(
    browser, session, make, call, draft, founder
):
    make.questions(call, "short", "number", "date", "link", "long")
    browser.sign_in(founder)
    answers = {
        "answer_short": "x" * 301,
        "answer_number": "ca 1,2 mill",
        "answer_date": "31.02.2026",
        "answer_link": "javascript:alert(1)",
        "answer_long": "word " * 151,
    }
    page = browser.fill("programmes.section", answers, id=draft.id, position=1, expect=422)
    assert {p["id"]: p.text for p in page.select(".field .error")} == {
        "answer_short-error": "Write at most 300 characters. You wrote 301.",
        "answer_number-error": "Write a number, such as 1 200 000. You wrote “ca 1,2 mill”.",
        "answer_date-error": "Write a day, such as 2026-12-01. You wrote “31.02.2026”.",
        "answer_link-error": (
            "Write the address of a page, such as https://example.com."
            " You wrote “javascript:alert(1)”."
        ),
        "answer_long-error": "Write at most 150 words. You wrote 151.",
    }
    assert page.select_one("#answer_number")["value"] == "ca 1,2 mill"
    assert kept(session) == {}


def test_a_choice_that_is_not_offered_is_refused(browser, session, make, call, draft, founder):
    make.questions(call, "single", "multiple", "yesno")
    browser.sign_in(founder)
    answers = {"answer_single": "mars", "answer_multiple": ["no", "mars"], "answer_yesno": "maybe"}
    page = browser.fill("programmes.section", answers, id=draft.id, position=1, expect=422)
    assert [p.text for p in page.select(".field .error")] == ["Choose one of the answers."] * 3
    assert kept(session) == {}


def test_an_answer_can_be_taken_back(browser, session, make, call, draft, founder):
    make.questions(call, "short", "multiple")
    make.Answer(application_id=draft.id, key="short", value="Something")
    make.Answer(application_id=draft.id, key="multiple", value=["no"])
    browser.sign_in(founder)
    emptied = {"answer_short": "", "answer_multiple": []}
    browser.fill("programmes.section", emptied, id=draft.id, position=1)
    assert kept(session) == {"short": None, "multiple": None}
    page = browser.get("programmes.application", id=draft.id)
    assert "0 of 2 questions answered." in page.text


def test_each_answer_saves_itself_and_counts_its_versions(
    browser, session, make, call, draft, founder
):
    make.questions(call, "long")
    browser.sign_in(founder)
    assert autosave(browser, draft, "long", "One") == {"version": 1}
    assert autosave(browser, draft, "long", "One two", version=1) == {"version": 2}
    assert autosave(browser, draft, "long", "One two", version=1) == {"version": 2}
    assert kept(session) == {"long": "One two"}
    answer = session.scalar(select(Answer))
    assert answer.edited_by_id == founder.id
    events = session.execute(select(AuditEvent.action, AuditEvent.subject_type)).all()
    assert events == [("application.answered", "answer")] * 2


def test_a_text_that_is_too_long_to_send_still_saves_itself(
    browser, session, make, call, draft, founder
):
    make.questions(call, "long")
    browser.sign_in(founder)
    autosave(browser, draft, "long", "word " * 151)
    assert len(kept(session)["long"].split()) == 151
    page = browser.get("programmes.send", id=draft.id)
    assert "Write at most 150 words. You wrote 151." in page.text


def test_the_script_is_told_what_is_wrong(browser, session, make, call, draft, founder):
    make.questions(call, "number")
    browser.sign_in(founder)
    told = autosave(browser, draft, "number", "many", expect=422)
    assert told == {"error": "Write a number, such as 1 200 000. You wrote “many”."}
    assert kept(session) == {}


def test_several_choices_save_themselves(browser, session, make, call, draft, founder):
    make.questions(call, "multiple")
    browser.sign_in(founder)
    autosave(browser, draft, "multiple", ["eu", "no"])
    assert kept(session) == {"multiple": ["no", "eu"]}


def test_a_question_or_section_that_is_not_there_is_not_found(browser, make, call, draft, founder):
    make.questions(call, "short")
    browser.sign_in(founder)
    for position in (0, 2, 99):
        browser.get("programmes.section", id=draft.id, position=position, expect=404)
    autosave(browser, draft, "no-such-question", "Hm", expect=404)


def test_a_member_of_another_organisation_saves_nothing(browser, session, make, call, draft):
    make.questions(call, "short")
    browser.sign_in(make.colleague(make.Organisation()))
    autosave(browser, draft, "short", "Mine now", expect=404)
    assert kept(session) == {}


def test_an_answer_without_a_token_is_turned_away(browser, session, make, call, draft, founder):
    make.questions(call, "short")
    browser.sign_in(founder)
    url = browser.address("programmes.answer", id=draft.id, key="short")
    browser.open("POST", url, data={"value": "x", "version": 0}, headers=JSON, expect=400)
    assert kept(session) == {}


def test_a_draft_answers_the_questions_that_are_published_now(
    browser, session, make, call, draft, founder
):
    old = make.questions(call, "short", "long")
    make.Answer(application_id=draft.id, key="short", value="Still good")
    old.state = "retired"
    session.flush()
    version = make.FormVersion(call=call, number=2)
    section = make.Section(form_version_id=version.id)
    for key in ("short", "link"):
        make.Question(form_version_id=version.id, section_id=section.id, key=key)
    browser.sign_in(founder)
    page = browser.get("programmes.section", id=draft.id, position=1)
    assert page.select_one("#answer_short")["value"] == "Still good"
    assert page.select_one("#answer_link")
    assert not page.select("#answer_long")

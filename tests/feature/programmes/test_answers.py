"""Filling in a draft: every kind of answer, by oneself and with others, with script and without."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from portal.models import Answer, ApplicationState, AuditEvent, StoredFile
from tests.factories.base import days
from tests.support.browser import filled_in

JSON = {"Accept": "application/json"}


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


def kept(session) -> dict[str, object]:
    return {answer.key: answer.value for answer in session.scalars(select(Answer))}


def autosave(browser, draft, key, value, *, version=0, expect=200):
    """Send one answer as the script does."""
    data = {"csrf_token": browser.token(), "version": version, "value": value}
    url = browser.address("programmes.answer", id=draft.id, key=key)
    browser.open("POST", url, data=data, headers=JSON, expect=expect)
    return browser.response.json


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


def test_a_file_is_kept_shown_replaced_and_removed(browser, session, make, call, draft, founder):
    make.questions(call, "file", "short")
    browser.sign_in(founder)
    send_file(browser, draft, pdf(), "budget.exe")
    [stored] = session.scalars(select(StoredFile)).all()
    assert (stored.name, stored.owner_type, stored.owner_id) == (
        "budget.pdf", "application", draft.id,
    )  # fmt: skip
    assert kept(session) == {"file": str(stored.id)}
    page = browser.get("programmes.section", id=draft.id, position=1)
    assert page.select_one(f"main a[href='/files/{stored.id}']").text == "budget.pdf"
    browser.get("files.show", id=stored.id)
    assert "attachment" in browser.response.headers["Content-Disposition"]
    browser.fill("programmes.section", {"answer_short": "A"}, id=draft.id, position=1)
    assert kept(session) == {"file": str(stored.id), "short": "A"}
    browser.fill("programmes.section", {"answer_file_remove": "y"}, id=draft.id, position=1)
    assert kept(session) == {"file": None, "short": "A"}


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90\x00" + b"\x00" * 60, "plan.pdf", "We cannot take this kind of file."),
        (b"", "plan.pdf", "This file is empty."),
    ],
)
def test_a_file_of_another_kind_is_refused_at_the_field(
    browser, session, make, call, draft, founder, content, name, words
):
    make.questions(call, "file", "short")
    browser.sign_in(founder)
    page = send_file(browser, draft, content, name, expect=422, answer_short="Kept on screen")
    assert words in page.select_one("#answer_file-error").text
    assert page.select_one("#answer_short")["value"] == "Kept on screen"
    assert session.scalars(select(StoredFile)).all() == []


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("colleague", 200),
        ("programme staff", 200),
        ("other staff", 404),
        ("another organisation", 404),
        ("stranger", 404),
    ],
)
def test_a_file_is_seen_by_whoever_sees_the_application(
    browser, another_browser, session, make, call, draft, founder, colleague, kind, status
):
    make.questions(call, "file")
    browser.sign_in(founder)
    send_file(browser, draft, picture(), "logo.png")
    people = {
        "colleague": lambda: colleague,
        "programme staff": lambda: make.staff("programmes"),
        "other staff": lambda: make.staff("editor"),
        "another organisation": lambda: make.colleague(make.Organisation()),
    }
    if kind in people:
        another_browser.sign_in(people[kind]())
    stored = session.scalar(select(StoredFile.id))
    another_browser.get("files.show", id=stored, expect=status)


def send_file(browser, draft, content, name, *, expect=302, **answers):
    page = browser.get("programmes.section", id=draft.id, position=1)
    data = filled_in(page.select_one("main form[method=post]")) | answers
    data["answer_file"] = (BytesIO(content), name)
    url = browser.address("programmes.section", id=draft.id, position=1)
    return browser.open("POST", url, data=data, expect=expect, content_type="multipart/form-data")


def pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (20, 20), "teal").save(content, "PNG")
    return content.getvalue()


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


def test_the_page_says_who_else_may_edit_and_who_wrote(
    browser, make, call, draft, founder, colleague
):
    make.questions(call, "short")
    make.Answer(application_id=draft.id, key="short", value="Hm", edited_by_id=colleague.id)
    browser.sign_in(founder)
    page = browser.get("programmes.section", id=draft.id, position=1)
    assert "Jon Dale can edit this too." in page.text
    assert "Jon Dale wrote this a moment ago." in page.text


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

"""How questions keep their keys, are published, and are replaced."""

import pytest
from sqlalchemy import func, select

from portal.models import FormVersion
from tests.feature.programmes.questions.told import CLOSES, NOW, as_read, last_deed, question


def test_rewording_keeps_the_key_and_the_codes(browser, session, page_of):
    section = page_of("One")
    answers = {"label_en": "Where do you sell?", "label_nb": "Hvor selger dere?",
               "options_en": "Norway\nEurope\nElsewhere",
               "options_nb": "Norge\nEuropa\nAndre steder"}  # fmt: skip
    browser.fill("programmes.add_question", answers, id=section.id, kind="multiple")
    asked = question(session, "where_do_you_sell")
    page = browser.get("programmes.edit_question", id=asked.id)
    assert page.select_one("#options_en").text.split("\n")[-1] == "Elsewhere"
    browser.fill("programmes.edit_question", {
        "label_en": "Where are your customers?",
        "options_en": "Europe\nNorway\nThe rest of the world",
        "options_nb": "Europa\nNorge\nResten av verden",
    }, id=asked.id)  # fmt: skip
    assert asked.key == "where_do_you_sell"
    assert asked.label_en == "Where are your customers?"
    assert [(each["code"], each["en"]) for each in asked.options] == [
        ("europe", "Europe"), ("norway", "Norway"), ("elsewhere", "The rest of the world"),
    ]  # fmt: skip


def test_a_key_is_never_used_twice_not_even_after_its_question_is_gone(
    browser, session, call, page_of, make
):
    section = page_of("One")
    answers = {"label_en": "How many people?", "label_nb": "Hvor mange?"}
    for _round in range(2):
        browser.fill("programmes.add_question", answers, id=section.id, kind="number")
    assert as_read(session) == [("One", ["how_many_people", "how_many_people_2"])]


def test_of_two_who_reword_a_question_the_second_sees_both(
    browser, another_browser, make, session, page_of
):
    page_of("One", "a")
    asked = question(session, "a")
    another_browser.sign_in(make.staff("programmes"), now=NOW)
    version = browser.get("programmes.edit_question", id=asked.id).select_one(
        "[name=edited_version]"
    )["value"]
    another_browser.fill("programmes.edit_question", {"label_en": "Theirs?"}, id=asked.id)
    mine = {"label_en": "Mine?", "label_nb": "Min?", "required": "y", "edited_version": version}
    page = browser.send("programmes.edit_question", mine, id=asked.id, expect=409)
    assert page.select_one("#label_en")["value"] == "Mine?"
    assert "Theirs?" in page.select_one(".theirs").text
    assert asked.label_en == "Theirs?"


def test_a_change_makes_the_call_be_looked_at_again(browser, session, call, page_of):
    page_of("One", "a")
    before = call.version
    browser.send("programmes.raise_question", id=question(session, "a").id)
    assert call.previewed_at is None
    assert call.version == before, "nobody who edits the text of the call is disturbed"


def test_published_questions_stay_until_a_new_version_takes_their_place(
    browser, session, call, page_of
):
    section = page_of("One", "a")
    browser.fill("programmes.publish_call", id=call.id)
    asked = question(session, "a")
    change = {"label_en": "Else?", "label_nb": "Annet?"}
    browser.send("programmes.edit_question", change, id=asked.id, expect={409})
    for deed in ("raise_question", "remove_question"):
        page = browser.send(f"programmes.{deed}", id=asked.id, expect=409)
        assert "These questions are published and stay as they are." in page.text
    browser.send("programmes.add_question", change, id=section.id, kind="short", expect=409)

    browser.press("programmes.questions", "Begin a new version", id=call.id)
    first, second = session.scalars(select(FormVersion).order_by(FormVersion.number)).all()
    assert [(each.number, each.state) for each in (first, second)] == [
        (1, "published"), (2, "draft"),
    ]  # fmt: skip
    [copy] = second.sections[0].questions
    assert (copy.key, copy.id != asked.id) == ("a", True)
    browser.fill("programmes.edit_question", {"label_en": "What is new?"}, id=copy.id)
    assert asked.label_en == "What about a?"
    browser.press("programmes.questions", "Publish this version", id=call.id)
    assert (first.state, second.state, second.published_at) == ("retired", "published", NOW)
    assert call.previewed_at == NOW
    assert last_deed(session) == "form.published"


def test_only_one_new_version_is_begun_at_a_time(browser, session, call, page_of):
    page_of("One", "a")
    browser.send("programmes.draft_form", id=call.id, expect=409)
    browser.fill("programmes.publish_call", id=call.id)
    browser.send("programmes.draft_form", id=call.id)
    page = browser.send("programmes.draft_form", id=call.id, expect=409)
    assert "A new version is begun already." in page.text
    assert session.scalar(select(func.count(FormVersion.id))) == 2


def test_without_a_new_version_there_is_nothing_to_publish(browser, call, page_of):
    page_of("One", "a")
    browser.send("programmes.publish_form", id=call.id, expect=409)
    browser.fill("programmes.publish_call", id=call.id)
    page = browser.send("programmes.publish_form", id=call.id, expect=409)
    assert "There is no new version to publish." in page.text


def test_an_empty_new_version_is_not_published(browser, session, call, page_of):
    page_of("One", "a")
    browser.fill("programmes.publish_call", id=call.id)
    browser.send("programmes.draft_form", id=call.id)
    draft = session.scalars(select(FormVersion).where(FormVersion.number == 2)).one()
    browser.send("programmes.remove_question", id=draft.sections[0].questions[0].id)
    page = browser.send("programmes.publish_form", id=call.id, expect=409)
    assert "Ask at least one question first." in page.text


def test_once_a_call_is_closed_its_questions_stay_as_they_were_asked(
    browser, session, at, call, page_of
):
    page_of("One", "a")
    browser.fill("programmes.publish_call", id=call.id)
    browser.send("programmes.draft_form", id=call.id)
    at(CLOSES)
    browser.sign_in(call.contact, now=CLOSES)
    page = browser.send("programmes.publish_form", id=call.id, expect=409)
    assert "Its questions stay as they were asked." in page.text
    page = browser.get("programmes.questions", id=call.id)
    assert "Publish this version" not in page.text


@pytest.mark.parametrize(
    ("endpoint", "about"),
    [("edit_section", "section"), ("edit_question", "question"), ("add_question", "section")],
)
def test_only_the_team_comes_to_the_questions(browser, session, make, page_of, endpoint, about):
    section = page_of("One", "a")
    ids = {"section": section.id, "question": question(session, "a").id}
    more = {"kind": "short"} if endpoint == "add_question" else {}
    browser.get(f"programmes.{endpoint}", id=ids[about], **more)
    browser.sign_in(make.colleague(make.Organisation()), now=NOW)
    browser.get(f"programmes.{endpoint}", id=ids[about], **more, expect=404)
    browser.sign_out()
    browser.get(f"programmes.{endpoint}", id=ids[about], **more, expect=401)


def test_the_preview_shows_every_question_as_it_will_be_asked(browser, session, call, page_of):
    section = page_of("One")
    for kind in ("short", "long", "number", "yesno", "date", "link", "file"):
        browser.fill("programmes.add_question", {"label_en": f"A {kind}?", "label_nb": "Hva?"},
                     id=section.id, kind=kind)  # fmt: skip
    for kind in ("single", "multiple"):
        browser.fill("programmes.add_question", {
            "label_en": f"A {kind}?", "label_nb": "Hva?", "options_en": "A\nB",
            "options_nb": "C\nD", "required": [],
        }, id=section.id, kind=kind)  # fmt: skip
    page = browser.get("programmes.preview", id=call.id)
    asked = [each.get_text(" ", strip=True) for each in page.select("main .field .form-label")]
    assert asked == [
        "A short?", "A long?", "A number?", "A yesno?", "A date?", "A link?", "A file?",
        "A single? (optional)", "A multiple? (optional)",
    ]  # fmt: skip
    boxes = page.select("main .field input, main .field textarea")
    shut = [box for box in boxes if box.has_attr("disabled") or box.find_parent("fieldset")]
    assert len(shut) == len(boxes) == 13
    browser.language = "nb"
    assert "C" in browser.get("programmes.preview", id=call.id).select_one("main").text


def test_a_call_that_asks_nothing_yet_says_so_and_a_version_can_be_begun(browser, make, call):
    silent = make.Call(cohort=call.cohort, programme=call.programme)
    page = browser.get("programmes.questions", id=silent.id)
    assert "No questions yet." in page.select_one(".empty").text
    browser.press("programmes.questions", "Begin a new version", id=silent.id)
    assert browser.get("programmes.questions", id=silent.id).find("button", string="Add page")

"""How staff write and order the questions of a call."""

import pytest
from sqlalchemy import func, select

from portal.models import Question, Section
from tests.feature.programmes.questions.told import as_read, last_deed, question


def test_pages_are_added_renamed_ordered_and_removed(browser, session, call):
    for title in ("Company", "Team", "Money"):
        browser.fill(
            "programmes.questions", {"title_en": title, "title_nb": title},
            form="form:has(#title_en)", id=call.id,
        )  # fmt: skip
    [company, team, money] = session.scalars(select(Section).order_by(Section.position)).all()
    browser.send("programmes.raise_section", id=money.id)
    browser.send("programmes.lower_section", id=company.id)
    browser.fill("programmes.edit_section", {"title_en": "People"}, id=team.id)
    assert [title for title, _keys in as_read(session)] == ["Money", "Company", "People"]
    browser.send("programmes.remove_section", id=company.id)
    assert [title for title, _keys in as_read(session)] == ["Money", "People"]
    assert last_deed(session) == "section.removed"


def test_a_page_with_questions_is_not_removed(browser, session, page_of):
    section = page_of("Team", "people")
    page = browser.send("programmes.remove_section", id=section.id, expect=409)
    assert "Move or remove the questions on this page first." in page.text
    assert as_read(session) == [("Team", ["people"])]


@pytest.mark.parametrize(
    ("kind", "more", "kept"),
    [
        ("short", {}, {}),
        ("long", {"word_limit": "150"}, {"word_limit": 150}),
        ("number", {"unit": "people"}, {"unit": "people"}),
        ("yesno", {}, {}),
        ("date", {}, {}),
        ("link", {}, {}),
        ("file", {}, {}),
        (
            "single",
            {"options_en": "Yes, a lot\nNo\n\n", "options_nb": "Ja, mye\nNei"},
            {"options": [{"code": "yes-a-lot", "en": "Yes, a lot", "nb": "Ja, mye"},
                         {"code": "no", "en": "No", "nb": "Nei"}]},
        ),
        (
            "multiple",
            {"options_en": "Øl\nÅl", "options_nb": "Øl\nÅl"},
            {"options": [{"code": "ol", "en": "Øl", "nb": "Øl"},
                         {"code": "al", "en": "Ål", "nb": "Ål"}]},
        ),
    ],
)  # fmt: skip
def test_every_kind_of_question_is_asked_on_a_page_of_its_own(
    browser, session, page_of, kind, more, kept
):
    section = page_of("Company")
    answers = {"label_en": "What do you make?", "label_nb": "Hva lager dere?"} | more
    browser.fill("programmes.add_question", answers, id=section.id, kind=kind)
    asked = session.scalars(select(Question)).one()
    assert (asked.kind, asked.key, asked.required) == (kind, "what_do_you_make", True)
    usual = {"word_limit": None, "unit": "", "options": []}
    assert {name: getattr(asked, name) for name in usual} == usual | kept
    assert asked.options_count == len(kept.get("options", []))
    assert last_deed(session) == "question.added"
    page = browser.get("programmes.questions", id=asked.section.form.call_id)
    assert "What do you make?" in page.select_one("main").text
    browser.get("programmes.preview", id=asked.section.form.call_id)


@pytest.mark.parametrize(
    ("kind", "there"),
    [
        ("short", set()),
        ("long", {"word_limit"}),
        ("number", {"unit"}),
        ("single", {"options_en", "options_nb"}),
        ("multiple", {"options_en", "options_nb"}),
        ("file", set()),
    ],
)
def test_the_page_of_a_question_asks_only_what_its_kind_needs(browser, page_of, kind, there):
    section = page_of("Company")
    page = browser.get("programmes.add_question", id=section.id, kind=kind)
    special = {"word_limit", "unit", "options_en", "options_nb"}
    assert {name for name in special if page.select(f"#{name}")} == there


def test_a_kind_that_nobody_knows_is_not_there(browser, page_of):
    section = page_of("Company")
    browser.get("programmes.add_question", id=section.id, kind="essay", expect=404)


@pytest.mark.parametrize(
    ("kind", "wrong", "field", "said"),
    [
        ("short", {"label_nb": " "}, "label_nb", "Write the question in Norwegian."),
        ("long", {"word_limit": "5"}, "word_limit", "Write a number from 10 to 3,000."),
        ("long", {"word_limit": "many"}, "word_limit", "Write a whole number, such as 12."),
        ("single", {"options_en": "One", "options_nb": "En"}, "options_en", "at least two options"),
        ("single", {"options_en": "A\nB", "options_nb": "A"}, "options_nb", "2 in English and 1"),
        ("single", {"options_en": "A\na", "options_nb": "A\nB"}, "options_nb", "called the same"),
        ("multiple", {"options_en": "", "options_nb": ""}, "options_en", "at least two options"),
    ],
)
def test_a_wrong_question_is_explained_at_its_field(
    browser, session, page_of, kind, wrong, field, said
):
    section = page_of("Company")
    answers = {"label_en": "What?", "label_nb": "Hva?"} | wrong
    address = {"id": section.id, "kind": kind}
    page = browser.fill("programmes.add_question", answers, **address, expect=422)
    assert said in page.select_one(f"#{field}-error").text
    assert session.scalar(select(func.count(Question.id))) == 0


def test_questions_move_within_a_page_and_across_its_edge(browser, session, page_of):
    page_of("One", "a", "b")
    page_of("Two", "c")

    def move(key, way):
        browser.send(f"programmes.{way}_question", id=question(session, key).id)
        return as_read(session)

    assert move("b", "raise") == [("One", ["b", "a"]), ("Two", ["c"])]
    assert move("a", "lower") == [("One", ["b"]), ("Two", ["a", "c"])]
    assert move("c", "raise") == [("One", ["b"]), ("Two", ["c", "a"])]
    assert move("c", "raise") == [("One", ["b", "c"]), ("Two", ["a"])]
    assert move("b", "raise") == [("One", ["b", "c"]), ("Two", ["a"])]
    assert move("a", "lower") == [("One", ["b", "c"]), ("Two", ["a"])]
    assert last_deed(session) == "question.ordered"


def test_a_question_is_removed(browser, session, call, page_of):
    page_of("One", "a", "b")
    browser.press("programmes.questions", "Remove", id=call.id)
    assert as_read(session) == [("One", ["b"])]

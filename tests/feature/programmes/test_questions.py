"""How staff write, order, version and publish the questions of a call."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal.models import AuditEvent, FormVersion, Question, Section

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 4, 10, 10, tzinfo=UTC)


@pytest.fixture
def call(make, browser, at):
    """A call in draft with an empty form, on 2 March 2026; somebody of the team is signed in."""
    at(NOW)
    team = make.staff("programmes")
    browser.sign_in(team, now=NOW)
    call = make.Call(
        draft=True, contact=team, opens_at=datetime(2026, 3, 1, tzinfo=UTC), closes_at=CLOSES,
        decision_on=date(2026, 5, 4), previewed_at=NOW,
    )  # fmt: skip
    make.Agreement(cohort_id=call.cohort_id)
    make.FormVersion(call=call, state="draft", published_at=None)
    return call


@pytest.fixture
def page_of(session, call, make):
    """Add a page of questions to the form: `page_of("Team", "idea", "people")`."""
    form = session.scalars(select(FormVersion)).one()

    def add(title, *keys):
        last = session.scalar(select(func.coalesce(func.max(Section.position), 0)))
        section = make.Section(form_version_id=form.id, title_en=title, position=last + 1)
        for position, key in enumerate(keys, 1):
            make.Question(
                form_version_id=form.id, section_id=section.id, key=key, position=position
            )
        session.commit()
        return section

    return add


def question(session, key):
    return session.scalars(select(Question).where(Question.key == key)).one()


def as_read(session):
    """Return the pages and the keys on them, as applicants meet them."""
    session.expire_all()
    sections = session.scalars(select(Section).order_by(Section.position)).all()
    return [(each.title_en, [q.key for q in each.questions]) for each in sections]


def last_deed(session):
    return session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq.desc())).first()


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
        ("long", {"word_limit": "many"}, "word_limit", "Not a valid integer value."),
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

"""What staff do to make a programme, a cohort and a call."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from portal.models import (
    Agreement,
    AuditEvent,
    Call,
    Cohort,
    Criterion,
    FormVersion,
    Programme,
)
from tests.feature.programmes.calls.told import NOW, deeds, words


def test_a_programme_a_cohort_an_agreement_and_a_call_are_made(browser, session, team):
    browser.fill("programmes.make_programme", {
        "kind": "incubator", "name_en": "Ocean Incubator", "name_nb": "Havinkubator",
    })  # fmt: skip
    programme = session.scalars(select(Programme)).one()
    assert (programme.slug, programme.name_nb) == ("ocean-incubator", "Havinkubator")

    browser.fill("programmes.make_cohort", {
        "name_en": "First", "name_nb": "Første", "starts_on": "2026-09-01",
        "ends_on": "2027-06-30", "capacity": "6", "manager_id": str(team.id),
    }, id=programme.id)  # fmt: skip
    cohort = session.scalars(select(Cohort)).one()
    assert (cohort.capacity, cohort.held, cohort.state) == (6, 0, "planned")

    browser.fill("programmes.write_agreement", {"text_en": "We help.", "text_nb": "Vi hjelper."},
                 id=cohort.id)  # fmt: skip
    browser.fill("programmes.write_agreement", {"text_en": "We help you."}, id=cohort.id)
    versions = session.scalars(select(Agreement).order_by(Agreement.number)).all()
    told = [(each.number, each.text_en, each.text_nb) for each in versions]
    assert told == [(1, "We help.", "Vi hjelper."), (2, "We help you.", "Vi hjelper.")]

    browser.fill("programmes.make_call", words(team.id), id=cohort.id)
    call = session.scalars(select(Call)).one()
    assert (call.slug, call.state, call.published_at) == ("spring-intake", "draft", None)
    assert call.opens_at == datetime(2026, 3, 10, 7, tzinfo=UTC)  # winter in Oslo
    assert call.closes_at == datetime(2026, 4, 10, 10, tzinfo=UTC)  # summer
    assert call.programme_id == programme.id
    assert deeds(session) == [
        "programme.made", "cohort.made", "agreement.written", "agreement.written", "call.made",
    ]  # fmt: skip


def test_two_of_the_same_name_get_addresses_of_their_own(browser, session, team, cohort):
    for _round in range(2):
        browser.fill("programmes.make_call", words(team.id), id=cohort.id)
    assert set(session.scalars(select(Call.slug))) == {"spring-intake", "spring-intake-2"}


@pytest.mark.parametrize("name", ["Manage", "Calls", "Applications", "Cohorts", "Offers"])
def test_a_programme_never_takes_an_address_of_the_portal(browser, session, team, name):
    form = {"kind": "incubator", "name_en": name, "name_nb": name}
    browser.fill("programmes.make_programme", form)
    assert session.scalars(select(Programme.slug)).one() == f"{name.lower()}-2"


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"title_en": "   "}, "title_en", "Write a title in this language."),
        ({"closes_at": "2026-03-10T08:00"}, "closes_at", "must come after the opening time"),
        ({"decision_on": "2026-04-10"}, "decision_on", "must come after the closing time"),
        ({"offer_days": "0"}, "offer_days", "Write a number from 1 to 60."),
        ({"offer_days": "61"}, "offer_days", "Write a number from 1 to 60."),
        ({"zone": "Mars/Olympus"}, "zone", "Not a valid choice"),
        ({"contact_id": "nobody"}, "contact_id", "Invalid Choice"),
        ({"opens_at": "soon"}, "opens_at", "Not a valid datetime value"),
        ({"closes_at": "2026-03-29T02:30"}, "closes_at", "The clock skips this hour that day."),
        ({"title_en": "x" * 121}, "title_en", "Write at most 120 characters."),
    ],
)
def test_a_wrong_answer_is_explained_at_its_field_and_nothing_is_kept(
    browser, session, team, cohort, wrong, field, said
):
    answers = words(team.id, **wrong)
    page = browser.fill("programmes.make_call", answers, id=cohort.id, expect=422)
    assert said in page.select_one(f"#{field}-error").text
    assert session.scalar(select(func.count(Call.id))) == 0


def test_a_call_begins_with_the_questions_and_terms_of_an_earlier_one(
    browser, session, make, team, cohort
):
    earlier = make.Call(cohort=cohort, closed=True)
    make.Criterion(call_id=earlier.id, text_en="Younger than five years")
    make.questions(earlier, "short", "single", "number")
    browser.fill("programmes.make_call", words(team.id, like=str(earlier.id)), id=cohort.id)
    made = session.scalars(select(Call).where(Call.slug == "spring-intake")).one()
    form = session.scalars(select(FormVersion).where(FormVersion.call_id == made.id)).one()
    [section] = form.sections
    assert (form.state, form.number) == ("draft", 1)
    assert [(each.key, each.kind, each.unit) for each in section.questions] == [
        ("short", "short", ""), ("single", "single", ""), ("number", "number", "NOK"),
    ]  # fmt: skip
    assert [option["code"] for option in section.questions[1].options] == ["no", "eu"]
    terms = session.scalars(select(Criterion.text_en).where(Criterion.call_id == made.id)).all()
    assert terms == ["Younger than five years"]


def test_a_cohort_never_has_fewer_places_than_are_held(browser, session, cohort):
    cohort.held = 5
    page = browser.fill("programmes.edit_cohort", {"capacity": "4"}, id=cohort.id, expect=422)
    assert "More places are held than that." in page.select_one("#capacity-error").text
    assert cohort.capacity == 8
    browser.fill("programmes.edit_cohort", {"capacity": "5", "name_en": "Autumn"}, id=cohort.id)
    assert (cohort.capacity, cohort.name_en) == (5, "Autumn")


def test_a_cohort_ends_after_it_starts(browser, cohort):
    page = browser.fill(
        "programmes.edit_cohort", {"ends_on": "2026-09-01"}, id=cohort.id, expect=422
    )
    assert "The last day must come after the first." in page.select_one("#ends_on-error").text


def test_a_cohort_starts_and_completes_by_its_buttons(browser, session, cohort):
    browser.press("programmes.manage_cohort", "Start cohort", id=cohort.id)
    assert cohort.state == "running"
    browser.press("programmes.manage_cohort", "Complete cohort", id=cohort.id)
    assert cohort.state == "completed"
    browser.fill("programmes.edit_cohort", {"name_en": "Else"}, id=cohort.id, expect=409)
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.seq)).all()
    assert [(each.before, each.after) for each in events] == [
        ("planned", "running"), ("running", "completed"),
    ]  # fmt: skip


def test_a_cohort_that_holds_places_is_not_cancelled(browser, cohort):
    cohort.held = 1
    page = browser.press("programmes.manage_cohort", "Cancel cohort", id=cohort.id, expect=409)
    assert "Companies hold places in this cohort." in page.text
    assert cohort.state == "planned"


def test_what_a_call_lacks_is_said_one_thing_after_the_other(browser, session, make, team, cohort):
    browser.fill("programmes.make_call", words(team.id, text_nb=""), id=cohort.id)
    call = session.scalars(select(Call)).one()

    def lacking():
        page = browser.get("programmes.publish_call", id=call.id)
        assert not page.select("main form")
        return [item.text for item in page.select(".banner li")]

    assert lacking() == [
        "Ask at least one question first.",
        "Write the agreement that companies sign to join the cohort first.",
        "Write the title and the text in both languages first.",
    ]
    make.Agreement(cohort_id=cohort.id)
    call.text_nb = "For selskaper."
    form = session.scalars(select(FormVersion)).one()
    section = make.Section(form_version_id=form.id, title_en="About you")
    assert lacking() == [
        "Ask at least one question first.",
        "Look at the preview first, as an applicant will see it.",
    ]
    make.Question(form_version_id=form.id, section_id=section.id)
    empty = make.Section(form_version_id=form.id, title_en="Money")
    assert lacking()[0] == "The page “Money” has no questions. Add one or remove the page."
    session.delete(empty)
    browser.fill("programmes.preview", id=call.id)
    browser.fill("programmes.publish_call", id=call.id)
    assert (call.state, call.published_at, form.state) == ("published", NOW, "published")
    assert form.published_at == NOW
    assert deeds(session) == ["call.made", "call.previewed", "call.published"]


def test_an_unready_call_is_not_published_by_a_sent_form_either(browser, draft):
    draft.previewed_at = None
    page = browser.send("programmes.publish_call", id=draft.id, expect=409)
    assert "Look at the preview first" in page.text
    assert draft.state == "draft"

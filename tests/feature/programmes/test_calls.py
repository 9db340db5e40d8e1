"""What staff do with programmes, cohorts, agreements and calls, page by page."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from portal.models import (
    Agreement,
    Application,
    AuditEvent,
    Call,
    Cohort,
    Criterion,
    FormVersion,
    OutgoingMail,
    Programme,
    Question,
)
from tests.support.statements import heard

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def team(make, browser, at):
    """Somebody of the programme team, signed in, on 2 March 2026."""
    at(NOW)
    person = make.staff("programmes", name="Pia Team", email="pia@cluster.example")
    browser.sign_in(person, now=NOW)
    return person


@pytest.fixture
def cohort(make, team):
    programme = make.Programme(slug="accelerator", name_en="Accelerator")
    return make.Cohort(
        programme=programme, name_en="Autumn 2026", capacity=8, manager=team,
        starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18),
    )  # fmt: skip


def words(contact, **more):
    return {
        "title_en": "Spring intake",
        "title_nb": "Våropptak",
        "summary_en": "Twelve weeks.",
        "summary_nb": "Tolv uker.",
        "text_en": "For companies with a product.",
        "text_nb": "For selskaper med et produkt.",
        "contact_id": str(contact),
        "zone": "Europe/Oslo",
        "opens_at": "2026-03-10T08:00",
        "closes_at": "2026-04-10T12:00",
        "decision_on": "2026-05-04",
        "offer_days": "14",
        **more,
    }


@pytest.fixture
def draft(make, team, cohort):
    """A call that lacks nothing but being published."""
    make.Agreement(cohort_id=cohort.id)
    call = make.Call(
        cohort=cohort, draft=True, slug="spring", title_en="Spring intake", contact=team,
        opens_at=datetime(2026, 3, 10, 7, tzinfo=UTC),
        closes_at=datetime(2026, 4, 10, 10, tzinfo=UTC), decision_on=date(2026, 5, 4),
    )  # fmt: skip
    form = make.FormVersion(call=call, state="draft", published_at=None)
    section = make.Section(form_version_id=form.id, position=1)
    make.Question(form_version_id=form.id, section_id=section.id, key="idea")
    return call


def deeds(session):
    return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)))


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


def test_publishing_twice_is_refused(browser, session, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    browser.send("programmes.publish_call", id=draft.id, expect=409)
    assert deeds(session) == ["call.published"]


def test_an_announced_deadline_moves_later_and_never_earlier(browser, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    page = browser.fill(
        "programmes.edit_call", {"closes_at": "2026-04-10T11:59"}, id=draft.id, expect=422
    )
    said = page.select_one("#closes_at-error").text
    assert said == (
        "People plan by the announced time, Friday 10 April 2026 at 12:00. It can only be moved"
        " later."
    )
    browser.fill("programmes.edit_call", {"closes_at": "2026-04-12T12:00"}, id=draft.id)
    assert draft.closes_at == datetime(2026, 4, 12, 10, tzinfo=UTC)


def test_a_closed_call_is_not_opened_again(browser, at, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    at(datetime(2026, 4, 10, 10, tzinfo=UTC))
    browser.sign_in(draft.contact, now=datetime(2026, 4, 10, 9, tzinfo=UTC))
    page = browser.fill(
        "programmes.edit_call", {"closes_at": "2026-04-20T12:00"}, id=draft.id, expect=422
    )
    assert "This call has closed." in page.select_one("#closes_at-error").text


def test_the_opening_of_an_open_call_stays(browser, at, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    at(datetime(2026, 3, 10, 7, tzinfo=UTC))
    browser.sign_in(draft.contact, now=datetime(2026, 3, 10, 7, tzinfo=UTC))
    page = browser.fill(
        "programmes.edit_call", {"opens_at": "2026-03-11T08:00"}, id=draft.id, expect=422
    )
    assert "This call has opened." in page.select_one("#opens_at-error").text


def test_of_two_people_who_edit_a_call_the_second_sees_both_texts(
    browser, another_browser, make, draft
):
    another_browser.sign_in(make.staff("programmes"), now=NOW)
    page = browser.get("programmes.edit_call", id=draft.id)
    version = page.select_one("[name=edited_version]")["value"]
    another_browser.fill("programmes.edit_call", {"title_en": "Theirs"}, id=draft.id)
    mine = words(draft.contact_id, title_en="Mine", edited_version=version)
    page = browser.send("programmes.edit_call", mine, id=draft.id, expect=409)
    assert page.select_one("#title_en")["value"] == "Mine"
    assert "Theirs" in page.select_one(".theirs").text
    assert draft.title_en == "Theirs"
    again = page.select_one("[name=edited_version]")["value"]
    browser.send("programmes.edit_call", mine | {"edited_version": again}, id=draft.id)
    assert draft.title_en == "Mine"


def test_terms_are_added_reworded_ordered_and_removed(browser, session, draft):
    for text in ("First", "Second", "Third"):
        answers = {"text_en": text, "text_nb": text}
        browser.fill("programmes.criteria", answers, form="form:has(#text_en)", id=draft.id)
    [first, second, third] = session.scalars(select(Criterion).order_by(Criterion.position)).all()
    browser.send("programmes.raise_criterion", id=third.id)
    browser.send("programmes.lower_criterion", id=first.id)
    browser.fill("programmes.edit_criterion", {"text_en": "Reworded"}, id=second.id)
    shown = browser.get("programmes.criteria", id=draft.id).select("ol.rows strong")
    assert [each.text for each in shown] == ["Third", "First", "Reworded"]
    browser.send("programmes.remove_criterion", id=first.id)
    assert session.scalar(select(func.count(Criterion.id))) == 2


def test_published_terms_stay_as_they_are(browser, session, make, draft):
    term = make.Criterion(call_id=draft.id)
    browser.fill("programmes.publish_call", id=draft.id)
    texts = {"text_en": "Else", "text_nb": "Annet"}
    browser.send("programmes.criteria", texts, id=draft.id, expect=409)
    browser.send("programmes.remove_criterion", id=term.id, expect=409)
    browser.send("programmes.raise_criterion", id=term.id, expect=409)
    assert browser.get("programmes.criteria", id=draft.id).select("main form") == []
    assert session.scalar(select(Criterion.text_en)) == "Registered in the EEA"


def test_cancelling_ends_every_application_and_tells_those_who_apply(browser, session, make, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    company = make.Organisation(display_name="Nordlys")
    make.colleague(company, "representative", email="ola@nordlys.example", language="nb")
    make.colleague(company, "member", email="kari@nordlys.example")
    begun = make.Application(call=draft, organisation=company)
    sent = make.Application(call=draft, sent=True)
    gone = make.Application(call=draft, state="lapsed")
    browser.fill("programmes.cancel_call", {"reason": "The funding fell away."}, id=draft.id)
    assert draft.state == "cancelled"
    assert [each.state for each in (begun, sent, gone)] == ["withdrawn", "withdrawn", "lapsed"]
    assert begun.closed_reason == "The funding fell away."
    [letter] = session.scalars(select(OutgoingMail)).all()
    assert (letter.recipient, letter.language) == ("ola@nordlys.example", "nb")
    assert "The funding fell away." in letter.text
    assert f"/programmes/applications/{begun.id}" in letter.text
    assert sorted(deeds(session)) == [
        "application.called_off", "application.called_off", "call.cancelled", "call.published",
    ]  # fmt: skip


def test_cancelling_needs_a_reason(browser, draft):
    page = browser.fill("programmes.cancel_call", {"reason": " "}, id=draft.id, expect=422)
    assert "Write a sentence" in page.select_one("#reason-error").text
    assert draft.state == "draft"


@pytest.mark.parametrize("state", ["offered", "accepted", "waitlisted"])
def test_a_call_whose_decisions_are_known_is_not_cancelled(browser, make, draft, state):
    browser.fill("programmes.publish_call", id=draft.id)
    rank = 1 if state == "waitlisted" else None
    make.Application(call=draft, sent=True, state=state, waiting_rank=rank)
    page = browser.fill("programmes.cancel_call", {"reason": "No."}, id=draft.id, expect=409)
    assert "Settle that first" in page.text
    assert draft.state == "published"


def test_a_call_with_a_prepared_decision_is_not_cancelled(browser, make, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    make.ApplicationDecision(application=make.Application(call=draft, reviewed=True))
    page = browser.fill("programmes.cancel_call", {"reason": "No."}, id=draft.id, expect=409)
    assert "Decisions are prepared for this call." in page.text


@pytest.mark.parametrize(
    ("state", "decided"),
    [
        ("submitted", False),
        ("in_review", False),
        ("offered", False),
        ("waitlisted", True),
        ("accepted", True),
        ("unsuccessful", True),
        ("withdrawn", True),
        ("lapsed", True),
    ],
)
def test_a_call_is_closed_as_decided_once_everybody_has_an_answer(
    browser, make, at, draft, state, decided
):
    browser.fill("programmes.publish_call", id=draft.id)
    rank = 1 if state == "waitlisted" else None
    make.Application(call=draft, sent=True, state=state, waiting_rank=rank)
    at(datetime(2026, 5, 1, tzinfo=UTC))
    browser.sign_in(draft.contact, now=datetime(2026, 5, 1, tzinfo=UTC))
    browser.send("programmes.decide_call", id=draft.id, expect=302 if decided else 409)
    assert draft.state == ("decided" if decided else "published")


def test_an_open_call_is_not_closed_as_decided(browser, draft):
    browser.fill("programmes.publish_call", id=draft.id)
    page = browser.send("programmes.decide_call", id=draft.id, expect=409)
    assert "This call is open until Friday 10 April 2026 at 12:00." in page.text


def test_a_decided_call_is_archived_and_edited_no_more(browser, draft):
    draft.state, draft.published_at = "decided", NOW
    browser.fill("programmes.edit_call", {"title_en": "Else"}, id=draft.id, expect=409)
    browser.press("programmes.manage_call", "Archive call", id=draft.id)
    assert draft.state == "archived"


def test_staff_find_calls_by_state_page_by_page(browser, make, cohort):
    for number in range(30):
        closes = datetime(2026, 6, 1 + number % 28, 10, tzinfo=UTC)
        make.Call(cohort=cohort, title_en=f"Call {number}", closes_at=closes)
    make.Call(cohort=cohort, title_en="The draft", draft=True)
    page = browser.get("programmes.manage")
    assert len(page.select("tbody tr")) == 25
    page = browser.open("GET", page.select_one(".pager [rel=next]")["href"])
    assert len(page.select("tbody tr")) == 6
    assert page.select_one(".pager [rel=prev]")
    page = browser.get("programmes.manage", state="draft")
    assert [row.th.text for row in page.select("tbody tr")] == ["The draft"]
    assert browser.get("programmes.manage", state="nonsense", mark="nonsense")
    assert browser.get("programmes.manage", state="archived").select(".empty")


def test_staff_pages_ask_the_database_little(browser, make, draft):
    make.questions(make.Call(cohort=draft.cohort), "short", "long")
    for _each in range(10):
        make.Criterion(call_id=draft.id)
        make.Call(cohort=draft.cohort)
    counts = {}
    pages = {
        "manage": {},
        "manage_programme": {"id": draft.programme_id},
        "manage_cohort": {"id": draft.cohort_id},
        "manage_call": {"id": draft.id},
        "questions": {"id": draft.id},
        "preview": {"id": draft.id},
        "publish_call": {"id": draft.id},
    }
    for name, address in pages.items():
        browser.get(f"programmes.{name}", **address)
        with heard() as statements:
            browser.get(f"programmes.{name}", **address)
        counts[name] = len(statements)
    assert max(counts.values()) <= 8, counts


def test_archived_programmes_come_back(browser, cohort):
    programme = cohort.programme
    browser.press("programmes.manage_programme", "Archive", id=programme.id)
    assert programme.archived_at == NOW
    browser.press("programmes.manage_programme", "Bring back", id=programme.id)
    assert programme.archived_at is None


def test_a_programme_is_edited(browser, cohort):
    answers = {"text_en": "One\r\n\r\nTwo\x00"}
    browser.fill("programmes.edit_programme", answers, id=cohort.programme_id)
    assert cohort.programme.text_en == "One\n\nTwo"
    assert cohort.programme.slug == "accelerator"


STAFF_PAGES = [
    ("manage", None), ("make_programme", None), ("manage_programme", "programme"),
    ("edit_programme", "programme"), ("make_cohort", "programme"), ("manage_cohort", "cohort"),
    ("edit_cohort", "cohort"), ("write_agreement", "cohort"), ("make_call", "cohort"),
    ("manage_call", "call"), ("edit_call", "call"), ("criteria", "call"), ("preview", "call"),
    ("publish_call", "call"), ("cancel_call", "call"), ("questions", "call"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "about"), STAFF_PAGES)
def test_only_the_team_comes_to_its_pages(browser, make, draft, page, about):
    ids = {"programme": draft.programme_id, "cohort": draft.cohort_id, "call": draft.id}
    address = {"id": ids[about]} if about else {}
    browser.get(f"programmes.{page}", **address)
    browser.language = "nb"
    browser.get(f"programmes.{page}", **address)
    refused = 404 if about == "call" else 403
    browser.sign_in(make.colleague(make.Organisation()), now=NOW)
    browser.get(f"programmes.{page}", **address, expect=refused)
    browser.sign_in(make.staff("events", "membership"), now=NOW)
    browser.get(f"programmes.{page}", **address, expect=refused)
    browser.sign_in(make.staff("administrator"), now=NOW)
    browser.get(f"programmes.{page}", **address)
    browser.sign_out()
    browser.get(f"programmes.{page}", **address, expect=401)


def test_applications_are_untouched_by_what_staff_look_at(browser, session, make, draft):
    make.Application(call=draft)
    browser.get("programmes.manage_call", id=draft.id)
    assert session.scalar(select(func.count(Application.id))) == 1
    assert session.scalar(select(func.count(Question.id))) == 1
    assert deeds(session) == []

"""What staff do with applications that were sent: check, take in, decide, approve."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.models import (
    Application,
    ApplicationDecision,
    ApplicationState,
    AuditEvent,
    DecisionState,
    EligibilityCheck,
    FormVersion,
    Outcome,
    PersonState,
    StaffGrant,
)
from tests.feature.programmes.told import actions, approved, decided, mails


@pytest.fixture
def call(make):
    found = make.Call(closed=True, title_en="Accelerator, spring", offer_days=14)
    make.questions(found, "short", "number")
    make.Agreement(cohort_id=found.cohort.id)
    make.Criterion(call_id=found.id, text_en="Registered in the EEA", position=1)
    make.Criterion(call_id=found.id, text_en="Younger than five years", position=2)
    return found


@pytest.fixture
def sent(make, session, call, company, founder):
    found = make.Application(call=call, organisation=company, lead_id=founder.id, sent=True)
    form = session.scalar(select(FormVersion.id).where(FormVersion.call_id == call.id))
    make.ApplicationRevision(
        application_id=found.id,
        form_version_id=form,
        submitted_by_id=founder.id,
        answers={"short": "We make subtitles.", "number": "1200000"},
    )
    return found


@pytest.fixture
def reviewed(session, sent):
    sent.state = ApplicationState.IN_REVIEW
    return sent


def points(page):
    """Return the names of the checklist's radio groups, in order."""
    boxes = page.select("main input[type=radio][name^=met_]")
    return list(dict.fromkeys(box["name"] for box in boxes))


def tick(browser, application, *answers, **more):
    names = points(browser.get("programmes.assess", id=application.id))
    given = {name: answer for name, answer in zip(names, answers, strict=False) if answer}
    return browser.fill("programmes.assess", given, id=application.id, **more)


def test_staff_read_what_was_sent_and_fill_in_the_checklist(browser, session, sent, team):
    browser.sign_in(team)

    page = browser.get("programmes.assess", id=sent.id)
    assert "We make subtitles." in page.text
    assert "1,200,000 NOK" in page.text
    assert not page.select("form[action$='take-in']")

    tick(browser, sent, "yes", "no")
    checks = session.scalars(select(EligibilityCheck)).all()
    assert sorted(check.met for check in checks) == [False, True]
    assert {check.checked_by_id for check in checks} == {team.id}
    assert actions(session) == ["application.checked"]
    assert session.scalars(select(AuditEvent.internal)).all() == [True]
    assert mails(session) == []

    browser.press("programmes.assess", "Take into assessment", id=sent.id)
    assert sent.state is ApplicationState.IN_REVIEW
    assert actions(session)[-1] == "application.taken_in"


def test_a_point_may_wait_and_what_was_said_of_others_is_kept(browser, session, sent, team):
    browser.sign_in(team)
    tick(browser, sent, "yes")
    assert session.scalar(select(func.count(EligibilityCheck.id))) == 1
    page = browser.get("programmes.assess", id=sent.id)
    assert len(page.select("main input[type=radio][checked]")) == 1
    browser.send("programmes.take_in", id=sent.id, expect=409)
    assert sent.state is ApplicationState.SUBMITTED


def test_of_two_who_check_at_once_the_second_sees_both(
    browser, another_browser, session, sent, team, colleague
):
    browser.sign_in(team)
    another_browser.sign_in(colleague)
    page = another_browser.get("programmes.assess", id=sent.id)
    [first, _second] = points(page)
    before = page.select_one("main input[name=edited_version]")["value"]
    tick(browser, sent, "yes", "yes")

    answers = {"edited_version": before, first: "no", first.replace("met", "note"): "No address."}
    page = another_browser.send("programmes.assess", answers, id=sent.id, expect=409)

    assert "Somebody else saved this" in page.text
    assert session.scalars(select(EligibilityCheck.met)).all() == [True, True]
    version = page.select_one("main input[name=edited_version]")["value"]
    another_browser.send("programmes.assess", answers | {"edited_version": version}, id=sent.id)
    assert sorted(session.scalars(select(EligibilityCheck.met)).all()) == [False, True]


def test_nothing_is_decided_before_the_checklist_is_done(browser, session, sent, team):
    browser.sign_in(team)
    page = browser.get("programmes.prepare_decision", id=sent.id)
    assert "Fill in the checklist" in page.text
    answers = {"outcome": "offer", "edited_version": "0"}
    browser.send("programmes.prepare_decision", answers, id=sent.id, expect=409)
    assert session.scalars(select(ApplicationDecision)).all() == []


def test_a_decision_is_prepared_by_one_and_approved_by_another(
    browser, another_browser, session, reviewed, team, colleague
):
    browser.sign_in(team)
    words = {"outcome": "offer", "feedback": "You convinced us.", "rationale": "Strong team."}
    browser.fill("programmes.prepare_decision", words, id=reviewed.id)
    decision = session.scalar(select(ApplicationDecision))
    assert (decision.state, decision.outcome) == (DecisionState.DRAFT, Outcome.OFFER)
    assert "somebody else on the team has to approve it" in (
        browser.get("programmes.assess", id=reviewed.id).text
    )
    browser.get("programmes.approve_decision", id=decision.id, expect=403)
    answers = {"edited_version": decision.version}
    browser.send("programmes.approve_decision", answers, id=decision.id, expect=403)

    another_browser.sign_in(colleague)
    page = another_browser.get("programmes.approve_decision", id=decision.id)
    assert "You convinced us." in page.text
    another_browser.fill("programmes.approve_decision", id=decision.id)
    assert (decision.state, decision.approved_by_id) == (DecisionState.APPROVED, colleague.id)
    assert reviewed.state is ApplicationState.IN_REVIEW
    assert actions(session) == ["decision.prepared", "decision.approved"]
    assert mails(session) == []


def test_who_rewords_a_decision_has_prepared_it(browser, session, make, reviewed, team, colleague):
    decision = decided(make, reviewed, team)
    browser.sign_in(colleague)
    browser.fill("programmes.prepare_decision", {"feedback": "Better."}, id=reviewed.id)
    assert (decision.feedback, decision.prepared_by_id) == ("Better.", colleague.id)
    browser.get("programmes.approve_decision", id=decision.id, expect=403)


@pytest.fixture(params=["left", "blocked", "joined"])
def gone(request, session, make, company, team):
    """Let whoever prepared a decision be one who may prepare none any more."""

    def done():
        if request.param == "left":
            for grant in session.scalars(select(StaffGrant).filter_by(person_id=team.id)):
                grant.ends_at = clock.now()
        elif request.param == "blocked":
            team.state = PersonState.BLOCKED
        else:
            make.Affiliation(person=team, organisation=company)
        session.commit()

    return done


def test_what_somebody_prepared_who_may_not_any_more_is_taken_over_and_approved_by_a_third(
    browser, another_browser, session, make, reviewed, team, colleague, gone
):
    decision = decided(make, reviewed, team, feedback="As it was worded.")
    gone()
    browser.sign_in(colleague)
    browser.fill("programmes.approve_decision", id=decision.id)
    assert (decision.state, decision.prepared_by_id) == (DecisionState.DRAFT, colleague.id)
    assert decision.approved_by_id is None
    told = browser.get("programmes.assess", id=reviewed.id).text
    assert f"{team.name} may not decide about this any more" in told
    browser.send("programmes.approve_decision", id=decision.id, expect=403)
    another_browser.sign_in(make.staff("programmes"))
    another_browser.fill("programmes.approve_decision", id=decision.id)
    assert (decision.state, decision.feedback) == (DecisionState.APPROVED, "As it was worded.")
    assert actions(session) == ["decision.taken_over", "decision.approved"]


def test_whoever_may_not_decide_takes_nothing_over(browser, make, reviewed, team, gone):
    decision = decided(make, reviewed, team)
    gone()
    browser.sign_in(make.staff("membership"))
    browser.send("programmes.approve_decision", id=decision.id, expect={403, 404})
    assert (decision.state, decision.prepared_by_id) == (DecisionState.DRAFT, team.id)


def test_of_two_who_word_a_decision_at_once_the_second_sees_both(
    browser, another_browser, session, make, reviewed, team, colleague
):
    decision = decided(make, reviewed, team, feedback="The first wording.")
    browser.sign_in(colleague)
    page = browser.get("programmes.prepare_decision", id=reviewed.id)
    version = page.select_one("input[name=edited_version]")["value"]
    another_browser.sign_in(team)
    another_browser.fill("programmes.prepare_decision", {"feedback": "Theirs."}, id=reviewed.id)

    answers = {"outcome": "offer", "feedback": "Mine.", "edited_version": version}
    page = browser.send("programmes.prepare_decision", answers, id=reviewed.id, expect=409)
    assert "Theirs." in page.text
    assert "Mine." in page.text
    assert decision.feedback == "Theirs."


def test_what_was_reworded_meanwhile_is_read_again_before_it_is_approved(
    browser, session, make, reviewed, team, colleague
):
    decision = decided(make, reviewed, team)
    seen = decision.version
    decision.feedback = "Another word."
    session.commit()
    browser.sign_in(colleague)
    page = browser.send(
        "programmes.approve_decision", {"edited_version": seen}, id=decision.id, expect=422
    )
    assert "reworded since you opened" in page.text
    assert "Another word." in page.text
    assert decision.state is DecisionState.DRAFT


@pytest.mark.parametrize("outcome", ["unsuccessful", "ineligible"])
def test_who_is_turned_down_is_owed_a_reason(browser, session, reviewed, team, outcome):
    browser.sign_in(team)
    answers = {"outcome": outcome, "feedback": " "}
    page = browser.fill("programmes.prepare_decision", answers, id=reviewed.id, expect=422)
    assert "Write what the applicant should know" in page.select_one("#feedback-error").text
    assert session.scalars(select(ApplicationDecision)).all() == []


def test_a_decision_needs_an_outcome(browser, reviewed, team):
    browser.sign_in(team)
    page = browser.fill("programmes.prepare_decision", id=reviewed.id, expect=422)
    assert "Choose what you decide." in page.text
    browser.fill("programmes.prepare_decision", {"outcome": "maybe"}, id=reviewed.id, expect=422)
    answers = {"outcome": "waitlist", "waiting_rank": "0"}
    page = browser.fill("programmes.prepare_decision", answers, id=reviewed.id, expect=422)
    assert "Write a number from 1 to 999." in page.text


def test_a_decision_that_nobody_heard_of_can_be_taken_back(
    browser, session, make, reviewed, team, colleague
):
    decision = approved(make, reviewed, team, colleague)
    browser.sign_in(team)
    page = browser.get("programmes.prepare_decision", id=reviewed.id)
    assert "This decision is approved." in page.text
    browser.press("programmes.assess", "Take back", id=reviewed.id)
    assert decision.state is DecisionState.REVOKED
    browser.fill("programmes.prepare_decision", {"outcome": "waitlist"}, id=reviewed.id)
    assert session.scalar(select(func.count(ApplicationDecision.id))) == 2
    assert mails(session) == []


def test_staff_who_belong_to_the_applicant_neither_decide_nor_see_what_is_decided(
    browser, session, make, call, reviewed, team, colleague, company
):
    decision = approved(make, reviewed, team, colleague)
    partial = make.staff("programmes")
    make.Affiliation(person=partial, organisation=company)
    browser.sign_in(partial)
    browser.get("programmes.assess", id=reviewed.id, expect=403)
    browser.get("programmes.prepare_decision", id=reviewed.id, expect=403)
    browser.get("programmes.approve_decision", id=decision.id, expect=403)
    browser.send("programmes.publish_decision", id=decision.id, expect=403)
    browser.send("programmes.revoke_decision", id=decision.id, expect=403)
    page = browser.get("programmes.call_applications", id=call.id)
    assert "Nordlys Graphics" in page.text
    assert "Offer a place" not in page.select_one("table").text
    assert "Publish" not in page.select_one("main").text
    page = browser.get("programmes.publish_decisions", id=call.id)
    assert "Nordlys" not in page.select_one("main").text


@pytest.mark.parametrize(
    ("kind", "status"), [("founder", 403), ("another company", 404), ("another role", 404)]
)
def test_nobody_else_opens_what_staff_decide_on(
    browser, make, call, reviewed, team, colleague, founder, kind, status
):
    decision = approved(make, reviewed, team, colleague)
    people = {
        "founder": founder,
        "another company": make.colleague(make.Organisation(), "administrator"),
        "another role": make.staff("editor"),
    }
    browser.sign_in(people[kind])
    browser.get("programmes.assess", id=reviewed.id, expect=status)
    browser.send("programmes.take_in", id=reviewed.id, expect=status)
    browser.get("programmes.prepare_decision", id=reviewed.id, expect=status)
    browser.get("programmes.approve_decision", id=decision.id, expect=404)
    browser.send("programmes.publish_decision", id=decision.id, expect=404)
    browser.get("programmes.call_applications", id=call.id, expect=403)
    browser.get("programmes.publish_decisions", id=call.id, expect=403)
    browser.get("programmes.export_applications", id=call.id, kind="csv", expect=403)


def test_a_checklist_is_closed_once_it_is_decided(browser, session, make, sent, team):
    sent.state, sent.waiting_rank = ApplicationState.WAITLISTED, 1
    browser.sign_in(team)
    page = browser.get("programmes.assess", id=sent.id)
    assert not page.select("main input[name^=met_]")
    browser.send("programmes.assess", {"edited_version": "0"}, id=sent.id, expect=409)


def test_a_draft_is_shown_as_far_as_it_is(browser, make, call, team):
    draft = make.Application(call=call)
    make.Answer(application_id=draft.id, key="short", value="Half a thought.")
    browser.sign_in(team)
    page = browser.get("programmes.assess", id=draft.id)
    assert "Half a thought." in page.text
    assert "Help to fill it in" in page.text


def test_a_withdrawal_takes_the_prepared_decision_along(
    browser, session, make, reviewed, team, colleague, founder
):
    decision = approved(make, reviewed, team, colleague)
    browser.sign_in(founder)
    browser.fill("programmes.withdraw", id=reviewed.id)
    assert decision.state is DecisionState.REVOKED
    browser.sign_in(team)
    browser.send("programmes.publish_decision", id=decision.id, expect=409)
    assert session.get(Application, reviewed.id).state is ApplicationState.WITHDRAWN


def test_a_reminder_of_the_promised_day_is_in_sight(browser, make, sent, call, team):
    call.decision_on = (datetime.now(UTC) + timedelta(days=3)).date()
    browser.sign_in(team)
    page = browser.get("site.desk")
    assert "Check one new application" in page.text

"""What staff do with applications that were sent: check, take in, decide, approve."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.models import (
    Application,
    ApplicationDecision,
    ApplicationState,
    AuditEvent,
    DecisionState,
    EligibilityCheck,
)
from tests.feature.programmes.told import actions, approved, mails


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

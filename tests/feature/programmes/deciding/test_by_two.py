"""A decision is prepared by one and approved by another, who may both decide about it."""

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.models import (
    ApplicationDecision,
    ApplicationState,
    DecisionState,
    Outcome,
    PersonState,
    StaffGrant,
)
from tests.feature.programmes.told import actions, decided, mails


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

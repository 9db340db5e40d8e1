"""Decisions taking effect: one by one or all of a call together, and what applicants hear."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from portal.models import (
    ApplicationState,
    Cohort,
    DecisionState,
    Offer,
    Outcome,
    OutgoingMail,
)
from tests.feature.programmes.told import actions, adds_up, approved, decided, mails


def test_what_is_decided_and_not_published_still_reads_being_assessed(
    browser, session, make, reviewed, team, colleague, founder
):
    approved(make, reviewed, team, colleague, feedback="A secret so far.", outcome="offer")
    browser.sign_in(colleague)
    assert "A secret so far." in browser.get("programmes.assess", id=reviewed.id).text

    browser.sign_in(founder)
    for endpoint, address in (
        ("programmes.application", {"id": reviewed.id}),
        ("programmes.applications", {}),
        ("site.desk", {}),
        ("members.organisation", {"slug": reviewed.organisation.slug}),
    ):
        page = browser.get(endpoint, **address)
        if endpoint != "members.organisation":
            assert "eing assessed" in page.text, endpoint
        for word in ("A secret so far", "ecision prepared", "ecision approved", "Offer"):
            assert word not in page.text, (endpoint, word)
    browser.get("programmes.offer", id=reviewed.id, expect=404)


def test_publishing_an_offer_holds_a_place_and_writes_to_the_applicant(
    browser, session, make, call, reviewed, team, colleague, founder, at
):
    now = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
    decision = approved(make, reviewed, team, colleague, feedback="You convinced us.")
    at(now)
    browser.sign_in(team)
    browser.press("programmes.assess", "Publish", id=reviewed.id)

    assert decision.state is DecisionState.PUBLISHED
    assert reviewed.state is ApplicationState.OFFERED
    offer = session.scalar(select(Offer))
    noon = datetime(2026, 3, 31, 12, tzinfo=ZoneInfo("Europe/Oslo"))  # in summer time by then
    assert offer.expires_at == noon
    assert session.scalar(select(Cohort.held)) == 1
    assert actions(session) == ["decision.published"]
    assert mails(session) == [(founder.email, "You are offered a place: “Accelerator, spring”")]
    text = session.scalar(select(OutgoingMail.text))
    assert "You convinced us." in text
    assert "31\N{NO-BREAK SPACE}March 2026 at 12:00" in text
    assert f"/programmes/applications/{reviewed.id}/offer" in text
    assert adds_up(browser)


@pytest.mark.parametrize(
    ("outcome", "state", "subject"),
    [
        ("waitlist", "waitlisted", "You are on the waiting list for “Accelerator, spring”"),
        ("unsuccessful", "unsuccessful", "Our answer to your application to “Accelerator, spring”"),
        ("ineligible", "ineligible", "Your application to “Accelerator, spring” does not meet its"
         " terms"),
    ],
)  # fmt: skip
def test_publishing_tells_the_applicant_what_was_decided(
    browser, session, make, reviewed, team, colleague, founder, outcome, state, subject
):
    approved(
        make, reviewed, team, colleague, outcome=Outcome.of(outcome), feedback="Show us a customer."
    )
    browser.sign_in(colleague)
    browser.press("programmes.assess", "Publish", id=reviewed.id)
    assert reviewed.state.value == state
    assert reviewed.waiting_rank == (1 if outcome == "waitlist" else None)
    assert mails(session) == [(founder.email, subject)]
    browser.sign_in(founder)
    page = browser.get("programmes.application", id=reviewed.id)
    assert "Show us a customer." in page.text


def test_publishing_twice_is_refused_and_sends_one_letter(
    browser, session, make, reviewed, team, colleague
):
    decision = approved(make, reviewed, team, colleague)
    browser.sign_in(team)
    browser.send("programmes.publish_decision", id=decision.id)
    browser.send("programmes.publish_decision", id=decision.id, expect=409)
    assert session.scalar(select(func.count(OutgoingMail.id))) == 1
    assert session.scalar(select(Cohort.held)) == 1


def test_what_only_one_has_seen_is_not_published(browser, session, make, reviewed, team):
    decision = decided(make, reviewed, team)
    browser.sign_in(team)
    page = browser.send("programmes.publish_decision", id=decision.id, expect=409)
    assert "It is “Prepared”." in page.text
    assert reviewed.state is ApplicationState.IN_REVIEW


def test_an_offer_without_a_free_place_changes_nothing(
    browser, session, make, call, reviewed, team, colleague
):
    call.cohort.capacity, call.cohort.held = 1, 1
    decision = approved(make, reviewed, team, colleague)
    browser.sign_in(team)
    page = browser.send("programmes.publish_decision", id=decision.id, expect=409)
    assert "Every place in this cohort is held." in page.text
    assert (decision.state, reviewed.state.value) == (DecisionState.APPROVED, "in_review")
    assert session.scalars(select(Offer)).all() == []
    assert mails(session) == []


def test_an_offer_without_an_agreement_changes_nothing(
    browser, session, make, reviewed, team, colleague
):
    call = make.Call(closed=True)
    reviewed.call = call
    decision = approved(make, reviewed, team, colleague)
    browser.sign_in(team)
    page = browser.send("programmes.publish_decision", id=decision.id, expect=409)
    assert "Write the agreement first." in page.text
    assert session.scalar(select(Cohort.held).where(Cohort.id == call.cohort_id)) == 0


def three(make, call, team, colleague):
    """Three approved decisions about one call: two offers and a place on the waiting list."""
    made = []
    for name, outcome in (("Aurora", "offer"), ("Brim", "offer"), ("Cirrus", "waitlist")):
        organisation = make.Organisation(display_name=name)
        make.colleague(organisation, "representative")
        application = make.Application(call=call, organisation=organisation, reviewed=True)
        made.append(approved(make, application, team, colleague, outcome=Outcome.of(outcome)))
    return made


def test_all_approved_decisions_of_a_call_are_published_together(
    browser, session, make, call, reviewed, team, colleague
):
    decisions = three(make, call, team, colleague)
    decided(make, reviewed, team)
    browser.sign_in(team)
    page = browser.get("programmes.call_applications", id=call.id)
    assert "Publish 3 decisions" in page.text
    assert "1 prepared decision waits" in page.text

    page = browser.get("programmes.publish_decisions", id=call.id)
    assert "2 of them are offers." in page.text
    browser.fill("programmes.publish_decisions", id=call.id)

    assert {decision.state for decision in decisions} == {DecisionState.PUBLISHED}
    assert [d.application.state.value for d in decisions] == ["offered", "offered", "waitlisted"]
    assert session.scalar(select(Cohort.held)) == 2
    assert len(mails(session)) == 3
    assert actions(session) == ["decision.published"] * 3
    assert reviewed.state is ApplicationState.IN_REVIEW
    browser.send("programmes.publish_decisions", {"seen": ""}, id=call.id, expect={409, 422})


def test_more_offers_than_places_publish_nothing(browser, session, make, call, team, colleague):
    decisions = three(make, call, team, colleague)
    call.cohort.capacity = 1
    browser.sign_in(team)
    page = browser.get("programmes.publish_decisions", id=call.id)
    assert "Approved offers: 2. Free places: 1." in page.text
    browser.fill("programmes.publish_decisions", id=call.id, expect=409)
    assert {decision.state for decision in decisions} == {DecisionState.APPROVED}
    assert session.scalar(select(Cohort.held)) == 0
    assert mails(session) == []


def test_what_was_approved_since_the_page_was_opened_is_not_published_unseen(
    browser, session, make, call, reviewed, team, colleague
):
    decisions = three(make, call, team, colleague)
    browser.sign_in(team)
    page = browser.get("programmes.publish_decisions", id=call.id)
    seen = page.select_one("input[name=seen]")["value"]
    approved(make, reviewed, team, colleague)
    page = browser.send("programmes.publish_decisions", {"seen": seen}, id=call.id, expect=422)
    assert "since you opened this page" in page.text
    assert {decision.state for decision in decisions} == {DecisionState.APPROVED}
    assert page.select_one("input[name=seen]")["value"] != seen


def test_a_wished_place_on_the_waiting_list_moves_the_others_back(
    browser, session, make, call, reviewed, team, colleague
):
    first, second = (
        make.Application(call=call, sent=True, state=ApplicationState.WAITLISTED, waiting_rank=rank)
        for rank in (1, 2)
    )
    decision = approved(
        make, reviewed, team, colleague, outcome=Outcome.WAITLIST, waiting_rank=2
    )  # fmt: skip
    browser.sign_in(team)
    browser.send("programmes.publish_decision", id=decision.id)
    assert (first.waiting_rank, reviewed.waiting_rank, second.waiting_rank) == (1, 2, 3)

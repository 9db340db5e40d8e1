"""Offers as applicants answer them."""

from datetime import timedelta

from sqlalchemy import func, select

from portal.models import (
    ApplicationState,
    Cohort,
    OfferState,
    Participation,
    ParticipationState,
)
from tests.feature.programmes.offers.told import BEFORE, ENDS
from tests.feature.programmes.told import actions, adds_up, mails


def test_a_representative_reads_the_agreement_and_signs_it(
    browser, session, call, offer, application, founder, at
):
    at(BEFORE)
    browser.sign_in(founder, now=BEFORE)
    page = browser.get("programmes.offer", id=application.id)
    assert page.select_one(".prose strong").text == "we"
    assert "Tuesday 31 March 2026 at 12:00" in page.text

    page = browser.fill("programmes.accept_offer", id=application.id, expect=422)
    assert "Read the agreement and accept it" in page.select_one("#agrees-error").text
    assert offer.state is OfferState.OPEN
    browser.fill("programmes.accept_offer", {"agrees": "y"}, id=application.id)

    joined = session.scalar(select(Participation))
    assert browser.response.location == f"/programmes/participations/{joined.id}"
    assert (joined.cohort_id, joined.organisation_id) == (call.cohort_id, founder_of(application))
    assert (joined.state, joined.joined_on) == (ParticipationState.ONBOARDING, BEFORE.date())
    assert (offer.state, offer.accepted_name) == (OfferState.ACCEPTED, "Kari Nes")
    assert (offer.answered_at, offer.answered_by_id) == (BEFORE, founder.id)
    assert application.state is ApplicationState.ACCEPTED
    assert session.scalar(select(Cohort.held)) == 1
    assert adds_up(browser)
    assert actions(session) == ["participation.joined", "application.accepted"]
    assert mails(session) == [
        (founder.email, "Welcome to “Spring cohort”"),
        (call.cohort.manager.email, "Nordlys Graphics joins “Spring cohort”"),
    ]
    page = browser.get("programmes.offer", id=application.id)
    assert "Accepted by Kari Nes" in page.text


def founder_of(application):
    return application.organisation_id


def test_the_end_of_an_offer_is_exclusive_to_the_second(
    browser, session, offer, application, founder, at
):
    at(ENDS)
    browser.sign_in(founder, now=BEFORE)
    answers = {"name": "Kari Nes", "agrees": "y"}
    page = browser.send("programmes.accept_offer", answers, id=application.id, expect=409)
    assert "This offer expired on" in page.text
    assert offer.state is OfferState.OPEN
    assert session.scalars(select(Participation)).all() == []
    assert "cannot be accepted any more" in (
        browser.get("programmes.accept_offer", id=application.id).text
    )


def test_accepting_twice_takes_one_place(browser, session, offer, application, founder, at):
    at(BEFORE)
    browser.sign_in(founder, now=BEFORE)
    answers = {"name": "Kari Nes", "agrees": "y"}
    browser.send("programmes.accept_offer", answers, id=application.id)
    browser.send("programmes.accept_offer", answers, id=application.id, expect=409)
    assert session.scalar(select(func.count(Participation.id))) == 1
    assert session.scalar(select(Cohort.held)) == 1


def test_a_member_reads_the_offer_and_does_not_answer_it(
    browser, make, session, offer, application, company, at
):
    at(BEFORE)
    browser.sign_in(make.colleague(company, "member"), now=BEFORE)
    page = browser.get("programmes.offer", id=application.id)
    assert "A representative or administrator of Nordlys Graphics answers" in page.text
    browser.get("programmes.accept_offer", id=application.id, expect=403)
    answers = {"name": "Kari Nes", "agrees": "y"}
    browser.send("programmes.accept_offer", answers, id=application.id, expect=403)
    browser.send("programmes.decline_offer", id=application.id, expect=403)
    assert offer.state is OfferState.OPEN


def test_nobody_reads_the_offers_of_others(browser, make, application, at):
    at(BEFORE)
    browser.sign_in(make.colleague(make.Organisation(), "administrator"), now=BEFORE)
    for endpoint in ("offer", "accept_offer", "decline_offer", "take_back_offer"):
        browser.get(f"programmes.{endpoint}", id=application.id, expect=404)


def test_staff_answer_no_offer_for_a_company(browser, application, team, at):
    at(BEFORE)
    browser.sign_in(team, now=BEFORE)
    browser.get("programmes.offer", id=application.id)
    answers = {"name": "Ingrid Vik", "agrees": "y"}
    browser.send("programmes.accept_offer", answers, id=application.id, expect=403)
    browser.send("programmes.decline_offer", id=application.id, expect=403)


def test_declining_frees_the_place_and_tells_the_contact(
    browser, session, call, offer, application, founder, at
):
    at(BEFORE)
    browser.sign_in(founder, now=BEFORE)
    browser.fill("programmes.decline_offer", {"note": "We move to Oslo."}, id=application.id)
    assert (offer.state, application.state.value) == (OfferState.DECLINED, "declined")
    assert (offer.answered_by_id, offer.answer_note) == (founder.id, "We move to Oslo.")
    assert session.scalar(select(Cohort.held)) == 0
    assert adds_up(browser)
    subject = "Nordlys Graphics declined a place in “Spring cohort”"
    assert mails(session) == [(call.contact.email, subject)]
    browser.send("programmes.decline_offer", id=application.id, expect=409)
    assert session.scalar(select(Cohort.held)) == 0


def test_a_company_that_is_in_the_cohort_already_takes_no_second_place(
    browser, session, make, call, offer, application, founder, at
):
    make.Participation(cohort=call.cohort, organisation=application.organisation)
    at(BEFORE)
    browser.sign_in(founder, now=BEFORE)
    answers = {"name": "Kari", "agrees": "y"}
    page = browser.send("programmes.accept_offer", answers, id=application.id, expect=409)
    assert "in the cohort already" in page.text
    assert offer.state is OfferState.OPEN


def test_an_open_offer_stands_on_the_desks_of_both_sides(
    browser, offer, application, team, founder, at
):
    at(ENDS - timedelta(days=2))
    browser.sign_in(team, now=ENDS - timedelta(days=2))
    assert "Offer to Nordlys Graphics expires" in browser.get("site.desk").text
    browser.sign_in(founder, now=ENDS - timedelta(days=2))
    page = browser.get("site.desk")
    assert page.select(f"a[href='/programmes/applications/{application.id}/offer']")

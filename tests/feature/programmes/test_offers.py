"""Offers as applicants answer them and as the portal reminds of them and ends them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.models import (
    ApplicationState,
    AuditEvent,
    Cohort,
    OfferState,
    OutgoingMail,
    Participation,
    ParticipationState,
)
from portal.programmes.jobs import offers as jobs
from portal.programmes.queries.cohorts import miscounted
from tests.feature.programmes.told import actions, adds_up, mails

ENDS = datetime(2026, 3, 31, 10, tzinfo=UTC)
BEFORE = ENDS - timedelta(seconds=1)


@pytest.fixture
def call(make):
    cohort = make.Cohort(name_en="Spring cohort", capacity=3, manager__name="Jon Lie")
    return make.Call(closed=True, cohort=cohort, title_en="Accelerator, spring")


@pytest.fixture
def agreement(make, call):
    return make.Agreement(cohort_id=call.cohort.id, text_en="You take part, and **we** help.")


@pytest.fixture
def offer(make, call, agreement, company, founder):
    """An offer that holds the one place that is held."""
    application = make.Application(
        call=call, organisation=company, lead_id=founder.id, sent=True,
        state=ApplicationState.OFFERED,
    )  # fmt: skip
    call.cohort.held = 1
    return make.Offer(
        application=application,
        agreement=agreement,
        offered_at=ENDS - timedelta(days=14),
        expires_at=ENDS,
    )


@pytest.fixture
def application(offer):
    return offer.application


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


def test_an_offer_that_nobody_answered_ends_by_itself_once(
    app, browser, session, call, offer, application, founder, at
):
    session.commit()
    at(BEFORE)
    with app.app_context():
        jobs.lapse()
    session.commit()
    assert offer.state is OfferState.OPEN

    at(ENDS)
    for _ in range(2):
        with app.app_context():
            jobs.lapse()
    session.commit()
    assert (offer.state, application.state.value) == (OfferState.LAPSED, "offer_lapsed")
    assert offer.answered_at == ENDS
    assert session.scalar(select(Cohort.held)) == 0
    assert actions(session) == ["application.offer_lapsed"]
    assert session.scalars(select(AuditEvent.actor_id)).all() == [None]
    assert mails(session) == [
        (founder.email, "The offer of a place has ended: “Accelerator, spring”"),
        (call.contact.email, "No answer from Nordlys Graphics: a place is free"),
    ]


@pytest.mark.parametrize(
    ("left", "letters"),
    [
        (timedelta(days=4, seconds=1), 0),
        (timedelta(days=4), 1),
        (timedelta(days=1, seconds=1), 1),
        (timedelta(days=1), 1),
        (timedelta(seconds=1), 1),
        (timedelta(0), 0),
    ],
)
def test_reminders_of_an_offer_go_out_when_its_end_is_near(
    app, session, offer, founder, at, left, letters
):
    session.commit()
    at(ENDS - left)
    for _ in range(2):
        with app.app_context():
            jobs.remind()
    assert len(mails(session)) == letters
    if letters:
        [(address, subject)] = mails(session)
        assert address == founder.email
        assert subject.startswith("Answer by Tuesday 31 March 2026 at 12:00")


def test_each_reminder_comes_once(app, session, offer, at):
    session.commit()
    for left in (timedelta(days=4), timedelta(days=3), timedelta(days=1), timedelta(hours=2)):
        at(ENDS - left)
        with app.app_context():
            jobs.remind()
    assert len(mails(session)) == 2


def test_an_offer_of_a_few_days_is_not_reminded_of_on_its_heels(app, session, offer, at):
    offer.offered_at = ENDS - timedelta(days=2)
    session.commit()
    at(ENDS - timedelta(days=2))
    with app.app_context():
        jobs.remind()
    assert mails(session) == []


def test_an_offer_made_by_mistake_is_taken_back_with_a_reason(
    browser, session, offer, application, team, founder, at
):
    at(BEFORE)
    browser.sign_in(team, now=BEFORE)
    browser.fill("programmes.take_back_offer", id=application.id, expect=422)
    assert offer.state is OfferState.OPEN
    reason = {"reason": "Two applications were mixed up."}
    browser.fill("programmes.take_back_offer", reason, id=application.id)
    assert (offer.state, application.state.value) == (OfferState.REVOKED, "in_review")
    assert session.scalar(select(Cohort.held)) == 0
    assert adds_up(browser)
    [(address, subject)] = mails(session)
    assert (address, subject) == (
        founder.email, "We have to take back our offer: “Accelerator, spring”",
    )  # fmt: skip
    assert "Two applications were mixed up." in session.scalar(select(OutgoingMail.text))
    browser.sign_in(founder, now=BEFORE)
    assert "eing assessed" in browser.get("programmes.application", id=application.id).text
    browser.send(
        "programmes.accept_offer", {"name": "Kari", "agrees": "y"}, id=application.id, expect=409
    )


def test_withdrawing_lets_the_offer_and_its_place_go(
    browser, session, offer, application, founder, at
):
    at(BEFORE)
    browser.sign_in(founder, now=BEFORE)
    browser.fill("programmes.withdraw", id=application.id)
    assert offer.state is OfferState.DECLINED
    assert session.scalar(select(Cohort.held)) == 0
    assert adds_up(browser)


def test_withdrawing_after_accepting_leaves_the_cohort(
    browser, session, offer, application, founder, at
):
    at(BEFORE)
    browser.sign_in(founder, now=BEFORE)
    browser.send("programmes.accept_offer", {"name": "Kari", "agrees": "y"}, id=application.id)
    browser.fill("programmes.withdraw", {"reason": "We were bought."}, id=application.id)
    assert session.scalar(select(Participation.state)) is ParticipationState.LEFT_EARLY
    assert session.scalar(select(Cohort.held)) == 0
    assert adds_up(browser)


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


def test_the_count_of_places_tells_when_it_is_wrong(browser, session, offer):
    offer.cohort.held = 2
    session.commit()
    with browser.app.app_context():
        [found] = miscounted()
    assert (found.held, found.counted) == (2, 1)


def test_an_open_offer_stands_on_the_desks_of_both_sides(
    browser, offer, application, team, founder, at
):
    at(ENDS - timedelta(days=2))
    browser.sign_in(team, now=ENDS - timedelta(days=2))
    assert "Offer to Nordlys Graphics expires" in browser.get("site.desk").text
    browser.sign_in(founder, now=ENDS - timedelta(days=2))
    page = browser.get("site.desk")
    assert page.select(f"a[href='/programmes/applications/{application.id}/offer']")

"""Offers as the portal reminds of them and ends them, and as either side lets go."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.models import (
    AuditEvent,
    Cohort,
    OfferState,
    OutgoingMail,
    Participation,
    ParticipationState,
)
from portal.programmes.jobs import offers as jobs
from portal.programmes.queries.cohorts import miscounted
from tests.feature.programmes.offers.told import BEFORE, ENDS
from tests.feature.programmes.told import actions, adds_up, mails


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


def test_the_count_of_places_tells_when_it_is_wrong(browser, session, offer):
    offer.cohort.held = 2
    session.commit()
    with browser.app.app_context():
        [found] = miscounted()
    assert (found.held, found.counted) == (2, 1)


def test_a_command_counts_the_places_afresh(app, session, offer):
    session.commit()
    done = app.test_cli_runner().invoke(args=["programmes", "audit"])
    assert (done.exit_code, done.output.split()[:2]) == (0, ["Every", "cohort"])
    offer.cohort.held = 2
    session.commit()
    done = app.test_cli_runner().invoke(args=["programmes", "audit"])
    assert done.exit_code == 1
    told = f"The cohort {offer.cohort_id} holds 2 places, but its open offers"
    assert done.output.startswith(told)
    assert done.output.endswith("companies need 1.\n")

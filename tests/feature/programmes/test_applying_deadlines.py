"""What a deadline does: reminders before it, the end of drafts after it; and leaving by oneself."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.models import (
    ApplicationState,
    AuditEvent,
    CallState,
    Cohort,
    DecisionState,
    OfferState,
    OutgoingMail,
    ParticipationState,
    Reminder,
)
from portal.programmes.jobs import applying as sweeps
from tests.factories.base import days

S = ApplicationState


@pytest.fixture
def call(make):
    found = make.Call(title_en="Accelerator, spring", title_nb="Akselerator, vår")
    make.questions(found, "short", "number")
    return found


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys Graphics")


@pytest.fixture
def founder(make, company):
    return make.colleague(company, "administrator", email="kari@nordlys.example")


@pytest.fixture
def draft(make, call, company, founder):
    return make.Application(
        call=call, organisation=company, lead_id=founder.id, created_at=days(-30)
    )


@pytest.fixture
def sweep(app, session, at):
    """Let time pass to a moment and the sweeps run."""

    def run(moment: datetime) -> None:
        session.commit()
        at(moment)
        with app.app_context():
            sweeps.remind()
            sweeps.lapse()
            db.session.remove()
        session.expire_all()

    return run


def mails(session):
    rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    return [(mail.recipient, mail.subject) for mail in rows]


def actions(session):
    return session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()


def test_a_draft_lapses_shortly_after_the_deadline_with_a_kind_letter(
    session, sweep, call, draft, founder
):
    closes = call.closes_at
    sweep(closes)
    assert draft.state is S.DRAFT, "what was sent in time is still being dealt with"
    session.query(OutgoingMail).delete()
    sweep(closes + timedelta(minutes=2))
    assert draft.state is S.LAPSED
    assert mails(session) == [
        (founder.email, "Your application to “Accelerator, spring” was not sent")
    ]
    assert actions(session)[-1] == "application.lapsed"
    sweep(closes + timedelta(minutes=3))
    assert len(mails(session)) == 1


def test_what_was_sent_does_not_lapse(session, sweep, make, call):
    sent = make.Application(call=call, sent=True)
    sweep(call.closes_at + timedelta(days=1))
    assert sent.state is S.SUBMITTED


def test_the_draft_of_a_cancelled_call_lapses(session, sweep, call, draft):
    call.state = CallState.CANCELLED
    sweep(days(0))
    assert draft.state is S.LAPSED


def test_people_are_reminded_a_week_and_a_day_before_once_each(
    session, sweep, make, call, company, draft, founder
):
    make.colleague(company, "member")
    closes = call.closes_at = days(20)
    sweep(closes - timedelta(days=8))
    assert mails(session) == []
    sweep(closes - timedelta(days=7))
    sweep(closes - timedelta(days=6))
    sweep(closes - timedelta(days=1))
    sweep(closes - timedelta(hours=1))
    assert [recipient for recipient, _subject in mails(session)] == [founder.email] * 2
    [first, _second] = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    assert first.subject.startswith("“Accelerator, spring” closes on")
    assert "Of its 2 questions, 2 still need you." in first.text
    assert actions(session) == ["application.reminded"] * 2


def test_whoever_begins_on_the_last_days_is_not_reminded_of_what_they_just_read(
    session, sweep, call, draft
):
    draft.created_at = call.closes_at - timedelta(days=3)
    sweep(call.closes_at - timedelta(days=2))
    assert mails(session) == []
    assert session.scalars(select(Reminder.rule)).all() == ["deadline-week"]
    sweep(call.closes_at - timedelta(hours=20))
    assert len(mails(session)) == 1


def test_a_reminder_is_in_its_readers_language_and_names_who_leads(
    session, sweep, make, call, company, draft
):
    leader = make.colleague(company, "member", language="nb", email="jon@nordlys.example")
    draft.lead_id = leader.id
    sweep(call.closes_at - timedelta(hours=20))
    letter = session.scalar(select(OutgoingMail).where(OutgoingMail.recipient == leader.email))
    assert letter.language == "nb"
    assert "Akselerator, vår" in letter.subject


def test_somebody_who_left_the_organisation_hears_nothing(
    session, sweep, make, call, company, draft, founder
):
    gone = make.Person(email="gone@nordlys.example")
    make.Affiliation(person=gone, organisation=company, ends_at=days(-1))
    draft.lead_id = gone.id
    sweep(call.closes_at - timedelta(hours=20))
    assert [recipient for recipient, _subject in mails(session)] == [founder.email]


def test_a_draft_is_withdrawn_quietly_and_another_can_be_begun(
    browser, session, call, draft, founder
):
    browser.sign_in(founder)
    browser.fill("programmes.withdraw", id=draft.id)
    assert draft.state is S.WITHDRAWN
    assert mails(session) == []
    browser.send("programmes.begin", slug=call.slug)
    assert browser.response.location != f"/programmes/applications/{draft.id}"


@pytest.mark.parametrize("state", ["submitted", "in_review"])
def test_a_sent_application_is_withdrawn_and_the_contact_is_told_why(
    browser, session, make, call, company, founder, state
):
    sent = make.Application(call=call, organisation=company, sent=True, state=S.of(state))
    browser.sign_in(founder)
    browser.fill("programmes.withdraw", {"reason": "We were bought."}, id=sent.id)
    assert (sent.state, sent.closed_reason) == (S.WITHDRAWN, "We were bought.")
    assert sorted(mails(session)) == sorted([
        (founder.email, "Your application to “Accelerator, spring” is withdrawn"),
        (call.contact.email, "Nordlys Graphics withdrew from “Accelerator, spring”"),
    ])  # fmt: skip
    page = browser.get("programmes.application", id=sent.id)
    assert page.select_one(".lead .status").text == "Withdrawn"
    assert "We were bought." in page.text
    page = browser.send("programmes.withdraw", id=sent.id, expect=409)
    assert "It is “Withdrawn”." in page.text


def test_withdrawing_from_the_waiting_list_gives_up_the_rank(browser, make, call, company, founder):
    waiting = make.Application(
        call=call, organisation=company, sent=True, state=S.WAITLISTED, waiting_rank=1
    )
    browser.sign_in(founder)
    browser.fill("programmes.withdraw", id=waiting.id)
    assert (waiting.state, waiting.waiting_rank) == (S.WITHDRAWN, None)


def test_withdrawing_with_an_open_offer_lets_the_place_go(
    browser, session, make, call, company, founder
):
    offered = make.Application(call=call, organisation=company, sent=True, state=S.OFFERED)
    call.cohort.held = 3
    offer = make.Offer(application=offered)
    browser.sign_in(founder)
    assert "you lose it" in browser.get("programmes.withdraw", id=offered.id).text
    browser.fill("programmes.withdraw", id=offered.id)
    assert (offered.state, offer.state) == (S.WITHDRAWN, OfferState.DECLINED)
    assert session.scalar(select(Cohort.held)) == 2


def test_withdrawing_after_accepting_leaves_the_cohort(
    browser, session, make, call, company, founder
):
    accepted = make.Application(call=call, organisation=company, sent=True, state=S.ACCEPTED)
    call.cohort.held = 3
    place = make.Participation(cohort=call.cohort, organisation=company, application=accepted)
    browser.sign_in(founder)
    browser.fill("programmes.withdraw", {"reason": "No time."}, id=accepted.id)
    assert (accepted.state, place.state) == (S.WITHDRAWN, ParticipationState.LEFT_EARLY)
    assert session.scalar(select(Cohort.held)) == 2
    assert sorted(actions(session)) == ["application.withdrawn", "participation.left"]


def test_a_company_that_graduated_withdraws_nothing(browser, session, make, call, company, founder):
    accepted = make.Application(call=call, organisation=company, sent=True, state=S.ACCEPTED)
    call.cohort.held = 3
    make.Participation(
        cohort=call.cohort, organisation=company, application=accepted,
        state=ParticipationState.GRADUATED, left_on=days(-1).date(),
    )  # fmt: skip
    browser.sign_in(founder)
    browser.fill("programmes.withdraw", id=accepted.id, expect=409)
    assert accepted.state is S.ACCEPTED
    assert session.scalar(select(Cohort.held)) == 3


def test_a_decision_that_was_being_prepared_falls_away_unseen_by_the_applicant(
    browser, session, make, call, company, founder
):
    reviewed = make.Application(call=call, organisation=company, reviewed=True)
    decision = make.ApplicationDecision(application=reviewed)
    browser.sign_in(founder)
    browser.fill("programmes.withdraw", id=reviewed.id)
    assert decision.state is DecisionState.REVOKED
    page = browser.get("programmes.application", id=reviewed.id)
    lines = [li.strong.text for li in page.select(".timeline li")]
    assert lines == ["Application withdrawn"]


@pytest.mark.parametrize("state", ["unsuccessful", "ineligible", "declined", "lapsed"])
def test_what_is_over_cannot_be_withdrawn(browser, make, call, company, founder, state):
    over = make.Application(call=call, organisation=company, sent=True, state=S.of(state))
    browser.sign_in(founder)
    assert "There is nothing to withdraw" in browser.get("programmes.withdraw", id=over.id).text
    browser.send("programmes.withdraw", id=over.id, expect=409)
    assert over.state is S.of(state)


def test_a_decided_but_unpublished_application_reads_being_assessed(
    browser, session, make, call, company, founder
):
    reviewed = make.Application(call=call, organisation=company, reviewed=True)
    other = make.Person()
    make.ApplicationDecision(
        application=reviewed, state=DecisionState.APPROVED, approved_by=other,
        feedback="CANARY", rationale="CANARY",
    )  # fmt: skip
    browser.sign_in(founder)
    pages = [
        browser.get("programmes.application", id=reviewed.id),
        browser.get("programmes.applications"),
        browser.get("programmes.withdraw", id=reviewed.id),
    ]
    assert [page.select_one(".status").text for page in pages[:2]] == ["Being assessed"] * 2
    assert not any("CANARY" in page.text or "ecision" in page.text for page in pages)


def test_feedback_is_read_when_its_decision_is_published(browser, make, call, company, founder):
    over = make.Application(call=call, organisation=company, sent=True, state=S.UNSUCCESSFUL)
    make.ApplicationDecision(
        application=over, state=DecisionState.PUBLISHED, approved_by=make.Person(),
        published_at=days(-1), feedback="Come back with a customer.", rationale="CANARY",
    )  # fmt: skip
    browser.sign_in(founder)
    page = browser.get("programmes.application", id=over.id)
    assert "Come back with a customer." in page.text
    assert "CANARY" not in page.text


def test_the_desk_says_what_to_finish_and_what_to_wait_for(
    browser, make, call, company, draft, founder
):
    make.Application(organisation=company, call=make.Call(title_en="Incubator"), reviewed=True)
    browser.sign_in(founder)
    page = browser.get("site.desk")
    assert "Finish the application to “Accelerator, spring”" in page.text
    assert "Your application to “Incubator”" in page.text
    assert "Being assessed; you hear from us by" in page.text

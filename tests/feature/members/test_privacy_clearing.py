"""Clearing: counted first, cleared batch by batch, and a second time there is nothing to do."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.members.privacy import clearing, runs
from portal.members.privacy.clearing import rule
from portal.models import (
    EnquiryState,
    JoiningMessage,
    LoginSession,
    MailState,
    MembershipEnquiry,
    OutgoingMail,
    Person,
    RetentionRun,
    RunState,
    Throttle,
)
from portal.platform import jobs
from portal.platform.database import unit

#: Written by hand: every rule, and whether it runs at night by itself.
RULES = {
    "applications": False, "enquiries": False, "sessions": True, "links": True,
    "sign_in_links": True, "address_claims": True, "used_answers": True, "throttles": True,
    "letters": True, "work": True, "imports": True, "copies": True, "dormant": False,
    "dormant_unanswered": False,
}  # fmt: skip


@pytest.fixture
def admin(make, browser):
    person = make.staff("administrator", factor_since=clock.now())
    browser.sign_in(person)
    return browser


def ago(days):
    return clock.now() - timedelta(days=days)


def only(session, kind):
    session.rollback()
    return session.scalars(select(kind)).one()


def how_many(session, kind, *so):
    session.rollback()
    return session.scalar(select(func.count()).select_from(kind).where(*so))


def work_off(app):
    with app.app_context():
        while jobs.run_one():
            pass


def clear(app, browser, session, *rules):
    """Count by some rules and clear; return what was due and what was done, by rule."""
    browser.send("members.clearings", {"rules": list(rules)})
    id = browser.response.location.rpartition("/")[2]
    browser.get("members.clearing", id=id)
    browser.send("members.run_clearing", id=id)
    work_off(app)
    session.rollback()
    row = session.get(RetentionRun, UUID(id))
    assert row.state is RunState.DONE
    return {key: (tally["due"], tally["done"]) for key, tally in row.tallies.items()}


def test_every_rule_is_known_and_only_the_harmless_run_at_night():
    assert {rule.key: rule.nightly for rule in clearing.RULES} == RULES


def test_what_is_old_goes_and_what_is_not_stays(app, admin, session, make):
    someone = make.Person()
    for days in (100, 10):
        make.LoginSession(person=someone, ended_at=ago(days), end_reason="signed out")
        session.add(Throttle(key=f"try {days}", count=1, expires_at=ago(days - 9.5)))
        session.add(
            OutgoingMail(
                message_id=f"{days}@x", recipient="a@example.org", subject="Hello", text="Words",
                html="<p>Words</p>", language="en", state=MailState.SENT, sent_at=ago(days),
            )
        )  # fmt: skip
    for days in (400, 300):
        make.MembershipEnquiry(state=EnquiryState.ANSWERED, handled_at=ago(days))
    make.MembershipEnquiry(created_at=ago(900))
    session.commit()
    done = clear(app, admin, session, "sessions", "throttles", "letters", "enquiries")
    assert done == {
        "sessions": (1, 1), "throttles": (1, 1), "letters": (1, 1), "enquiries": (1, 1),
    }  # fmt: skip
    assert how_many(session, LoginSession, LoginSession.person_id == someone.id) == 1
    assert how_many(session, OutgoingMail, OutgoingMail.text == "") == 1
    assert how_many(session, MembershipEnquiry) == 2


def test_applications_that_came_to_nothing_say_nothing_after_a_year(app, admin, session, make):
    lost, won, young = (
        make.MembershipApplication(state=state, decided_at=ago(days), **more)
        for state, days, more in (
            ("declined", 400, {"sent": True}), ("withdrawn", 300, {}),
            ("withdrawn", 400, {"answers": {"a": 1}})
        )
    )  # fmt: skip
    for row in (lost, won, young):
        session.add(
            JoiningMessage(
                application_id=row.id, person_id=row.applicant_id, from_us=False,
                text="We are four people.", at=ago(500),
            )
        )  # fmt: skip
    session.commit()
    assert clear(app, admin, session, "applications")["applications"] == (2, 2)
    texts = session.execute(select(JoiningMessage.application_id, JoiningMessage.text)).all()
    assert dict(texts) == {lost.id: "", won.id: "We are four people.", young.id: ""}
    assert clear(app, admin, session, "applications")["applications"] == (0, 0)


def test_a_second_clearing_changes_nothing(app, admin, session, make):
    make.LoginSession(ended_at=ago(100), end_reason="ended")
    make.Person(created_at=ago(900))
    session.commit()
    first = clear(app, admin, session, *RULES)
    assert (first["sessions"], first["dormant"]) == ((1, 1), (1, 1))
    second = clear(app, admin, session, *RULES)
    assert {key: tally for key, tally in second.items() if tally != (0, 0)} == {}


def test_nothing_is_cleared_before_somebody_says_so(app, admin, session, make):
    make.LoginSession(ended_at=ago(100), end_reason="ended")
    session.commit()
    before = how_many(session, LoginSession)
    admin.send("members.clearings", {"rules": ["sessions"]})
    work_off(app)
    assert how_many(session, LoginSession) == before
    assert only(session, RetentionRun).tallies == {"sessions": {"due": 1, "done": 0}}


def test_a_clearing_that_was_cut_short_goes_on_where_it_stopped(
    app, admin, session, make, monkeypatch
):
    monkeypatch.setattr(rule, "BATCH", 2)
    for _ in range(5):
        make.LoginSession(ended_at=ago(100), end_reason="ended")
    session.commit()
    admin.send("members.clearings", {"rules": ["sessions"]})
    id = only(session, RetentionRun).id
    admin.send("members.run_clearing", id=id)
    with app.app_context(), unit():
        assert runs.go_on(id, now=clock.now()) is True
    assert only(session, RetentionRun).handled == 2
    assert "2 of 5" in admin.get("members.clearing", id=id).text
    work_off(app)
    assert only(session, RetentionRun).tallies == {"sessions": {"due": 5, "done": 5}}


def test_who_was_silent_for_two_years_is_asked_and_made_nameless_after_sixty_days(
    app, at, admin, session, make, letters
):
    silent = make.Person(email="silent@example.org", created_at=ago(1000))
    back = make.Person(email="back@example.org", created_at=ago(1000))
    make.Person(email="lately@example.org", last_signed_in_at=ago(700))
    make.colleague(make.Organisation(), email="belongs@example.org", created_at=ago(1000))
    session.commit()
    assert clear(app, admin, session, "dormant")["dormant"] == (2, 2)
    assert "Do you still need" in letters("silent@example.org")[-1].subject
    at(clock.now() + timedelta(days=30))
    session.get(Person, back.id).last_signed_in_at = clock.now()
    session.commit()
    at(clock.now() + timedelta(days=31))
    admin.sign_in(make.staff("administrator", factor_since=clock.now()))
    assert clear(app, admin, session, "dormant_unanswered")["dormant_unanswered"] == (1, 1)
    session.rollback()
    assert session.get(Person, silent.id).email.endswith("@erased.invalid")
    assert session.get(Person, back.id).email == "back@example.org"


def test_the_night_clears_by_itself_and_leaves_no_trace_where_there_is_nothing(app, session, make):
    with app.app_context():
        jobs.REGISTRY["members.clear_tonight"]()
    assert how_many(session, RetentionRun) == 0
    make.LoginSession(ended_at=ago(100), end_reason="ended")
    session.commit()
    with app.app_context():
        jobs.REGISTRY["members.clear_tonight"]()
    work_off(app)
    run = only(session, RetentionRun)
    assert (run.state, run.counted_by_id) == (RunState.DONE, None)
    assert how_many(session, LoginSession) == 0


def test_the_command_counts_and_clears_only_when_told_to(app, session, make):
    make.LoginSession(ended_at=ago(100), end_reason="ended")
    session.commit()
    said = app.test_cli_runner().invoke(args=["members", "retention"]).output
    assert "       1  sessions" in said
    assert how_many(session, LoginSession) == 1
    args = ["members", "retention", "--clear", "--rule", "sessions"]
    assert "       1  sessions" in app.test_cli_runner().invoke(args=args).output
    assert how_many(session, LoginSession) == 0

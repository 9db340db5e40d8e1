"""Requests about one's own data: asked, checked, answered, late, refused; and texts accepted."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.models import (
    AuditEvent,
    ConsentEvent,
    ExportState,
    Page,
    PageRevision,
    PersonalExport,
    PrivacyRequest,
    RetentionRun,
    StoredFile,
)
from portal.platform import files, jobs
from tests.factories.members import LONG_AGO, today
from tests.feature.members.conftest import PASSWORD
from tests.support.browser import Browser


@pytest.fixture
def keeper(make, another_browser):
    person = make.staff("membership", name="Keeper")
    another_browser.sign_in(person)
    return another_browser


def only(session, kind):
    session.rollback()
    return session.scalars(select(kind)).one()


def worked(app):
    with app.app_context():
        while jobs.run_one():
            pass


def test_a_request_goes_from_the_person_to_an_answer(browser, keeper, session, make, letters):
    person = make.Person(name="Asking Anna")
    browser.sign_in(person)
    browser.fill("members.ask_privacy", {"kind": "rectify", "wish": "It is Anne."})
    browser.send("members.ask_privacy", {"kind": "rectify"}, expect=422)
    browser.send("members.ask_privacy", {"kind": "rectify", "wish": "Again."}, expect=409)
    id = only(session, PrivacyRequest).id
    desk = keeper.get("site.desk")
    assert "Answer Asking Anna" in desk.text
    keeper.fill("members.step_privacy_request", {"words": "Signed in."}, id=id, move="check")
    keeper.fill("members.step_privacy_request", {"words": "It is Anne now."}, id=id, move="finish")
    assert "It is Anne now." in browser.get("members.privacy").text
    assert [letter.subject for letter in letters(person.email)] == [
        "We have received your request",
        "The answer to your request",
    ]
    keeper.send("members.step_privacy_request", {"words": "x"}, id=id, move="refuse", expect=409)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("rectify", "Say what is wrong, and what would be right."),
        ("object", "Say what we should stop."),
    ],
)
def test_what_has_to_be_said_is_asked_for_at_its_question_which_is_not_called_optional(
    browser, make, kind, reason
):
    browser.sign_in(make.Person())
    asked = browser.get("members.ask_privacy").select_one("label[for=wish]").text
    assert asked == "What is wrong, or what should we stop?"
    page = browser.send("members.ask_privacy", {"kind": kind, "wish": "  "}, expect=422)
    assert page.select_one("#wish-error").text == reason


def test_to_be_erased_nothing_has_to_be_said(browser, make):
    browser.sign_in(make.Person())
    browser.fill("members.ask_privacy", {"kind": "erase", "wish": ""})


def test_whoever_asked_reads_their_own_words_again_and_nobody_elses(browser, keeper, make):
    browser.sign_in(make.Person())
    browser.fill("members.ask_privacy", {"kind": "rectify", "wish": "My name is\nAnne."})
    assert "You wrote: My name is\nAnne." in browser.get("members.privacy").text
    assert "Anne" not in keeper.get("members.privacy").text


def test_an_answer_is_owed_within_a_calendar_month_and_more_time_is_given_once(
    at, browser, keeper, session, make, letters
):
    at(datetime(2027, 1, 31, 12, tzinfo=UTC))
    person = make.Person()
    browser.sign_in(person, now=clock.now())
    keeper.sign_in(make.staff("membership", factor_since=LONG_AGO), now=clock.now())
    browser.fill("members.ask_privacy", {"kind": "object", "wish": "No pictures."})
    row = only(session, PrivacyRequest)
    assert row.due_at == datetime(2027, 2, 28, 23, tzinfo=UTC)
    keeper.fill("members.step_privacy_request", {"words": "Much."}, id=row.id, move="extend")
    assert only(session, PrivacyRequest).due_at == datetime(2027, 4, 30, 22, tzinfo=UTC)
    again = {"words": "More."}
    keeper.send("members.step_privacy_request", again, id=row.id, move="extend", expect=409)
    assert "Much." in letters(person.email)[-1].text


def test_what_is_late_says_so_and_can_not_be_extended(at, browser, keeper, session, make):
    at(datetime(2027, 1, 5, 12, tzinfo=UTC))
    browser.sign_in(make.Person(name="Late Larsen"), now=clock.now())
    browser.fill("members.ask_privacy", {"kind": "object", "wish": "No calls."})
    at(datetime(2027, 2, 5, 23, tzinfo=UTC))
    keeper.sign_in(make.staff("membership", factor_since=LONG_AGO), now=clock.now())
    assert "too late" in keeper.get("members.privacy_requests").text
    id = only(session, PrivacyRequest).id
    words = {"words": "Much."}
    keeper.send("members.step_privacy_request", words, id=id, move="extend", expect=409)
    keeper.send("members.step_privacy_request", {}, id=id, move="refuse", expect=422)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("erase", "You asked us to erase your data and close your account."),
        ("rectify", "You asked us to correct what we hold about you."),
        ("object", "You object to a way in which we use your data."),
    ],
)
def test_whoever_asked_reads_it_as_their_own_and_staff_as_theirs(
    browser, keeper, session, make, letters, kind, told
):
    person = make.Person()
    browser.sign_in(person)
    browser.fill("members.ask_privacy", {"kind": kind, "wish": "Please."})
    assert told in letters(person.email)[0].text
    assert told in browser.get("members.privacy").main.text
    keeper.sign_in(make.staff("membership"))
    assert told not in keeper.get("members.privacy_requests").main.text


def test_what_came_by_letter_counts_from_the_day_it_came(keeper, session, make):
    make.Person(email="writes@example.org")
    came = today() - timedelta(days=9)
    wrote = {"email": "writes@example.org", "kind": "access", "received_on": came.isoformat()}
    keeper.fill("members.enter_privacy_request", wrote)
    assert (clock.now() - only(session, PrivacyRequest).received_at).days == 9
    late = wrote | {"received_on": "2090-01-01", "kind": "erase"}
    keeper.send("members.enter_privacy_request", late, expect=422)


def test_somebody_takes_a_request_back_and_nobody_else_does(browser, keeper, session, make):
    browser.sign_in(make.Person())
    browser.fill("members.ask_privacy", {"kind": "erase"})
    id = only(session, PrivacyRequest).id
    keeper.send("members.withdraw_privacy", id=id, expect=404)
    browser.send("members.withdraw_privacy", id=id)
    keeper.send("members.step_privacy_request", {"words": "x"}, id=id, move="check", expect=409)


def test_a_copy_holds_what_is_ones_own_and_nothing_of_others(
    app, browser, another_browser, session, make, letters
):
    organisation = make.Organisation(display_name="Copy AS")
    person = make.colleague(organisation, "member", name="Copied Kari", phone="99 88 77 66")
    other = make.colleague(organisation, "member", name="Other Olsen", email="olsen@example.org")
    mine = make.StoredFile(
        key="organisation/mine", name="mine.pdf", owner_id=organisation.id, uploaded_by_id=person.id
    )
    with app.app_context():
        files.store().put(mine.key, b"%PDF-1.7 mine")
    browser.sign_in(person)
    browser.send("members.ask_for_copy")
    browser.send("members.ask_for_copy")
    worked(app)
    copy = only(session, PersonalExport)
    assert (copy.state, copy.handled == copy.total > 20) == (ExportState.READY, True)
    browser.open("GET", f"/files/{copy.file_id}")
    archive = zipfile.ZipFile(io.BytesIO(browser.response.data))
    account = json.loads(archive.read("account.json"))
    assert [(row["name"], row["phone"]) for row in account] == [("Copied Kari", "99 88 77 66")]
    roles = json.loads(archive.read("affiliations.json"))
    assert [(row["organisation"], row["role"]) for row in roles] == [("Copy AS", "member")]
    assert archive.read("affiliations.csv").startswith(b"\xef\xbb\xbforganisation;role;")
    enclosed = [name for name in archive.namelist() if name.startswith("files/")]
    assert [archive.read(name) for name in enclosed] == [b"%PDF-1.7 mine"]
    everything = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (
        b"Other Olsen",
        b"olsen@example.org",
        b"password_hash",
        b"token_hash",
        b"argon2",
    ):
        assert secret not in everything
    another_browser.sign_in(other)
    another_browser.open("GET", f"/files/{copy.file_id}", expect=404)
    another_browser.sign_in(make.staff("administrator"))
    another_browser.open("GET", f"/files/{copy.file_id}", expect=404)
    assert letters(person.email)[-1].subject == "The copy of your data is ready"


def test_a_copy_is_gone_after_seven_days_bytes_and_all(app, at, browser, session, make):
    person = make.Person()
    browser.sign_in(person)
    browser.send("members.ask_for_copy")
    worked(app)
    file_id = only(session, PersonalExport).file_id
    with app.app_context():
        key = session.get(StoredFile, file_id).key
        assert key in set(files.every_key())
    at(clock.now() + timedelta(days=7, minutes=1))
    with app.app_context():
        jobs.REGISTRY["members.clear_tonight"]()
    worked(app)
    assert only(session, PersonalExport).state is ExportState.GONE
    with app.app_context():
        assert key not in set(files.every_key())


def test_a_copy_needs_a_fresh_proof(app, session, make):
    stale = Browser(app, session)
    stale.sign_in(make.Person(), now=clock.now() - timedelta(hours=1))
    stale.send("members.ask_for_copy", expect={302, 403, 409, 422})
    session.rollback()
    assert session.scalars(select(PersonalExport)).all() == []


def test_who_asks_by_letter_to_see_everything_gets_a_copy(app, keeper, session, make):
    make.Person(email="writes@example.org")
    wrote = {"email": "writes@example.org", "kind": "access", "received_on": "2026-01-05"}
    keeper.fill("members.enter_privacy_request", wrote)
    id = only(session, PrivacyRequest).id
    keeper.fill("members.step_privacy_request", {"words": "Called."}, id=id, move="check")
    keeper.fill("members.step_privacy_request", {"words": "Here."}, id=id, move="finish")
    worked(app)
    assert only(session, PersonalExport).state is ExportState.READY


def test_a_change_that_matters_is_read_at_the_next_sign_in(
    app, browser, another_browser, session, make, holder
):
    person = holder(email="reads@example.org")
    text = session.scalar(select(PageRevision).join(Page, Page.revision_id == PageRevision.id)
                          .where(Page.key == "terms"))  # fmt: skip
    another_browser.sign_in(make.staff("administrator"))
    words = {"summary_en": "Fees are new.", "summary_nb": "Avgiftene er nye."}
    another_browser.fill("members.announce_text", words, id=text.id)
    another_browser.send("members.announce_text", words, id=text.id, expect=409)
    browser.fill("members.sign_in", {"email": person.email, "password": PASSWORD})
    assert browser.response.location.startswith("/account/privacy/changes")
    assert "Fees are new." in browser.get("members.text_changes").text
    browser.fill("members.text_changes", {})
    held = select(ConsentEvent.revision_id).where(ConsentEvent.person_id == person.id)
    assert text.id in session.scalars(held).all()
    assert "Version 1" in browser.get("members.privacy").text
    assert browser.get("members.accepted_text", id=text.id)
    again = Browser(app, session)
    again.fill("members.sign_in", {"email": person.email, "password": PASSWORD})
    assert again.response.location == "/desk"


def test_every_deed_leaves_one_line_in_the_audit(app, browser, keeper, session, make):
    def lines():
        session.rollback()
        return session.scalar(select(func.count()).select_from(AuditEvent))

    def leaves_one(deed, *given, **more):
        before = lines()
        deed(*given, **more)
        assert lines() == before + 1, given

    browser.sign_in(make.Person())
    keeper.sign_in(make.staff("administrator"))
    leaves_one(browser.send, "members.ask_for_copy")
    leaves_one(worked, app)
    leaves_one(browser.send, "members.ask_privacy", {"kind": "rectify", "wish": "A."})
    id, words = only(session, PrivacyRequest).id, {"words": "Looked at."}
    for move in ("check", "extend", "finish"):
        leaves_one(keeper.send, "members.step_privacy_request", words, id=id, move=move)
    leaves_one(browser.send, "members.ask_privacy", {"kind": "object", "wish": "B."})
    id = session.scalar(select(PrivacyRequest.id).where(PrivacyRequest.kind == "object"))
    leaves_one(browser.send, "members.withdraw_privacy", id=id)
    text = session.scalar(select(Page.revision_id).where(Page.key == "privacy"))
    summary = {"summary_en": "New.", "summary_nb": "Nytt."}
    leaves_one(keeper.send, "members.announce_text", summary, id=text)
    leaves_one(browser.fill, "members.text_changes")
    leaves_one(keeper.send, "members.clearings", {"rules": ["sessions"]})
    leaves_one(keeper.send, "members.run_clearing", id=only(session, RetentionRun).id)

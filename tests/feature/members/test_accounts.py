"""Opening an account, proving an address, passwords."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from portal.models import (
    AuditEvent,
    ConsentEvent,
    LoginSession,
    Page,
    Person,
)
from portal.platform import passwords
from tests.feature.members.conftest import PASSWORD, path_in

NEW = {
    "name": "Ingrid Lie",
    "email": "Ingrid@Example.ORG",
    "password": PASSWORD,
    "accepts": "y",
}
ANOTHER = "granite harbour paper lantern"


def test_somebody_signs_up_and_proves_the_address(browser, session, letters):
    browser.fill("members.sign_up", NEW)
    assert browser.response.location == "/sign-up/sent"
    browser.get("members.sign_up_sent")
    person = session.scalar(select(Person))
    assert (person.email, person.name, person.verified_at) == (
        "ingrid@example.org",
        "Ingrid Lie",
        None,
    )
    [letter] = letters("ingrid@example.org")
    address = path_in(letter, "/verify/")
    page = browser.open("GET", address)
    assert session.scalar(select(Person.verified_at)) is None, "a GET proves nothing"
    data = {"csrf_token": page.select_one("main [name=csrf_token]")["value"]}
    browser.open("POST", address, data=data, expect=302)
    assert session.scalar(select(Person.verified_at)) is not None
    browser.open("GET", address, expect=409)


def test_signing_up_keeps_which_texts_were_accepted(browser, session):
    browser.fill("members.sign_up", NEW)
    pages = select(Page.revision_id).where(Page.key.in_(["privacy", "terms"]))
    accepted = session.scalars(select(ConsentEvent.revision_id)).all()
    assert set(accepted) == set(session.scalars(pages))
    assert len(accepted) == 2


def test_signing_up_without_accepting_is_refused(browser, session):
    answers = {key: value for key, value in NEW.items() if key != "accepts"}
    page = browser.fill("members.sign_up", answers, expect=422)
    assert "you must accept the terms" in page.select_one("#accepts-error").text
    assert session.scalar(select(func.count()).select_from(Person)) == 0


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short words", "at least 12 characters"),
        ("password1234", "among the first"),
        ("Ingrid og elgen 77", "without “ingrid”"),
        ("test cluster og elg", "without “test”"),
        ("x" * 201, "at most 200"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(browser, password, reason):
    page = browser.fill("members.sign_up", NEW | {"password": password}, expect=422)
    assert reason in page.select_one("#password-error").text


def heard_hashes(monkeypatch):
    hashed = []
    real = passwords.hashed
    monkeypatch.setattr(passwords, "hashed", lambda text: hashed.append(1) or real(text))
    return hashed


def test_a_known_address_gets_the_same_answer_and_the_same_work(
    browser, another_browser, session, holder, letters, monkeypatch
):
    holder(email="known@example.org", name="Known")
    hashed = heard_hashes(monkeypatch)
    seen = []
    for visitor, email in ((browser, "known@example.org"), (another_browser, "new@example.org")):
        visitor.fill("members.sign_up", NEW | {"email": email})
        seen.append((visitor.response.status_code, visitor.response.location))
        seen.append(visitor.get("members.sign_up_sent").text)
    assert seen[:2] == seen[2:]
    assert len(hashed) == 2
    [letter] = letters("known@example.org")
    assert letter.subject == "You already have an account"
    assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_a_wrong_password_and_an_unknown_address_look_and_cost_the_same(
    browser, another_browser, holder, monkeypatch
):
    holder(email="known@example.org")
    checked = []
    real = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda kept, text: checked.append(1) or real(kept, text))
    pages = []
    for visitor, email in ((browser, "known@example.org"), (another_browser, "nobody@example.org")):
        page = visitor.fill("members.sign_in", {"email": email, "password": ANOTHER}, expect=422)
        for box in page.select("[name=csrf_token], [name=email]"):
            box.decompose()
        pages.append(str(page.main))
    assert pages[0] == pages[1]
    assert "is wrong" in pages[0]
    assert len(checked) == 2


def test_a_forgotten_password_looks_the_same_for_everybody(
    browser, another_browser, holder, letters, work
):
    holder(email="known@example.org")
    seen = []
    for visitor, email in ((browser, "known@example.org"), (another_browser, "nobody@example.org")):
        visitor.fill("members.forgotten", {"email": email})
        seen.append((visitor.response.status_code, visitor.response.location))
    assert seen[0] == seen[1] == (302, "/forgotten/sent")
    work()
    assert len(letters("known@example.org")) == 1
    assert letters("nobody@example.org") == []


@pytest.fixture
def reset_address(browser, letters, work):
    def asked(email):
        browser.fill("members.forgotten", {"email": email})
        work()
        return path_in(letters(email)[-1], "/reset/")

    return asked


def choose(browser, address, password, expect=302):
    page = browser.open("GET", address)
    token = page.select_one("main [name=csrf_token]")["value"]
    data = {"csrf_token": token, "password": password}
    return browser.open("POST", address, data=data, expect=expect)


def sessions_of(session, person):
    live = (LoginSession.person_id == person.id, LoginSession.ended_at.is_(None))
    return session.scalar(select(func.count()).select_from(LoginSession).where(*live))


def test_a_reset_replaces_the_password_once_and_ends_every_session(
    browser, another_browser, session, holder, reset_address
):
    person = holder(email="known@example.org", verified_at=None)
    another_browser.sign_in(person)
    address = reset_address("known@example.org")
    choose(browser, address, ANOTHER)
    assert sessions_of(session, person) == 0
    assert person.verified_at is not None, "the letter proves the address"
    browser.open("GET", address, expect=409)
    browser.fill("members.sign_in", {"email": person.email, "password": ANOTHER})
    assert browser.response.location == "/desk"


def test_a_reset_does_not_outlive_the_password_it_was_asked_for(
    browser, another_browser, holder, reset_address
):
    person = holder(email="known@example.org")
    address = reset_address("known@example.org")
    another_browser.sign_in(person)
    answers = {"current": PASSWORD, "password": ANOTHER}
    another_browser.fill("members.change_password", answers)
    browser.open("GET", address, expect=409)


def test_a_reset_is_good_for_an_hour(browser, holder, reset_address, at):
    holder(email="known@example.org")
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    at(now)
    address = reset_address("known@example.org")
    at(now + timedelta(minutes=60) - timedelta(seconds=1))
    browser.open("GET", address)
    at(now + timedelta(minutes=60))
    browser.open("GET", address, expect=409)


def test_only_the_newest_letter_works(browser, holder, reset_address):
    holder(email="known@example.org")
    first, second = reset_address("known@example.org"), reset_address("known@example.org")
    browser.open("GET", first, expect=409)
    browser.open("GET", second)


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "0" * 32 + ".x", "ø.x"])
def test_a_made_up_link_is_explained(browser, token):
    browser.open("GET", f"/verify/{token or '-'}", expect=409)
    browser.open("GET", f"/reset/{token or '-'}", expect=409)


def test_a_link_to_prove_an_address_resets_no_password(browser, letters):
    browser.fill("members.sign_up", NEW)
    address = path_in(letters("ingrid@example.org")[0], "/verify/")
    browser.open("GET", address.replace("/verify/", "/reset/"), expect=409)


def test_changing_the_password_needs_the_present_one_and_ends_other_sessions(
    browser, another_browser, session, holder
):
    person = holder()
    browser.sign_in(person)
    another_browser.sign_in(person)
    wrong = {"current": ANOTHER, "password": ANOTHER}
    page = browser.fill("members.change_password", wrong, expect=422)
    assert "not your password" in page.select_one("#current-error").text
    browser.fill("members.change_password", {"current": PASSWORD, "password": ANOTHER})
    browser.get("members.account")
    another_browser.get("members.account", expect=401)
    assert sessions_of(session, person) == 1


def test_people_change_how_they_are_called_and_reached(browser, session, make):
    person = make.Person(name="Old Name")
    browser.sign_in(person)
    browser.fill("members.account", {"name": "New Name", "phone": "+47 55 55", "language": "nb"})
    assert (person.name, person.phone, person.language) == ("New Name", "+47 55 55", "nb")


def test_of_two_who_edit_an_account_the_second_sees_both(browser, make):
    person = make.Person(name="First")
    browser.sign_in(person)
    page = browser.get("members.account")
    version = page.select_one("main [name=edited_version]")["value"]
    browser.fill("members.account", {"name": "Second"})
    answers = {"edited_version": version, "name": "Third", "phone": "", "language": "en"}
    page = browser.send("members.account", answers, expect=409)
    assert "Second" in page.select_one(".theirs").text
    assert page.select_one("#name")["value"] == "Third"


def test_people_see_and_end_their_sessions(browser, another_browser, session, make):
    person = make.Person()
    browser.sign_in(person)
    another_browser.sign_in(person)
    browser.press("members.security", "Sign out everywhere else")
    another_browser.get("members.account", expect=401)
    another_browser.sign_in(person)
    [other] = [
        row
        for row in session.scalars(select(LoginSession).where(LoginSession.ended_at.is_(None)))
        if str(row.id) in browser.get("members.security").prettify()
    ]
    browser.send("members.end_session", id=other.id)
    another_browser.get("members.account", expect=401)
    browser.get("members.account")


def test_nobody_ends_a_strangers_session(browser, session, make):
    row = make.LoginSession()
    browser.sign_in(make.Person())
    browser.send("members.end_session", id=row.id, expect=404)
    assert row.ended_at is None


def test_who_has_not_proved_an_address_may_only_look(browser, make, letters):
    person = make.Person(verified_at=None, email="new@example.org")
    browser.sign_in(person)
    page = browser.get("members.new_organisation", expect=403)
    assert "Confirm your e-mail address first" in page.text
    browser.press("members.confirm_address", "Send another e-mail")
    assert len(letters("new@example.org")) == 1


def test_every_deed_leaves_one_line_in_the_audit(browser, session, holder):
    person = holder()
    browser.fill("members.sign_in", {"email": person.email, "password": PASSWORD})
    browser.fill("members.change_password", {"current": PASSWORD, "password": ANOTHER})
    browser.send("members.sign_out")
    told = session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert told == ["person.signed_in", "person.password_changed", "person.signed_out"]

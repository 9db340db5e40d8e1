"""What somebody tries who wants into the account of another, or an account in their name."""

import re

import pytest
from sqlalchemy import select

from portal.models import Affiliation, OutgoingMail, Person, PersonState
from portal.platform import jobs, mail, passwords

THEIRS = "tall spruce over slow water"
MINE = "granite harbour paper lantern"
VICTIM = "owner@example.org"
SIGN_UP = {"name": "Kari Lie", "email": VICTIM, "accepts": "y"}


@pytest.fixture
def newest_link(session, monkeypatch):
    """Return the address in the newest letter to somebody; none of them is sent."""
    monkeypatch.setitem(jobs.REGISTRY, mail.SEND, lambda **_letter: None)

    def found(recipient, start):
        session.rollback()
        rows = select(OutgoingMail.text).where(OutgoingMail.recipient == recipient)
        texts = session.scalars(rows.order_by(OutgoingMail.created_at, OutgoingMail.id)).all()
        paths = [re.search(rf"https?://[^/\s]+({start}[^\s]*)", text) for text in texts]
        return next(path[1] for path in reversed(paths) if path)

    return found


def press(browser, address, answers=None, *, expect=302):
    """Open the page of a link and press its button."""
    page = browser.open("GET", address)
    token = page.select_one("main [name=csrf_token]")["value"]
    return browser.open(
        "POST", address, data={"csrf_token": token} | (answers or {}), expect=expect
    )


def is_proven(session):
    return session.scalar(select(Person.verified_at).where(Person.email == VICTIM)) is not None


def test_a_stranger_who_presses_the_button_does_not_prove_the_account_of_another(
    browser, another_browser, session, newest_link
):
    browser.fill("members.sign_up", SIGN_UP | {"password": MINE})
    address = newest_link(VICTIM, "/verify/")
    page = another_browser.open("GET", address)
    assert page.select_one("#password")
    press(another_browser, address, expect=422)
    page = press(another_browser, address, {"password": THEIRS}, expect=422)
    assert "not your password" in page.select_one("#password-error").text
    assert not is_proven(session)


def test_signing_up_as_well_does_not_help_the_stranger_to_prove_it_by_mistake(
    browser, another_browser, session, newest_link
):
    browser.fill("members.sign_up", SIGN_UP | {"password": MINE})
    another_browser.fill("members.sign_up", SIGN_UP | {"password": THEIRS})
    address = newest_link(VICTIM, "/verify/")
    press(another_browser, address, expect=422)
    assert not is_proven(session)


def test_the_owner_takes_the_account_over_with_a_new_password(
    app, browser, another_browser, session, newest_link
):
    browser.fill("members.sign_up", SIGN_UP | {"password": MINE})
    browser.fill("members.sign_in", {"email": VICTIM, "password": MINE})
    another_browser.fill("members.forgotten", {"email": VICTIM})
    with app.app_context():
        jobs.drain()
    address = newest_link(VICTIM, "/reset/")
    press(another_browser, address, {"password": THEIRS})
    assert is_proven(session)
    browser.get("site.desk", expect=401)
    browser.fill("members.sign_in", {"email": VICTIM, "password": MINE}, expect=422)


def test_the_letter_alone_is_enough_where_the_account_was_opened(browser, session, newest_link):
    browser.fill("members.sign_up", SIGN_UP | {"password": MINE})
    press(browser, newest_link(VICTIM, "/verify/"))
    assert is_proven(session)


def test_the_letter_alone_is_enough_where_one_is_signed_in(
    browser, another_browser, session, newest_link
):
    browser.fill("members.sign_up", SIGN_UP | {"password": MINE})
    another_browser.fill("members.sign_in", {"email": VICTIM, "password": MINE})
    press(another_browser, newest_link(VICTIM, "/verify/"))
    assert is_proven(session)
    assert another_browser.response.location == "/desk"


def test_on_another_device_the_letter_and_the_password_are_enough(
    browser, another_browser, session, newest_link
):
    browser.fill("members.sign_up", SIGN_UP | {"password": MINE})
    press(another_browser, newest_link(VICTIM, "/verify/"), {"password": MINE})
    assert is_proven(session)
    assert another_browser.response.location == "/sign-in?next=/desk"


def test_the_password_on_the_page_of_a_letter_is_not_guessed(browser, another_browser, newest_link):
    browser.fill("members.sign_up", SIGN_UP | {"password": MINE})
    address = newest_link(VICTIM, "/verify/")
    for _ in range(10):
        press(another_browser, address, {"password": THEIRS}, expect=422)
    press(another_browser, address, {"password": MINE}, expect=429)
    assert int(another_browser.response.headers["Retry-After"]) > 0


def test_a_known_address_leaves_the_same_cookies_as_a_new_one(
    app, browser, another_browser, session, make
):
    with app.app_context():
        make.Person(email=VICTIM, password_hash=passwords.hashed(THEIRS))
    seen = []
    for visitor, email in ((browser, VICTIM), (another_browser, "nobody@example.org")):
        visitor.fill("members.sign_up", SIGN_UP | {"email": email, "password": MINE})
        with visitor.client.session_transaction() as kept:
            seen.append({name: len(str(value)) for name, value in kept.items()})
    assert seen[0] == seen[1]


def test_an_invitation_of_somebody_who_was_blocked_since_lets_nobody_in(browser, session, make):
    organisation = make.Organisation()
    inviter = make.colleague(organisation)
    inviter.state = PersonState.BLOCKED
    invited = make.Person()
    row = make.Invitation(organisation=organisation, invited_by=inviter, email=invited.email)
    browser.sign_in(invited)
    browser.send("members.accept_invitation", key=row.id, expect=409)
    places = select(Affiliation.id).where(Affiliation.person_id == invited.id)
    assert session.scalar(places) is None

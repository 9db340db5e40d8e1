"""Letters and links that outlive what they were asked for, and addresses that prove too much."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.models import EmailAddress, LoginSession
from tests.feature.members.conftest import PASSWORD, path_in

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
FIRST, SECOND = "kari@example.org", "kari@former.example"
NEW = "another tall spruce here"


@pytest.fixture
def kari(holder, session, at):
    """Make somebody with two addresses, of which another reads the second by now."""
    at(NOON)
    person = holder(email=FIRST, name="Kari Nes", last_signed_in_at=NOON - timedelta(days=1))
    row = EmailAddress(person=person, address=SECOND, domain="former.example", verified_at=NOON)
    session.add(row)
    session.commit()
    return person


def second(session):
    session.rollback()
    return session.scalar(select(EmailAddress).where(EmailAddress.address == SECOND))


def reset_asked(browser, work, letters, address):
    browser.fill("members.forgotten", {"email": address})
    work()
    return letters(address)[-1].text.split("/reset/")[1].split()[0]


def link_asked(browser, work, letters, address):
    browser.fill("members.ask_for_link", {"email": address})
    work()
    return path_in(letters(address)[-1], "/sign-in/link/")


def press(browser, address, *, expect=302):
    page = browser.open("GET", address)
    data = {"csrf_token": page.select_one("main [name=csrf_token]")["value"]}
    return browser.open("POST", address, data=data, expect=expect)


def remove_second(browser, session, kari):
    browser.sign_in(kari, now=NOON)
    browser.send("members.remove_address", id=second(session).id)


def change_first(browser, session, kari):
    browser.sign_in(kari, now=NOON)
    browser.send("members.primary_address", id=second(session).id)


def change_password(browser, _session, kari):
    browser.sign_in(kari, now=NOON)
    browser.fill("members.change_password", {"current": PASSWORD, "password": NEW})


@pytest.mark.parametrize("deed", [remove_second, change_password])
def test_a_letter_for_a_new_password_dies_with_what_it_was_asked_for(
    browser, another_browser, session, kari, letters, work, deed
):
    token = reset_asked(another_browser, work, letters, SECOND)
    deed(browser, session, kari)
    another_browser.get("members.reset", token=token, expect=409)


@pytest.mark.parametrize("deed", [remove_second, change_first, change_password])
def test_so_does_a_link_that_signs_in(browser, another_browser, session, kari, letters, work, deed):
    link = link_asked(another_browser, work, letters, SECOND)
    deed(browser, session, kari)
    another_browser.open("GET", link, expect=409)


def test_a_new_password_ends_links_that_were_sent(
    browser, another_browser, session, kari, letters, work
):
    link = link_asked(another_browser, work, letters, SECOND)
    token = reset_asked(browser, work, letters, FIRST)
    browser.fill("members.reset", {"password": NEW}, token=token)
    another_browser.open("GET", link, expect=409)
    session.rollback()
    assert session.scalars(select(LoginSession.id)).all() == []


def test_a_letter_to_one_address_proves_no_other(browser, session, kari, letters, work):
    kari.verified_at = None  # as after a year away
    session.commit()
    token = reset_asked(browser, work, letters, SECOND)
    browser.fill("members.reset", {"password": NEW}, token=token)
    session.refresh(kari)
    assert kari.verified_at is None
    browser.fill("members.sign_in", {"email": SECOND, "password": NEW})
    assert browser.response.location == "/confirm-address"


def test_a_letter_to_the_only_address_proves_it(browser, session, kari, letters, work):
    session.delete(second(session))
    kari.verified_at = None
    session.commit()
    token = reset_asked(browser, work, letters, FIRST)
    browser.fill("members.reset", {"password": NEW}, token=token)
    session.refresh(kari)
    assert kari.verified_at == NOON


def test_after_a_year_a_link_to_another_address_does_not_prove_the_first(
    browser, session, kari, letters, work
):
    kari.last_signed_in_at = NOON - timedelta(days=400)
    session.commit()
    press(browser, link_asked(browser, work, letters, SECOND))
    assert browser.response.location == "/confirm-address"
    browser.get("members.new_passkey", expect=403)
    browser.get("members.addresses", expect=403)


def test_after_a_year_a_link_to_the_only_address_does(browser, session, kari, letters, work):
    session.delete(second(session))
    kari.last_signed_in_at = NOON - timedelta(days=400)
    session.commit()
    press(browser, link_asked(browser, work, letters, FIRST))
    assert browser.response.location == "/desk"

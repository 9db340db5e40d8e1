"""Somebody whom a colleague registered by address finds the place once the address is proven."""

import pytest
from sqlalchemy import select

from portal.models import Delegate, OutgoingMail, Person
from portal.platform import jobs, mail, passwords
from tests.feature.members.conftest import PASSWORD, path_in

NEW = {"name": "Ingrid Lie", "email": "ingrid@example.org", "password": PASSWORD, "accepts": "y"}


@pytest.fixture
def place(make):
    """A place that Ingrid's colleague took for her, by her address."""
    return make.delegate(make.ticket(make.Event()), name="Ingrid", email="ingrid@example.org")


def holder_of(session, place):
    session.rollback()
    return session.scalar(select(Delegate.person_id).where(Delegate.id == place.id))


def address_in_letter(session, part):
    session.rollback()
    found = select(OutgoingMail).where(OutgoingMail.recipient == "ingrid@example.org")
    return path_in(session.scalars(found.order_by(OutgoingMail.id.desc())).first(), part)


@pytest.fixture
def work(app, monkeypatch):
    """Do what waits for the worker, but leave letters unsent."""
    monkeypatch.setitem(jobs.REGISTRY, mail.SEND, lambda **_letter: None)

    def done():
        with app.app_context():
            while jobs.run_one():
                pass

    return done


def answer(browser, address, **more):
    page = browser.open("GET", address)
    data = {"csrf_token": page.select_one("main [name=csrf_token]")["value"], **more}
    browser.open("POST", address, data=data, expect=302)


def test_a_place_is_found_when_the_address_is_proven_and_not_before(browser, session, make, place):
    other = make.delegate(place.ticket, email="other@example.org")
    browser.fill("members.sign_up", NEW)
    assert holder_of(session, place) is None, "anybody can type an address"
    address = address_in_letter(session, "/verify/")
    browser.open("GET", address)
    assert holder_of(session, place) is None
    answer(browser, address)
    ingrid = session.scalar(select(Person).where(Person.email == "ingrid@example.org"))
    assert holder_of(session, place) == ingrid.id
    assert holder_of(session, other) is None
    browser.sign_in(ingrid)
    browser.get("events.delegate", id=place.id)


def test_a_letter_that_resets_a_password_proves_the_address_too(
    browser, app, make, session, place, work
):
    with app.app_context():
        kept = passwords.hashed(PASSWORD)
    ingrid = make.Person(email="ingrid@example.org", verified_at=None, password_hash=kept)
    browser.sign_in(ingrid)
    browser.get("events.delegate", id=place.id, expect=404)
    browser.sign_out()
    browser.fill("members.forgotten", {"email": "ingrid@example.org"})
    work()
    answer(browser, address_in_letter(session, "/reset/"), password="granite harbour paper lantern")
    assert holder_of(session, place) == ingrid.id


def test_a_place_that_is_somebodys_stays_theirs(browser, make, session, place):
    anna = make.Person(email="anna@example.org")
    place.person = anna
    session.commit()
    browser.fill("members.sign_up", NEW)
    answer(browser, address_in_letter(session, "/verify/"))
    assert holder_of(session, place) == anna.id

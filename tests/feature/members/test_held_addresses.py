"""Wherever an address finds somebody, each that they proved does."""

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.extensions import db
from portal.members import service
from portal.members.importing import gathering
from portal.members.importing.values import Values
from portal.models import EmailAddress, Person
from portal.platform import auth, happenings
from portal.platform.database import unit

SECOND = "kari@firma.example"


@pytest.fixture
def kari(make, session):
    person = make.Person(email="kari@example.org", name="Kari Nes")
    row = EmailAddress(
        person=person, address=SECOND, domain="firma.example", verified_at=clock.now()
    )
    session.add(row)
    session.commit()
    return person


def test_staff_who_add_somebody_find_them_by_any_address(app, session, make, kari):
    by = make.staff("membership")
    session.commit()
    with app.test_request_context(), unit():
        actor = auth.actor_of(db.session.get(Person, by.id), now=clock.now())
        found = service.find_or_add("Kari", SECOND, language="en", actor=actor, now=clock.now())
        assert found.id == kari.id
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Person)) == 2


def test_a_list_that_names_any_address_means_its_holder(app, kari):
    with app.test_request_context(), unit(writing=False):
        world = gathering.gather([Values(given={"email": SECOND})])
        assert world.humans[SECOND].id == kari.id


def test_somebody_who_belongs_is_not_invited_at_another_address(browser, make, kari):
    firm = make.Organisation(slug="firm")
    make.Affiliation(person=kari, organisation=firm)
    browser.sign_in(make.colleague(firm))
    answers = {"email": SECOND, "role": "member"}
    page = browser.fill("members.invite", answers, slug="firm", expect=422)
    assert "belongs to the organisation already" in page.select_one("#email-error").text


def test_places_at_events_are_found_by_every_proven_address(app, session, make, kari):
    place = make.delegate(make.ticket(make.Event()), email=SECOND)
    session.commit()
    with app.test_request_context(), unit():
        person = db.session.get(Person, kari.id)
        happenings.tell(happenings.ADDRESS_PROVEN, person, now=clock.now())
    session.rollback()
    session.refresh(place)
    assert place.person_id == kari.id


def test_whoever_is_blocked_is_out_at_the_next_page(browser, session, kari):
    browser.sign_in(kari)
    browser.get("members.addresses")
    kari.state = "blocked"
    browser.get("members.addresses", expect=401)

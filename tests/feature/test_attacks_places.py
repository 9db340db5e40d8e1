"""One person has one place at an event, by whichever of their addresses they ask for it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.models import Delegate, EmailAddress

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)
FIRST, SECOND = "kari@example.org", "kari@firma.example"


@pytest.fixture
def ticket(make, at):
    at(NOW)
    event = make.Event(
        slug="ibc",
        starts_at=NOW + timedelta(days=90),
        registration_opens_at=NOW - timedelta(days=1),
        registration_closes_at=NOW + timedelta(days=60),
    )
    return make.ticket(event, 10)


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys AS")


@pytest.fixture
def kari(make, session, company):
    """Make a representative with two addresses, both proven."""
    person = make.colleague(company, "representative", name="Kari Nes", email=FIRST)
    row = EmailAddress(person=person, address=SECOND, domain="firma.example", verified_at=NOW)
    session.add(row)
    session.commit()
    return person


def one(number, email, ticket, name="Kari Nes"):
    told = {"name": name, "email": email, "ticket_id": str(ticket.id)}
    return {f"people-{number}-{key}": value for key, value in told.items()}


def active(session):
    session.rollback()
    rows = select(Delegate.email).where(Delegate.state == "confirmed").order_by(Delegate.email)
    return list(session.scalars(rows))


def test_a_second_address_is_no_second_place(browser, session, kari, ticket):
    browser.sign_in(kari, now=NOW)
    browser.fill("events.register", one(0, FIRST, ticket), slug="ibc")
    page = browser.fill("events.register", one(0, SECOND, ticket), slug="ibc", expect=422)
    assert "is registered for this event already" in page.text
    assert active(session) == [FIRST]


def test_nor_are_two_addresses_in_one_form(browser, session, kari, ticket):
    browser.sign_in(kari, now=NOW)
    both = one(0, SECOND, ticket) | one(1, FIRST, ticket, "K. Nes")
    browser.fill("events.register", both, slug="ibc", expect=422)
    assert active(session) == []


def test_nor_is_another_first_address_for_a_member(browser, make, session, ticket, company):
    person = make.colleague(company, "member", name="Ola Vik", email="ola@example.org")
    browser.sign_in(person, now=NOW)
    browser.fill("events.register", one(0, "ola@example.org", ticket, "Ola Vik"), slug="ibc")
    row = EmailAddress(
        person=person, address="ola@firma.example", domain="firma.example", verified_at=NOW
    )
    session.add(row)
    session.commit()
    browser.send("members.primary_address", id=row.id)
    answers = one(0, "ola@firma.example", ticket, "Ola Vik")
    browser.fill("events.register", answers, slug="ibc", expect=422)
    assert active(session) == ["ola@example.org"]


def test_nor_the_place_of_a_colleague(browser, make, session, kari, ticket, company):
    given = {"registered_by": kari, "organisation": company}
    make.delegate(ticket, email=FIRST, person=kari, **given)
    other = make.delegate(ticket, email="anna@example.org", **given)
    browser.sign_in(kari, now=NOW)
    new = {"who": "", "name": "Kari Nes", "email": SECOND}
    browser.send("events.substitute", new, id=other.id, expect=422)
    assert active(session) == ["anna@example.org", FIRST]


def test_ones_own_place_takes_another_address_of_ones_own(
    browser, make, session, kari, ticket, company
):
    own = make.delegate(ticket, email=FIRST, person=kari, registered_by=kari, organisation=company)
    browser.sign_in(kari, now=NOW)
    new = {"who": "", "name": "Kari Nes", "email": SECOND}
    browser.send("events.substitute", new, id=own.id)
    assert active(session) == [SECOND]

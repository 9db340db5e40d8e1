"""What the stories of this room share."""

import re

import pytest
from sqlalchemy import select

from portal.members.entering import issuers
from portal.models import IssuerIdentity, OutgoingMail
from portal.platform import jobs, mail, passwords
from tests.support.issuer import Issuer, running

#: What an organisation tells of itself.
FACTS = {
    "display_name": "Nordlys Robotics",
    "legal_name": "Nordlys Robotics AS",
    "kind": "startup",
    "size": "micro",
    "place": "Bodø",
    "website": "https://nordlys.example",
    "standfirst": "Robots that work in the cold.",
    "description": "We make robots.\n\nThey work **outdoors**.",
    "language": "en",
}
NUMBER = "923 609 016"
PASSWORD = "tall spruce over slow water"


@pytest.fixture
def holder(app, make):
    """Make somebody with a password: `holder(email="a@example.org")`."""

    def made(**answers):
        with app.app_context():
            password_hash = passwords.hashed(answers.pop("password", PASSWORD))
        return make.Person(password_hash=password_hash, **answers)

    return made


@pytest.fixture
def letters(session):
    """Return what was written to an address, the newest last."""

    def to(address):
        session.rollback()
        rows = select(OutgoingMail).where(OutgoingMail.recipient == address)
        return list(session.scalars(rows.order_by(OutgoingMail.created_at, OutgoingMail.id)))

    return to


@pytest.fixture
def work(app, monkeypatch):
    """Do what waits for the worker, but leave letters unsent."""
    monkeypatch.setitem(jobs.REGISTRY, mail.SEND, lambda **_letter: None)

    def done():
        with app.app_context():
            while jobs.run_one():
                pass

    return done


@pytest.fixture
def shown(make):
    """Make an organisation with a public page."""

    def made(**answers):
        organisation = make.Organisation(**answers)
        make.MembershipPeriod(membership=make.Membership(organisation=organisation))
        return organisation

    return made


def path_in(letter, start):
    """Return the address of ours in a letter that begins like this."""
    return re.search(rf"https?://[^/\s]+({start}[^\s]*)", letter.text)[1]


@pytest.fixture(scope="module")
def at_home():
    with running() as issuer:
        yield issuer


@pytest.fixture
def issuer(app, at_home, monkeypatch) -> Issuer:
    at_home.forget()
    monkeypatch.setattr(issuers, "REMEMBERED", issuers.Remembered())
    monkeypatch.setitem(app.config, "ISSUERS", {"local": at_home.setting})
    return at_home


@pytest.fixture
def vouched_for(holder, session, issuer):
    """Somebody whose account at the issuer is linked."""
    person = holder(email="kari@example.org", name="Kari Nes")
    identity = IssuerIdentity(person=person, issuer=issuer.url, subject="subject-1")
    session.add(identity)
    session.commit()
    return person

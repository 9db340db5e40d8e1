"""A known address costs what an unknown one does: as many statements, and about as long."""

import re
import time
from statistics import median

import pytest
from sqlalchemy import select
from sqlalchemy.orm import object_session

from portal.models import Page, Person
from portal.platform import passwords
from tests.feature.members.conftest import PASSWORD
from tests.feature.members.test_accounts import ANOTHER, NEW
from tests.support.statements import heard

KNOWN = "known@example.org"
#: Pairs of visits that are timed, one to each address in turn.
PAIRS = 9

FORMS = {
    "members.sign_in": lambda email: {"email": email, "password": ANOTHER},
    "members.forgotten": lambda email: {"email": email},
    "members.ask_for_link": lambda email: {"email": email},
    "members.add_address": lambda email: {"email": email},
    "members.sign_up": lambda email: NEW | {"email": email},
}


@pytest.fixture
def people(holder, make, unthrottled):
    """Somebody with a known address, and somebody else who is signed in where that is needed."""
    holder(email=KNOWN)
    return make.Person(email="somebody@example.org")


def send(browser, people, endpoint, email):
    if endpoint == "members.add_address":
        browser.sign_in(people)
    answers = FORMS[endpoint](email)
    if endpoint == "members.sign_up":
        answers |= {"texts": standing(people)}
    browser.send(endpoint, answers, expect={302, 422})


def standing(people):
    """Return the versions of the texts that stand, as the page has them."""
    texts = select(Page.revision_id).where(Page.key.in_(("privacy", "terms")))
    return " ".join(id.hex for id in object_session(people).scalars(texts))


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_known_address_asks_as_much_of_the_database(browser, people, endpoint):
    asked = []
    for email in ("warm@example.org", KNOWN, "unknown@example.org"):
        browser.token()
        with heard() as statements:
            send(browser, people, endpoint, email)
        asked.append([re.match(r"\w+ (?:INTO )?\w+", each)[0] for each in statements])
    _warm, known, unknown = asked
    if endpoint == "members.sign_up":  # who is new is found by the search of staff from now on
        assert 0 <= len(unknown) - len(known) <= 2
    else:
        assert known == unknown


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_known_address_takes_about_as_long(app, session, browser, people, endpoint, monkeypatch):
    monkeypatch.setitem(app.config, "CHEAP_HASHING", False)  # as people meet it
    with app.app_context():
        kept = passwords.hashed(PASSWORD)
    session.scalar(select(Person).where(Person.email == KNOWN)).password_hash = kept
    session.commit()
    spent = {"known": [], "unknown": []}
    for number in range(PAIRS + 1):
        for kind, email in (("known", KNOWN), ("unknown", f"{number}@example.org")):
            began = time.perf_counter()
            send(browser, people, endpoint, email)
            spent[kind].append(time.perf_counter() - began)
    known, unknown = (median(times[1:]) for times in spent.values())
    assert abs(known - unknown) < 0.5 * max(known, unknown), (known, unknown)

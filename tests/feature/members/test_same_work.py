"""A known address costs what an unknown one does: as many statements, and as long."""

import re
import time
from statistics import median

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import object_session

from portal.models import AddressClaim, Page, Person
from portal.platform import passwords
from tests.feature.members.conftest import PASSWORD
from tests.feature.members.test_accounts import ANOTHER, NEW
from tests.support.statements import heard

KNOWN = "known@example.org"
#: Pairs of visits that are timed, one to each address in turn.
PAIRS = 20

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


def visit(browser, people, endpoint, email):
    """Send the form about an address as somebody who comes for the first time; time the answer.

    In seconds of this thread: what else the machine does at the time is not in them.
    """
    answers = FORMS[endpoint](email)
    if endpoint == "members.sign_up":
        answers |= {"texts": standing(people)}
    if endpoint == "members.add_address":
        session = object_session(people)
        session.execute(delete(AddressClaim))
        session.commit()
        browser.sign_in(people)
    browser.token()
    began = time.thread_time()
    browser.send(endpoint, answers, expect={302 if endpoint != "members.sign_in" else 422})
    return time.thread_time() - began


def standing(people):
    """Return the versions of the texts that stand, as the page has them."""
    texts = select(Page.revision_id).where(Page.key.in_(("privacy", "terms")))
    return " ".join(id.hex for id in object_session(people).scalars(texts))


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_known_address_asks_as_much_of_the_database(browser, people, endpoint):
    asked = []
    for email in ("warm@example.org", KNOWN, "unknown@example.org"):
        with heard() as statements:
            visit(browser, people, endpoint, email)
        asked.append([re.match(r"\w+ (?:INTO )?\w+", each)[0] for each in statements])
    _warm, known, unknown = asked
    if endpoint == "members.sign_up":  # who is new is found by the search of staff from now on
        assert 0 <= len(unknown) - len(known) <= 2
    else:
        assert known == unknown


@pytest.fixture
def dear(app, session, people, monkeypatch):
    """Passwords are hashed as people meet it: what an account costs must show if it can."""
    monkeypatch.setitem(app.config, "CHEAP_HASHING", False)
    with app.app_context():
        kept = passwords.hashed(PASSWORD)
    session.scalar(select(Person).where(Person.email == KNOWN)).password_hash = kept
    session.commit()


@pytest.mark.parametrize("endpoint", FORMS)
def test_a_known_address_takes_as_long(browser, people, dear, endpoint):
    assert tells_nothing(*differences(browser, people, endpoint))


def test_these_times_would_show_that_nobodys_password_is_not_looked_at(
    browser, people, dear, monkeypatch
):
    look = passwords.fits
    monkeypatch.setattr(
        passwords, "fits", lambda kept, password: kept is not None and look(kept, password)
    )
    assert not tells_nothing(*differences(browser, people, "members.sign_in"))


def differences(browser, people, endpoint):
    """Return how much longer a known address took, pair by pair, and how long one takes."""
    more, took = [], []
    for number in range(PAIRS + 1):
        known = visit(browser, people, endpoint, KNOWN)
        unknown = visit(browser, people, endpoint, f"{number}@example.org")
        more.append(known - unknown)
        took.append(unknown)
    return sorted(more[1:]), median(took[1:])


def tells_nothing(more, took):
    """Tell whether the true difference is, as far as can be known, too small to be seen from afar.

    Of 20 differences the 6th and the 15th are the ends of the 95 % interval of the median (sign
    test). A fifth of the answer, or a millisecond, is less than any network adds by itself.
    """
    small = max(0.2 * took, 0.001)
    return -small < more[5] and more[14] < small

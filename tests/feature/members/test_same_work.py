"""A known address costs what an unknown one does: as many statements, and as long."""

import re
import time
from math import sqrt
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
#: Pairs of visits that are timed, one to each address in turn; as many again, up to three times,
#: while it is not clear that both take as long: a busy machine blurs the first ones.
PAIRS, TIMES = 20, 3

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
    assert any(tells_nothing(*found) for found in differences(browser, people, endpoint))


def test_these_times_would_show_that_nobodys_password_is_not_looked_at(
    browser, people, dear, monkeypatch
):
    look = passwords.fits
    monkeypatch.setattr(
        passwords, "fits", lambda kept, password: kept is not None and look(kept, password)
    )
    told = [tells_nothing(*found) for found in differences(browser, people, "members.sign_in")]
    assert told == [False] * TIMES


def differences(browser, people, endpoint):
    """Yield how much longer a known address took, pair by pair, and how long one takes."""
    more, took = [], []
    visit(browser, people, endpoint, KNOWN)  # what is put together once
    for number in range(PAIRS * TIMES):
        known = visit(browser, people, endpoint, KNOWN)
        unknown = visit(browser, people, endpoint, f"{number}@example.org")
        more.append(known - unknown)
        took.append(unknown)
        if len(more) % PAIRS == 0:
            yield sorted(more), median(took)


def tells_nothing(more, took):
    """Tell whether the true difference is, as far as can be known, too small to be seen from afar.

    The 95 % interval of the median is that of the sign test: of 20 differences it ends with the 6th
    and the 15th. A fifth of the answer, or a millisecond, is less than any network adds by itself.
    """
    small = max(0.2 * took, 0.001)
    end = int(len(more) / 2 - 0.98 * sqrt(len(more)))
    return -small < more[end] and more[-1 - end] < small

"""Whoever gets a letter may see what it tells of, at that moment: whatever is done, by whomever.

Every deed of the matrix is done in a world full of people of random kinds, and every sweep of the
worker is run on some later days; whoever gets a letter opens what its button leads to.
"""

import random
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.core import clock
from portal.extensions import db
from portal.models import (
    AffiliationRole,
    Job,
    LoginSession,
    Organisation,
    OutgoingMail,
    Person,
    StaffRole,
)
from portal.platform import jobs, mail, tokens
from tests import factories
from tests.architecture.theatre import Theatre
from tests.architecture.visits import named
from tests.architecture.world.people import token_of, visitor
from tests.factories.members import LONG_AGO
from tests.support.databases import Stage, lend

LINK = re.compile(r"^https?://[^/\s]+(/\S*)$", re.MULTILINE)
CROWD, SEED = 40, 20261123
#: Of these many deeds are told: what the crowd belongs to is often one of them.
NEAR = ("own", "other", "asks-at-once", "young")
LATER = (*range(1, 32, 2), 61, 264, 266, 330)

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """A world with one of everything, and people of random kinds who might be written to."""
    folder = tmp_path_factory.mktemp("letters")
    with lend(None, folder) as url:
        stage = Stage(url, folder)
        theatre = Theatre(stage)
        fill(theatre)
        yield theatre
        stage.close()


def fill(theatre: Theatre) -> None:
    """Bring in the crowd, give everybody a browser, and keep the world as it is then."""
    with theatre.app.app_context(), Session(db.engine) as session, factories.filling(session):
        firms = session.scalars(select(Organisation).order_by(Organisation.id)).all()
        chance = random.Random(SEED)  # noqa: S311 - the same people every time
        for number in range(CROWD):
            somebody(chance, number, firms)
        session.flush()
        give_browsers(session)
        session.commit()
    theatre.keep()


def give_browsers(session: Session) -> None:
    """Let everybody there is be signed in somewhere."""
    for person in session.scalars(select(Person)).all():
        token = token_of(str(person.id))
        factories.LoginSession(person=person, token_hash=tokens.digest(token))


def somebody(chance: random.Random, number: int, firms: list[Organisation]) -> None:
    """Make one of the crowd: of some organisations, now or formerly, perhaps of the staff."""
    person = factories.Person(
        name=f"Crowd {number}",
        email=f"crowd{number}@data.example",
        state=chance.choices(["active", "blocked"], [9, 1])[0],
        verified_at=chance.choices([LONG_AGO, None], [4, 1])[0],
        password_hash=chance.choice(["kept", None]),
    )
    often = [firm for firm in firms if firm.slug in NEAR]
    near = list(dict.fromkeys([*often, *chance.sample(firms, 3)]))
    for firm in chance.sample(near, chance.choice([0, 1, 1, 2, 3])):
        factories.Affiliation(
            person=person,
            organisation=firm,
            role=chance.choice(list(AffiliationRole)),
            ends_at=chance.choice([None, None, LONG_AGO + timedelta(days=1)]),
        )
    if chance.random() < 0.3:
        factories.StaffGrant(
            person=person,
            role=chance.choice(list(StaffRole)),
            ends_at=chance.choice([None, LONG_AGO + timedelta(days=1)]),
        )


def letters(theatre: Theatre, known: set[Any]) -> list[Any]:
    """Return the letters that were not there before."""
    rows = select(
        OutgoingMail.id, OutgoingMail.person_id, OutgoingMail.recipient, OutgoingMail.subject,
        OutgoingMail.text,
    )  # fmt: skip
    with theatre.app.app_context(), db.engine.connect() as connection:
        return [row for row in connection.execute(rows) if row.id not in known]


def told_wrongly(theatre: Theatre, found: list[Any]) -> list[tuple[str, str, str, int]]:
    """Return who got a letter about something that is not for them to see."""
    wrong = []
    for letter in found:
        kind = str(letter.person_id) if letter.person_id else "stranger"
        prove_if_never_here(theatre, letter.person_id)
        for path in LINK.findall(letter.text):
            status = reached(theatre, path, kind=kind)
            if status != 200 and not (kind == "stranger" and status == 302):  # sign in first
                wrong.append((letter.recipient, letter.subject, path, status))
    return wrong


def prove_if_never_here(theatre: Theatre, person_id: Any) -> None:
    """Let somebody whom staff added prove their address, as whoever reads that mailbox can."""
    new = update(Person).where(
        Person.id == person_id,
        Person.verified_at.is_(None),
        Person.password_hash.is_(None),
        Person.last_signed_in_at.is_(None),
    )
    with theatre.app.app_context(), db.engine.begin() as connection:
        connection.execute(new.values(verified_at=LONG_AGO))


def reached(theatre: Theatre, path: str, *, kind: str) -> int:
    """Open what a letter leads to, as whoever got it, and follow where that leads."""
    if kind not in theatre.visitors:
        theatre.visitors[kind] = visitor(theatre.app, kind)
    for _ in range(4):
        response = theatre.open("GET", path, kind=kind)
        if response.location is None or "/sign-in" in response.location:
            return response.status_code
        parts = urlsplit(response.location)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return response.status_code


def ids_of_letters(theatre: Theatre) -> set[Any]:
    """Return the letters that lie there before anything is done."""
    return {row.id for row in letters(theatre, set())}


@pytest.mark.parametrize("row", named(method="POST"))
def test_a_deed_writes_to_those_alone_who_may_see_what_it_was_about(crowd, unthrottled, row):
    lay_there = ids_of_letters(crowd)
    try:
        for kind in row.those_who(get_in=True)[:1]:
            crowd.post(crowd.place(row), crowd.told(row.to.body), kind=kind)
            work(crowd)
            assert told_wrongly(crowd, letters(crowd, lay_there)) == []
    finally:
        crowd.restore()


def test_the_worker_writes_to_those_alone_who_may_see_what_it_tells(crowd, monkeypatch):
    lay_there, running = ids_of_letters(crowd), clock.now
    try:
        for days in LATER:
            monkeypatch.setattr(clock, "now", lambda days=days: running() + timedelta(days=days))
            with crowd.app.app_context():
                for name in jobs.PERIODIC:
                    jobs.REGISTRY[name]()
                jobs.drain()
            sign_in_again(crowd)
            found = letters(crowd, lay_there)
            assert told_wrongly(crowd, found) == [], days
            lay_there |= {row.id for row in found}
    finally:
        crowd.restore()


def work(theatre: Theatre) -> None:
    """Do what a deed left for the worker, but for sending letters."""
    waits = select(Job.id).where(
        Job.name != mail.SEND, Job.done_at.is_(None), Job.failed_at.is_(None)
    )
    with theatre.app.app_context():
        if db.session.scalar(waits.limit(1)):
            db.session.rollback()
            jobs.drain()


def sign_in_again(theatre: Theatre) -> None:
    """Let everybody’s browser be signed in a moment ago: days sign it out, and sweeps clear it."""
    with theatre.app.app_context(), Session(db.engine) as session, factories.filling(session):
        session.execute(delete(LoginSession))
        give_browsers(session)
        session.commit()

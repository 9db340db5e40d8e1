"""No letter tells a secret to anybody who may not read it, whatever is done and whoever is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.extensions import db
from portal.models import Article, Delegate, Event, OutgoingMail, Person, Registration
from portal.platform import jobs
from tests.feature.canaries.words import KINDS, READERS, root, told, word
from tests.feature.canaries.world import build
from tests.support.browser import Browser

WRITTEN = "zqwrittentothem"


@pytest.fixture
def everybody(empty):
    return build(empty)


@pytest.fixture
def post(rows):
    """Return all letters but the one that lay there: to whom, and all they say."""

    def read():
        asked = select(
            OutgoingMail.recipient, OutgoingMail.subject, OutgoingMail.text, OutgoingMail.html
        ).where(OutgoingMail.recipient != "somebody@mail.example")
        found = [(each.recipient, "\n".join(each[1:])) for each in rows.execute(asked)]
        rows.rollback()
        return found

    return read


@pytest.fixture
def rows(empty, everybody):
    with empty.app_context():
        engine = db.engine
    with Session(engine.execution_options(writing=False)) as session:
        yield session


@pytest.fixture
def run(empty, monkeypatch):
    """Let the worker do everything there is, on some later day."""
    running = clock.now

    def work(days):
        monkeypatch.setattr(clock, "now", lambda: running() + timedelta(days=days))
        with empty.app_context():
            for name in jobs.PERIODIC:
                jobs.REGISTRY[name]()
            jobs.drain()

    return work


def sign_in(app, session, kind):
    browser = Browser(app, session)
    browser.sign_in(session.scalars(select(Person).filter_by(email=f"{kind}@portal.example")).one())
    return browser


def may_read(recipient, secret):
    """Tell whether a letter to an address may hold a secret: people know their own names."""
    kind = recipient.partition("@")[0]
    return root(secret) in recipient or (kind in KINDS and kind in READERS[secret])


def find(session, model, **by):
    return session.scalars(select(model).filter_by(**by)).one()


def told_wrongly(letters):
    """Return who was told which secret without being allowed to read it."""
    return {
        (recipient, secret)
        for recipient, text in letters
        for secret in told(text)
        if not may_read(recipient, secret)
    }


def test_letters_tell_nobody_what_they_may_not_read(empty, rows, post, run):
    run(0)
    write_and_cancel(empty, rows)
    answer_a_proposal(empty, rows)
    for days in (1, 8, 21, 31, 61):
        run(days)
    letters = post()
    assert told_wrongly(letters) == set()
    own = f"{word('delegate')}@mail.example"
    assert {recipient for recipient, text in letters if WRITTEN in text} == {own}
    applicant = [told(text) for recipient, text in letters if recipient.startswith("applicant@")]
    assert {"proposal", "answer to a proposal"} in applicant
    assert {"delegate who is a colleague"} in applicant


def test_who_left_hears_no_more_of_those_they_registered(empty, rows, post, run):
    colleague = find(rows, Delegate, email=f"{word('delegate who is a colleague')}@mail.example")
    booked = Registration(
        event_id=colleague.event_id, organisation_id=colleague.organisation_id,
        registered_by_id=find(rows, Person, email="former@portal.example").id,
        client_token="by-somebody-who-left",
    )  # fmt: skip
    rows.add(booked)
    rows.flush()
    colleague.registration_id = booked.id
    write_and_cancel(empty, rows)
    run(0)
    assert told_wrongly(post()) == set()


def write_and_cancel(app, session):
    """Let the event team write to one delegate, and call the event off."""
    events = sign_in(app, session, "events")
    fair = find(session, Event, slug="fair")
    delegate = find(session, Delegate, email=f"{word('delegate')}@mail.example")
    to_one = {"ids": [str(delegate.id)], "subject": WRITTEN, "text": WRITTEN}
    events.send("events.message_delegates", to_one, slug=fair.slug)
    colleague = find(session, Delegate, email=f"{word('delegate who is a colleague')}@mail.example")
    events.fill("events.cancel", {"reason": "No room."}, id=colleague.id)
    events.fill("events.cancel_event", {"reason": "No hall."}, slug=fair.slug)


def answer_a_proposal(app, session):
    """Let an editor turn a proposal down."""
    editor = sign_in(app, session, "editor")
    proposal = find(session, Article, slug=word("proposal"))
    reason = f"{word('answer to a proposal')} is too long."
    editor.fill("news.decline", {"reason": reason}, id=proposal.id)

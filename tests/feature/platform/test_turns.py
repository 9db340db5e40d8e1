"""Writers take turns, readers never wait, and who waits too long is told so."""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from time import monotonic, sleep

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import PendingRollbackError

from portal.core import clock
from portal.core.errors import Refused
from portal.core.wording import Sentence
from portal.extensions import db
from portal.models import Organisation, Throttle
from portal.platform import sqlite
from portal.platform.database import begin, unit
from portal.web.access import everyone

ONE_MORE = update(Throttle).values(count=Throttle.count + 1)


def test_a_reader_and_a_writer_do_not_wait_for_each_other(app, session):
    names = select(Organisation.legal_name)
    session.commit()

    def add():
        with app.app_context(), unit():
            db.session.add(newcomer())
            db.session.flush()
            writing.set_result(None)
            read.result(timeout=20)

    writing, read = Future(), Future()
    with ThreadPoolExecutor() as pool:
        adding = pool.submit(add)
        writing.result(timeout=20)
        with app.app_context():
            begin(writing=False)
            assert db.session.scalars(names).all() == []
            db.session.rollback()
        read.set_result(None)
        adding.result(timeout=20)
    with app.app_context():
        begin(writing=False)
        assert db.session.scalars(names).all() == ["Newcomer AS"]
        db.session.rollback()


def newcomer():
    return Organisation(
        legal_name="Newcomer AS",
        display_name="Newcomer",
        name_key="newcomer",
        slug="newcomer",
        number_kind="none",
        kind="startup",
        size="micro",
    )


def test_a_writer_waits_five_seconds_for_another(app, session):
    ask = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
    with app.app_context():
        begin(writing=True)
        assert db.session.scalar(text(ask[db.engine.dialect.name])) in {5000, "5s"}
        db.session.rollback()


def test_who_waits_too_long_is_asked_to_try_again(app, organisation, monkeypatch, make, browser):
    monkeypatch.setattr(sqlite, "PATIENCE", 50)
    browser.sign_in(make.Person())
    with app.app_context():
        db.engine.dispose()  # so that the connections to come are impatient ones
        engine = db.engine
    rename = update(Organisation).values(standfirst="somebody else's")
    with engine.connect().execution_options(writing=True) as other, other.begin():
        other.execute(rename)
        monkeypatch.setitem(app.view_functions, "site.set_theme", everyone(hold_up))
        page = browser.send("site.set_theme", expect={405, 503})
    assert page


def hold_up():
    db.session.execute(update(Organisation).values(standfirst="mine"))
    return "", 204


@pytest.fixture
def organisation(make, session):
    organisation = make.Organisation(standfirst="before")
    session.commit()
    return organisation


@pytest.fixture
def counted(session):
    session.add(Throttle(key="turns", count=0, expires_at=clock.now()))
    session.commit()


def test_writers_of_one_process_take_turns_without_looking_again_and_again(
    app, session, counted, monkeypatch
):
    looks, looking = [], sqlite.tries
    monkeypatch.setattr(sqlite, "tries", lambda driver: looks.append(1) or looking(driver))

    def count(_number):
        with app.app_context(), unit():
            db.session.execute(ONE_MORE)
            sleep(0.01)  # long enough for the others to come and wait

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(8)))
    assert session.scalar(select(Throttle.count)) == 8
    assert len(looks) == {"sqlite": 8, "postgresql": 0}[session.get_bind().dialect.name]


def refused():
    raise Refused(Sentence("No"))


def cut():
    db.session.connection().invalidate()


@pytest.mark.parametrize("ends", [refused, cut, lambda: db.session.rollback()])
def test_however_a_writer_ends_the_next_one_need_not_wait(app, session, counted, ends):
    began = monotonic()
    for _writer in range(2):
        with app.app_context(), suppress(Refused, PendingRollbackError), unit():
            ends()
    with app.app_context(), unit():
        db.session.execute(ONE_MORE)
    assert session.scalar(select(Throttle.count)) == 1
    assert monotonic() - began < 4  # who waits for a turn that nobody passed on waits for five


def test_who_writes_again_on_the_same_connection_waits_for_nobody(app, session, counted):
    began = monotonic()
    with app.app_context(), db.engine.connect().execution_options(writing=True) as connection:
        for _step in range(3):  # as migrations do, one after the other
            with connection.begin():
                connection.execute(ONE_MORE)
    with app.app_context(), unit():
        db.session.execute(ONE_MORE)
    assert session.scalar(select(Throttle.count)) == 4
    assert monotonic() - began < 4

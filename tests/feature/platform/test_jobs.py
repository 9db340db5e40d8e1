"""Jobs: asked for with the deed, done after it, once, and again only as is written down."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.models import Heartbeat, Job
from portal.platform import jobs
from portal.platform.database import unit

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def done(monkeypatch):
    """What the job “note” was told, each time it was done."""
    heard: list[str] = []
    monkeypatch.setitem(jobs.REGISTRY, "note", lambda *, word: heard.append(word))
    return heard


@pytest.fixture
def inside(app, session):
    session.commit()
    with app.app_context():
        yield


def ask(word, **more):
    with unit():
        jobs.enqueue("note", {"word": word}, **more)


def the_job(session):
    session.expire_all()
    session.rollback()
    return session.scalars(select(Job)).one()


def test_what_was_asked_for_is_done_once(inside, done, session):
    ask("hello")
    assert jobs.run_one() is True
    assert jobs.run_one() is False
    assert done == ["hello"]
    assert the_job(session).done_at is not None


def test_what_a_rolled_back_deed_asked_for_is_never_done(inside, done, session):
    with pytest.raises(ValueError, match="the deed failed"), unit():
        jobs.enqueue("note", {"word": "never"})
        raise ValueError("the deed failed")
    assert jobs.run_one() is False
    assert done == []


def test_asked_twice_with_one_key_it_is_done_once(inside, done):
    ask("first", key="one")
    ask("second", key="one")
    assert jobs.drain() == 1
    assert done == ["first"]


def test_a_job_waits_for_its_time(inside, done, at):
    at(NOON)
    ask("later", run_at=NOON + timedelta(minutes=5))
    assert jobs.run_one() is False
    at(NOON + timedelta(minutes=5))
    assert jobs.run_one() is True


def test_a_job_that_fails_is_tried_again_later_and_later_and_then_left_to_people(
    inside, session, monkeypatch, at
):
    def fail(**_):
        raise ConnectionError("the mail server is away")

    monkeypatch.setitem(jobs.REGISTRY, "note", fail)
    at(NOON)
    ask("x")
    moment, waits = NOON, []
    for _ in range(4):
        at(moment)
        assert jobs.run_one() is True
        job = the_job(session)
        waits.append(int((job.run_at - moment).total_seconds()))
        assert (job.failed_at, job.lease) == (None, None)
        at(job.run_at - timedelta(seconds=1))
        assert jobs.run_one() is False
        moment = job.run_at
    assert waits == [10, 60, 600, 3600]
    at(moment)
    assert jobs.run_one() is True
    job = the_job(session)
    assert job.failed_at == moment
    assert job.error == "ConnectionError: the mail server is away"
    at(moment + timedelta(days=9))
    assert jobs.run_one() is False


def test_an_administrator_gives_a_failed_job_its_tries_again(inside, done, session):
    ask("again")
    with unit():
        job = db.session.scalars(select(Job)).one()
        job.failed_at, job.tries, job.error = NOON, 5, "it broke"
    assert jobs.run_one() is False
    with unit():
        jobs.retry(db.session.scalars(select(Job)).one(), now=NOON)
    assert jobs.run_one() is True
    assert done == ["again"]


def test_a_job_in_one_hand_is_not_taken_by_another_until_the_lease_runs_out(inside, done, at):
    at(NOON)
    ask("held")
    first = jobs.claim()
    assert first is not None
    at(NOON + timedelta(seconds=59))
    assert jobs.claim() is None
    at(NOON + timedelta(seconds=60))
    second = jobs.claim()
    assert second is not None
    assert second.id == first.id
    assert second.lease != first.lease


def test_who_lost_the_lease_settles_nothing(inside, done, session, at):
    at(NOON)
    ask("held")
    slow = jobs.claim()
    at(NOON + timedelta(seconds=61))
    quick = jobs.claim()
    jobs.settle(slow, done_at=NOON, error="")
    assert the_job(session).done_at is None
    jobs.settle(quick, done_at=NOON, error="")
    assert the_job(session).done_at == NOON


def test_periodic_jobs_are_asked_for_once_in_their_window_by_however_many(
    inside, done, session, monkeypatch, at
):
    monkeypatch.setattr(jobs, "PERIODIC", {"note": timedelta(minutes=1)})
    for worker in ("a", "b"):
        at(NOON)
        jobs.beat(worker)
    assert len(session.scalars(select(Job)).all()) == 1
    at(NOON + timedelta(minutes=1))
    jobs.beat("a")
    session.rollback()
    assert len(session.scalars(select(Job)).all()) == 2


def test_a_worker_that_is_not_heard_of_is_taken_for_dead(inside, session, at):
    at(NOON)
    with unit():
        assert not jobs.is_alive(now=NOON)
    jobs.beat("a")
    jobs.beat("a")
    with unit():
        assert jobs.is_alive(now=NOON + timedelta(seconds=59))
        assert not jobs.is_alive(now=NOON + timedelta(seconds=60))
    assert len(session.scalars(select(Heartbeat)).all()) == 1

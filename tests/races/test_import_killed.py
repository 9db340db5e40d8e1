"""A worker that is killed while it writes a list: no row is lost, and none is written twice."""

import os
import signal
from datetime import timedelta
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import func, select

from portal import create_app
from portal.core import clock
from portal.extensions import db
from portal.members.importing import batches, service
from portal.members.importing import jobs as writing
from portal.members.importing.tables import read_table
from portal.models import AuditEvent, MemberImport, Organisation, Person
from portal.platform import auth, jobs
from portal.platform.database import unit
from tests.support.databases import settings
from tests.support.processes import PROCESSES

LEASE = timedelta(seconds=1)
ROWS = 30


def die():
    os.kill(os.getpid(), signal.SIGKILL)
    sleep(60)


def within_a_batch(monkey):
    perform = batches.perform
    done = []

    def one_more(*given, **more):
        perform(*given, **more)
        done.append(1)
        if len(done) == 13:
            die()

    monkey(batches, "perform", one_more)


def after_a_batch_is_kept(monkey):
    write, done = batches.write_batch, []

    def again(*given, **more):
        done.append(1)
        return die() if len(done) == 3 else write(*given, **more)

    monkey(writing, "write_batch", again)


def nowhere(monkey):
    """Live on, and do all that there is to do."""


def be_a_worker(url, folder, dies):
    app = create_app(settings(url, Path(folder)))
    jobs.LEASE = LEASE
    batches.BATCH = 5
    dies(lambda place, name, value: setattr(place, name, value))
    with app.app_context():
        jobs.drain()


def work(app, tmp_path, dies):
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    worker = PROCESSES.Process(target=be_a_worker, args=(url, str(tmp_path), dies))
    worker.start()
    worker.join(timeout=60)
    return worker.exitcode


def confirmed(app, person_id):
    """Bring a list in and confirm it, so that it waits for a worker."""
    lines = [f"Firma {n};p{n}@a.example;Person {n}" for n in range(ROWS)]
    table = read_table("\r\n".join(["Bedrift;E-post;Person", *lines]).encode(), "list.csv")
    with app.test_request_context(), unit():
        now = clock.now()
        actor = auth.actor_of(db.session.get(Person, person_id), now=now)
        row = service.upload(table, actor=actor, now=now)
        service.match(row, row.columns, row.defaults, actor=actor, now=now)
        id, round = row.id, row.round
    with app.test_request_context():
        service.check(id, round, now=now)
        with unit():
            row = db.session.get(MemberImport, id)
            service.confirm(row, row.version, actor=actor, now=now)


@pytest.mark.parametrize("dies", [within_a_batch, after_a_batch_is_kept])
def test_what_a_killed_worker_began_is_finished_by_the_next(app, session, make, tmp_path, dies):
    staff = make.staff("membership")
    session.commit()
    confirmed(app, staff.id)
    session.rollback()
    assert work(app, tmp_path, dies) == -signal.SIGKILL
    begun = session.scalar(select(func.count()).select_from(Organisation))
    assert 0 < begun < ROWS
    assert begun % 5 == 0
    session.rollback()
    sleep(LEASE.total_seconds() + 0.1)
    assert work(app, tmp_path, nowhere) == 0
    row = session.scalars(select(MemberImport)).one()
    assert (str(row.state), row.tallies["written"], row.handled) == ("done", ROWS, ROWS)
    assert session.scalar(select(func.count()).select_from(Organisation)) == ROWS
    for action in ("organisation.created", "person.added", "affiliation.granted"):
        told = select(func.count()).where(AuditEvent.action == action)
        assert session.scalar(told) == ROWS, action

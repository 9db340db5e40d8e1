"""Work that is done after the deed is saved, by a worker process, and survives that process.

A job is a row written in the transaction of its deed. A worker takes it by a lease; when the
worker dies, the lease runs out and another takes it. So a job may run twice, and every job is
written so that the second time does no harm.
"""

import logging
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from threading import Event
from typing import Any
from uuid import UUID

from sqlalchemy import Insert, Select, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.extensions import db
from portal.models import Heartbeat, Job
from portal.platform import cluster
from portal.platform.database import unit, write

LEASE = timedelta(seconds=60)
#: Five tries over about an hour and a half; then the job waits for an administrator.
BACKOFF = tuple(timedelta(seconds=s) for s in (10, 60, 600, 3600))
TRIES = len(BACKOFF) + 1
#: A worker that was not heard of for this long is taken for dead.
SILENCE = timedelta(seconds=60)
#: How long a worker rests when there is nothing to do, in seconds.
REST = 1.0

Work = Callable[..., None]
REGISTRY: dict[str, Work] = {}
PERIODIC: dict[str, timedelta] = {}

log = logging.getLogger("portal.jobs")


def job(name: str, *, every: timedelta | None = None) -> Callable[[Work], Work]:
    """Register what is done for a job of this name, perhaps again and again."""

    def register(work: Work) -> Work:
        REGISTRY[name] = work
        if every:
            PERIODIC[name] = every
        return work

    return register


def enqueue(
    name: str,
    arguments: Mapping[str, Any] | None = None,
    *,
    key: str | None = None,
    run_at: datetime | None = None,
) -> None:
    """Ask for a job in the transaction of the deed. Asked twice with one key, it is done once."""
    enqueue_all([(name, arguments or {}, key)], run_at=run_at)


def enqueue_all(
    wanted: Sequence[tuple[str, Mapping[str, Any], str | None]], *, run_at: datetime | None = None
) -> None:
    """Ask for several jobs at once, each by its name, its arguments and its key."""
    now = clock.now()
    rows = [
        {"id": uuid7(), "created_at": now, "version": 1, "name": name, "key": key, "tries": 0,
         "arguments": dict(arguments), "run_at": run_at or now, "error": ""}
        for name, arguments, key in wanted
    ]  # fmt: skip
    write(asking(db.engine.dialect.name), rows)


@cache
def asking(dialect: str) -> Insert:
    """Put together, once, the statement that asks for jobs."""
    row = (postgresql if dialect == "postgresql" else sqlite).insert(Job)
    asked: Insert = row.on_conflict_do_nothing(index_elements=[Job.key])
    return asked


@dataclass(frozen=True)
class Held:
    """A job in the hands of this worker."""

    id: UUID
    lease: str
    name: str
    arguments: Mapping[str, Any]
    tries: int


def waiting(*, now: datetime) -> Select[Job]:
    """Select the jobs that may be taken now, the longest waiting first."""
    free = or_(Job.leased_until.is_(None), Job.leased_until <= now)
    unfinished = (Job.done_at.is_(None), Job.failed_at.is_(None))
    return select(Job).where(*unfinished, Job.run_at <= now, free).order_by(Job.run_at, Job.id)


def claim() -> Held | None:
    """Take the job that has waited longest, if any: only one worker gets it."""
    with unit():
        now = clock.now()
        found = waiting(now=now).limit(1).with_for_update(skip_locked=True)
        row = db.session.scalar(found)
        if row is None:
            return None
        row.lease, row.leased_until = secrets.token_hex(8), now + LEASE
        row.tries += 1
        return Held(row.id, row.lease, row.name, dict(row.arguments), row.tries)


def run_one() -> bool:
    """Take one job and do it. Return whether there was one."""
    held = claim()
    if held is None:
        return False
    started = time.monotonic()
    cluster.forget()  # a worker lives long, and staff may have renamed the cluster since
    try:
        REGISTRY[held.name](**held.arguments)
    except Exception as error:
        log.exception("job %s failed at try %s", held.name, held.tries)
        put_back(held, f"{type(error).__name__}: {error}"[:2000])
    else:
        settle(held, done_at=clock.now(), error="")
        spent = round((time.monotonic() - started) * 1000)
        log.info("job done", extra={"job": held.name, "milliseconds": spent})
    return True


def put_back(held: Held, error: str) -> None:
    """Let a job that failed wait for its next try, or for an administrator after the last."""
    if held.tries >= TRIES:
        settle(held, failed_at=clock.now(), error=error)
    else:
        settle(held, run_at=clock.now() + BACKOFF[held.tries - 1], error=error)


def settle(held: Held, **values: Any) -> None:
    """Give back a job that is still ours; a lease that ran out has passed it to somebody else."""
    with unit():
        ours = update(Job).where(Job.id == held.id, Job.lease == held.lease)
        db.session.execute(ours.values(lease=None, leased_until=None, **values))


def retry(job: Job, *, now: datetime) -> None:
    """Give a failed job its tries again."""
    job.failed_at, job.tries, job.run_at, job.error = None, 0, now, ""


def beat(worker: str) -> None:
    """Say that this worker is alive, and ask for the periodic jobs whose time has come."""
    with unit():
        now = clock.now()
        dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
        alive = dialect.insert(Heartbeat).values(worker=worker, at=now)
        db.session.execute(
            alive.on_conflict_do_update(index_elements=[Heartbeat.worker], set_={"at": now})
        )
        for name, every in PERIODIC.items():
            window = int(now.timestamp() // every.total_seconds())
            enqueue(name, key=f"{name}@{window}")


def work(worker: str, stop: Event) -> None:
    """Do jobs until told to stop; the one in hand is finished first."""
    beat_at = 0.0
    while not stop.is_set():
        if time.monotonic() >= beat_at:
            beat(worker)
            beat_at = time.monotonic() + 10
        if not run_one():
            stop.wait(REST)


def drain(most: int = 10_000) -> int:
    """Do all that can be done now and return how much: for tests and the demo."""
    return next(done for done in range(most) if not run_one())


def is_alive(*, now: datetime) -> bool:
    """Tell whether any worker was heard of lately."""
    newest = select(Heartbeat.at).order_by(Heartbeat.at.desc()).limit(1)
    heard = db.session.scalar(newest)
    return heard is not None and heard > now - SILENCE

"""Many processes at once, each doing deeds about places as the portal does them."""

import os
import signal
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import sleep
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from portal import create_app
from portal.core import clock
from portal.core.errors import Refused
from portal.events.places import quotas
from portal.extensions import db
from portal.models import Actor, Person, Quota
from portal.platform.auth import actor_of
from portal.platform.database import begin, unit
from tests.support.databases import settings
from tests.support.processes import PROCESSES

Deed = Callable[..., Any]
PAUSE = 0.02


def as_it_is(_everybody: Barrier) -> None:
    """Change nothing."""


def with_a_pause(_everybody: Barrier) -> None:
    """Let the portal do as it does, but hesitate before it counts a place."""
    take = quotas.take

    def hesitate(quota_id: UUID) -> int | None:
        sleep(PAUSE)
        return take(quota_id)

    quotas.take = hesitate


def look_then_leap(everybody: Barrier) -> None:
    """Take away the lock and the guard: look in one unit of work and act on it in another."""
    seen: dict[UUID, quotas.Room] = {}

    def look(event_id: UUID) -> dict[UUID, quotas.Room]:
        rows = select(Quota.id, Quota.size, Quota.held).where(Quota.event_id == event_id)
        for id, size, held in db.session.execute(rows):
            seen[id] = quotas.Room(id=id, size=size, held=held, name_en="", name_nb="")
        db.session.rollback()
        everybody.wait(60)
        begin(writing=True)
        return seen

    def leap(quota_id: UUID) -> int:
        counted = seen[quota_id].held + 1
        quotas.read(update(Quota).where(Quota.id == quota_id).values(held=counted))
        return counted

    quotas.lock_quotas, quotas.take = look, leap


def do(url: str, folder: str, deed: Deed, given: tuple, manner, everybody: Barrier, told) -> None:
    """Be one process: come up, wait for the others, do the deed, and tell how it went."""
    app = create_app(settings(url, Path(folder)))
    with app.app_context():
        with unit(writing=False):
            db.session.execute(select(1))
        manner(everybody)
        everybody.wait(60)
        try:
            told.put(patiently(deed, given) or "done")
        except Refused as refusal:
            told.put(f"refused: {refusal.reason.text}")
        except Exception as error:  # whatever else happens must be seen
            told.put(f"failed: {error!r}"[:500])


def patiently(deed: Deed, given: tuple) -> Any:
    """Do a deed; to whom the portal says that it is busy, tries again, as people do."""
    for _try in range(5):
        try:
            return deed(*given)
        except OperationalError as error:
            if "database is locked" not in str(error):
                raise
    return deed(*given)


def acting(id: UUID) -> Actor:
    """Return somebody who acts, with the rights of this moment."""
    return actor_of(db.session.get_one(Person, id), now=clock.now())


def die(*_given: object, **_more: object) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)
    sleep(60)


class Rush:
    """Lets deeds happen at once: `rush([(deed, arguments), …], manner)`."""

    def __init__(self, app, session, folder: Path) -> None:
        self.app, self.session, self.folder = app, session, folder

    def __call__(self, deeds: list[tuple], manner=with_a_pause) -> list[str]:
        self.session.commit()
        everybody, told = PROCESSES.Barrier(len(deeds)), PROCESSES.Queue()
        people = [self.process(deed, manner, everybody, told) for deed in deeds]
        for person in people:
            person.start()
        fared = sorted(told.get(timeout=90) for _person in people)
        for person in people:
            person.join(30)
        self.session.commit()  # and what they did is read afresh
        return fared

    def dying(self, *deed: Any, manner) -> int:
        """Do one deed in a process that is killed in the midst of it; return how it ended."""
        self.session.commit()
        alone, told = PROCESSES.Barrier(1), PROCESSES.Queue()
        person = self.process(deed, manner, alone, told)
        person.start()
        person.join(60)
        self.session.commit()
        return person.exitcode

    def process(self, deed: tuple, manner, everybody: Barrier, told):
        url = self.app.config["SQLALCHEMY_DATABASE_URI"]
        what, *given = deed
        arguments = (url, str(self.folder), what, tuple(given), manner, everybody, told)
        return PROCESSES.Process(target=do, args=arguments)

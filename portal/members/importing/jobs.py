"""What the worker does with lists: it checks them, and writes those that are confirmed."""

import time
from datetime import timedelta
from uuid import UUID

from portal.core import clock
from portal.members.importing import service
from portal.members.importing.batches import write_batch
from portal.platform import jobs
from portal.platform.database import unit

#: So many seconds a list is written before other work has its turn: letters wait no longer.
TURN = 10.0


@jobs.job(service.CHECK)
def check_import(list_id: str, round: int) -> None:
    """Find what each row of a list would do."""
    service.check(UUID(list_id), round, now=clock.now())


@jobs.job(service.WRITE)
def write_import(list_id: str, part: int) -> None:
    """Write a confirmed list until the turn is over, and ask for the next one.

    Where a worker was killed, the next goes on: a row and that it was written are kept together.
    """
    until = time.monotonic() + TURN
    more = True
    while more:
        with unit():
            more = write_batch(UUID(list_id), now=clock.now())
            over = more and time.monotonic() >= until
            if over:
                service.go_on(UUID(list_id), part + 1)
        if over:
            return


@jobs.job("members.forget_imports", every=timedelta(days=1))
def forget_imports() -> None:
    """Remove what old lists hold of people."""
    with unit():
        service.forget(now=clock.now())

"""What the worker does for memberships: it looks up whom to renew, and renews them."""

import time
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from portal.core import clock
from portal.members import queries
from portal.members.belonging.service import renewals, renewing, turns
from portal.platform import jobs
from portal.platform.database import unit

#: So many seconds a run is worked on before other work has its turn: letters wait no longer.
TURN = 10.0


class Part(Protocol):
    """A part of some work on a run."""

    def __call__(self, run_id: UUID, *, now: datetime) -> bool:
        """Do it; return whether there is more."""


def in_turns(run_id: str, name: str, part: Part) -> None:
    """Do one part after another until the turn is over, and ask for the next turn.

    Where a worker was killed, the next goes on: every part is kept with how far it came.
    """
    until, more = time.monotonic() + TURN, True
    while more:
        with unit():
            more = part(UUID(run_id), now=clock.now())
            over = more and time.monotonic() >= until
            if over:
                renewals.go_on(renewals.held(UUID(run_id)), name)
        if over:
            return


@jobs.job(renewals.GATHER)
def gather_renewals(run_id: str) -> None:
    """Look up the members of a run."""
    in_turns(run_id, renewals.GATHER, renewals.gather)


@jobs.job(renewals.RENEW)
def run_renewals(run_id: str) -> None:
    """Renew the members of a run that was started."""
    in_turns(run_id, renewals.RENEW, renewing.renew_lot)


@jobs.job("members.tell_turns", every=timedelta(hours=1))
def tell_turns() -> None:
    """Tell what became of memberships since the last day that was told. Done again, it is quiet."""
    with unit(writing=False):
        days = turns.days_to_tell(today=queries.today(now=clock.now()))
    for day in days:
        after, more = None, True
        while more:
            with unit():
                after = turns.tell_lot(day, after, now=clock.now())
                more = after is not None
        with unit():
            turns.note_told(day)

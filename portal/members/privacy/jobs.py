"""What the worker does with copies and clearings."""

import time
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select

from portal.core import clock
from portal.extensions import db
from portal.members.privacy import copies, erasing, runs
from portal.models import MailState, OutgoingMail, Person
from portal.platform import jobs
from portal.platform.database import unit

#: So many seconds a clearing runs before other work has its turn.
TURN = 10.0


@jobs.job(copies.MAKE)
def make_copy(copy: str) -> None:
    """Put a copy of somebody's data together."""
    copies.put_together(UUID(copy))


@jobs.job(runs.CLEAR)
def clear(run: str, part: int) -> None:
    """Clear batch by batch until the turn is over, and ask for the next one."""
    until = time.monotonic() + TURN
    more = True
    while more:
        with unit():
            more = runs.go_on(UUID(run), now=clock.now())
            over = more and time.monotonic() >= until
            if over:
                next_part = {"run": run, "part": part + 1}
                jobs.enqueue(runs.CLEAR, next_part, key=f"{runs.CLEAR}:{run}:{part + 1}")
        if over:
            return


@jobs.job(erasing.FORGET)
def forget_words(letters: list[str]) -> None:
    """Empty what was still to be sent when the person that it speaks of was erased."""
    with unit():
        erasing.empty_letters([UUID(id) for id in letters])


@jobs.job("members.clear_tonight", every=timedelta(days=1))
def clear_tonight() -> None:
    """Begin the nightly clearing."""
    with unit():
        runs.tonight(now=clock.now())


@jobs.job("members.forget_farewells", every=timedelta(hours=1))
def forget_farewells() -> None:
    """Delete the last letters to people who were erased, once they have left."""
    erased = select(Person.id).where(Person.pseudonymised_at.is_not(None))
    with unit():
        gone = delete(OutgoingMail).where(
            OutgoingMail.state == MailState.SENT, OutgoingMail.person_id.in_(erased)
        )
        db.session.execute(gone, execution_options={"synchronize_session": False})

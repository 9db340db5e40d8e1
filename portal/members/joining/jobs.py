"""What the worker does for those who would like to join, when a day has come."""

from datetime import timedelta

from portal.core import clock
from portal.members.joining.service import sweeping
from portal.platform import jobs
from portal.platform.database import unit

ROUNDS = (
    (sweeping.to_remind, sweeping.remind),
    (sweeping.to_lapse, sweeping.lapse),
    (sweeping.to_resume, sweeping.resume),
)


@jobs.job("members.joining", every=timedelta(hours=1))
def look_after_applications() -> None:
    """Remind, give up waiting, take up again: each application in a unit of its own."""
    now = clock.now()
    for find, do in ROUNDS:
        with unit(writing=False):
            found = find(now=now)
        for id in found:
            with unit():
                do(id, now=now)

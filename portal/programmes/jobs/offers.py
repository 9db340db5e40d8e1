"""Deadlines of offers: reminders before them, and the end of those that nobody answered."""

from datetime import timedelta

from portal.core import clock
from portal.models import PORTAL
from portal.platform import jobs
from portal.platform.database import unit
from portal.programmes.jobs.sweeping import for_each
from portal.programmes.queries import offers as queries
from portal.programmes.service import offers as service


@jobs.job("offers.lapse", every=timedelta(minutes=1))
def lapse() -> None:
    """Let offers end whose time is up, and their places go."""
    now = clock.now()
    with unit(writing=False):
        due = queries.ended(now=now)
    for_each(due, lambda id: service.lapse(queries.any_offer(id), actor=PORTAL, now=now))


@jobs.job("offers.remind", every=timedelta(minutes=10))
def remind() -> None:
    """Remind of offers that end soon."""
    now = clock.now()
    with unit(writing=False):
        due = queries.to_remind(now=now)
    for_each(due, lambda id: service.remind(queries.any_offer(id), actor=PORTAL, now=now))

"""Days of milestones: reminders before them, and those that were missed."""

from datetime import timedelta

from portal.core import clock
from portal.models import PORTAL
from portal.platform import jobs
from portal.platform.database import unit
from portal.programmes.jobs.sweeping import for_each
from portal.programmes.queries import milestones as queries
from portal.programmes.service import milestones as service


@jobs.job("milestones.miss", every=timedelta(hours=1))
def miss() -> None:
    """Count as missed what nobody handed in within a week after its day."""
    now = clock.now()
    with unit(writing=False):
        due = queries.missed(now=now)
    for_each(due, lambda id: service.miss(queries.any_milestone(id), actor=PORTAL, now=now))


@jobs.job("milestones.remind", every=timedelta(hours=1))
def remind() -> None:
    """Remind of milestones whose day is near."""
    now = clock.now()
    with unit(writing=False):
        due = queries.to_remind(now=now)
    for_each(due, lambda id: service.remind(queries.any_milestone(id), actor=PORTAL, now=now))

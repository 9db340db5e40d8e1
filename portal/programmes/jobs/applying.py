"""Deadlines of calls: reminders before them, and the end of drafts after them."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from portal.core import clock
from portal.core.errors import Refused
from portal.models import PORTAL, Application
from portal.platform import jobs
from portal.platform.database import unit
from portal.programmes.queries import applying as queries
from portal.programmes.service import applying as service

log = logging.getLogger("portal.jobs")


@jobs.job("applications.remind", every=timedelta(minutes=10))
def remind() -> None:
    """Remind of drafts whose deadline comes near."""
    now = clock.now()
    with unit(writing=False):
        due = queries.to_remind(now=now)
    for_each(due, lambda draft: service.remind(draft, actor=PORTAL, now=now))


@jobs.job("applications.lapse", every=timedelta(minutes=1))
def lapse() -> None:
    """Let drafts lapse whose call is over, when what was sent in time has been dealt with."""
    now = clock.now()
    with unit(writing=False):
        due = queries.lapsing(now=now)
    for_each(due, lambda draft: service.lapse(draft, actor=PORTAL, now=now))


def for_each(ids: Iterable[UUID], deed: Callable[[Application], object]) -> None:
    """Do a deed to each draft in a unit of its own: one that has moved on stops no other."""
    for id in ids:
        try:
            with unit():
                deed(queries.draft(id))
        except Refused as refusal:
            log.info("left alone", extra={"application": str(id), "reason": refusal.reason.text})

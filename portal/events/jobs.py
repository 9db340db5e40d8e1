"""What the portal does by itself with events when a date or a free place demands it."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from portal.core import clock
from portal.core.errors import Missing, Refused
from portal.events import accounts, places
from portal.events.queries import sweeping as queries
from portal.events.service import reminding, telling
from portal.platform import jobs
from portal.platform.database import unit

log = logging.getLogger("portal.jobs")


@jobs.job("events.expire", every=timedelta(minutes=1))
def expire() -> None:
    """Let offers end whose time is up; their places go to the next."""
    now = clock.now()
    with unit(writing=False):
        due = queries.overdue(now=now)
    for_each(due, lambda id: places.expire(queries.any_delegate(id), now=now))


@jobs.job("events.promote", every=timedelta(minutes=5))
def promote() -> None:
    """Offer free places that nobody was offered in the deed that freed them."""
    now = clock.now()
    with unit(writing=False):
        due = queries.with_free_places(now=now)
    for_each(due, lambda id: places.promote(queries.any_event(id), now=now))


@jobs.job("events.remind", every=timedelta(minutes=10))
def remind() -> None:
    """Remind of offers that end soon, and of registration that closes soon."""
    now = clock.now()
    with unit(writing=False):
        offers, events = queries.to_remind(now=now), queries.closing(now=now)
    for_each(offers, lambda id: reminding.remind_of_offer(queries.any_delegate(id), now=now))
    for_each(events, lambda id: reminding.remind_of_closing(queries.any_event(id), now=now))


@jobs.job(telling.TELL)
def tell(event: str, rule: str) -> None:
    """Tell everybody of an event that it moved or is cancelled, a few letters at a time."""
    told = 1
    while told:
        with unit():
            told = telling.tell_some(UUID(event), rule, now=clock.now())


@jobs.job("events.audit", every=timedelta(days=1))
def audit() -> None:
    """Recompute every invariant of places, and say so in the log when one does not hold."""
    with unit(writing=False):
        findings = accounts.audit(now=clock.now())
    for finding in findings:
        row = {"subject": finding.subject_type, "row": str(finding.subject_id)}
        log.error("accounts of places: %s", finding.about.text, extra=row)


def for_each(ids: Iterable[UUID], deed: Callable[[UUID], object]) -> None:
    """Do a deed to each row in a unit of its own: one that has moved on stops no other."""
    for id in ids:
        try:
            with unit():
                deed(id)
        except (Missing, Refused) as refusal:
            log.info("left alone", extra={"row": str(id), "reason": type(refusal).__name__})

"""Telling everybody about an event that moved or was cancelled: by jobs, a few letters at a time.

The job is a row of the transaction that moves or cancels. What was told to whom is kept, so that
a job that is done twice tells nobody twice.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from portal.events.mails import answers, events
from portal.events.queries import telling as queries
from portal.extensions import db
from portal.models import Delegate, Event, Person, Reminder
from portal.platform import jobs, mail
from portal.platform.mail import Letter

TELL = "events.tell"
#: How many letters are written in one unit of work: SQLite has one writer.
AT_ONCE = 25

TO_DELEGATES: dict[str, Callable[[Delegate], list[Letter]]] = {
    "moved": answers.event_moved,
    "cancelled": answers.event_cancelled,
}
TO_COORDINATORS: dict[str, Callable[[Event, Person], Letter]] = {
    "moved": events.moved,
    "cancelled": events.cancelled,
}


def begin(event: Event, what: str) -> None:
    """Ask for everybody to be told, once this deed is kept."""
    db.session.flush()
    rule = f"{what}:{event.sequence}"
    arguments = {"event": str(event.id), "rule": rule}
    jobs.enqueue(TELL, arguments, key=f"{TELL}:{event.id}:{rule}")


def tell_some(event_id: UUID, rule: str, *, now: datetime) -> int:
    """Tell the next few who were not told yet. Returns how many there were."""
    what = rule.partition(":")[0]
    event = queries.event(event_id)
    delegates = queries.untold_delegates(event, what, rule, most=AT_ONCE)
    for delegate in delegates:
        note(delegate.id, rule, now=now)
        mail.queue(*TO_DELEGATES[what](delegate))
    if delegates:
        return len(delegates)
    return tell_coordinators(event, what, rule, now=now)


def tell_coordinators(event: Event, what: str, rule: str, *, now: datetime) -> int:
    """Tell those who registered people, once all the people are told."""
    found: Sequence[Person] = queries.untold_coordinators(event, what, rule, most=AT_ONCE)
    for person in found:
        note(person.id, f"{rule}:{event.id}", now=now)
        mail.queue(TO_COORDINATORS[what](event, person))
    return len(found)


def note(subject_id: UUID, rule: str, *, now: datetime) -> None:
    """Keep that somebody was told."""
    db.session.add(Reminder(subject_id=subject_id, rule=rule, sent_at=now))

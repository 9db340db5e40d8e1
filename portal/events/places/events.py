"""What deeds about a whole event need of its places: the lock, the end of all, the queue."""

from datetime import datetime

from portal.events.mails import answers as letters
from portal.events.places.answering import end_all
from portal.events.places.books import Books, open_books
from portal.events.places.queue import settle
from portal.events.places.steps import write
from portal.events.queries import booking
from portal.events.queries import events as queries
from portal.extensions import db
from portal.models import PORTAL, Event
from portal.platform import mail

__all__ = ["end_all", "lock", "promote", "shorten_offers"]


def lock(event: Event) -> Books:
    """Keep every deed about places waiting until this one is kept, and read the event afresh."""
    books = open_books(event.id)
    booking.event_of(event.id, version=books.event.version)
    return books


def shorten_offers(event: Event, *, now: datetime) -> None:
    """Let no offer outlast an event that was moved, and tell those who have less time to answer."""
    for id in queries.offered_beyond(event.id, event.ends_at):
        delegate = booking.delegate_afresh(id)
        delegate.offer_expires_at = event.ends_at
        before = delegate.state.value
        write(delegate, "shorten", before=before, actor=PORTAL, now=now, until=event.ends_at)
        if now < event.ends_at:
            mail.queue(*letters.offer_ends(delegate))


def promote(event: Event, *, now: datetime) -> None:
    """Offer what is free, after a pause or a longer window."""
    db.session.flush()
    settle(open_books(event.id), now=now)

"""What deeds about a whole event need of its places: the lock, the end of all, and the queue."""

from datetime import datetime

from portal.events.places.answering import end_all
from portal.events.places.books import Books, open_books
from portal.events.places.queue import settle
from portal.extensions import db
from portal.models import Event

__all__ = ["end_all", "lock", "promote"]


def lock(event: Event) -> Books:
    """Keep every deed about places waiting until this one is kept, and read the event afresh."""
    return open_books(event.id)


def promote(event: Event, *, now: datetime) -> None:
    """Offer what is free, after a pause or a longer window."""
    db.session.flush()
    settle(open_books(event.id), now=now)

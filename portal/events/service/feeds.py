"""The secret address of somebody's own calendar."""

from datetime import datetime

from portal.core.errors import NotAllowed
from portal.events.deeds import FeedDeed
from portal.events.queries import calendars
from portal.extensions import db
from portal.models import Actor, CalendarFeed
from portal.platform import audit, tokens


def make_feed(*, actor: Actor, now: datetime) -> str:
    """Give somebody an address for their calendar; one that they had goes nowhere from now on.

    Returns its secret, of which only the hash is kept.
    """
    if not actor.verified:
        raise NotAllowed
    token = tokens.fresh()
    feed = calendars.feed(actor=actor)
    if feed is None:
        feed = CalendarFeed(person_id=actor.id)
        db.session.add(feed)
    feed.token_hash, feed.made_at = tokens.digest(token), now
    audit.record(FeedDeed.MADE, feed, actor=actor, now=now)
    return token


def end_feed(feed: CalendarFeed, *, actor: Actor, now: datetime) -> None:
    """Let somebody's address go nowhere."""
    audit.record(FeedDeed.ENDED, feed, actor=actor, now=now)
    db.session.delete(feed)

"""Private feeds: one for each person, opened by a secret that can be renewed."""

from datetime import datetime

from portal.extensions import db
from portal.models import Actor, NewsFeed
from portal.news.deeds import NewsDeed
from portal.news.queries import following as queries
from portal.platform import audit, tokens


def renew_feed(*, actor: Actor, now: datetime) -> str:
    """Give somebody's feed a new secret and return it; the old one opens nothing any more."""
    token = tokens.fresh()
    feed = queries.own_feed(actor=actor)
    if feed is None:
        feed = NewsFeed(person_id=actor.id)
        db.session.add(feed)
    feed.token_hash, feed.renewed_at = tokens.digest(token), now
    audit.record(NewsDeed.FEED_RENEWED, feed, actor=actor, now=now)
    return token


def end_feed(feed: NewsFeed, *, actor: Actor, now: datetime) -> None:
    """Let nobody read somebody's feed any more."""
    audit.record(NewsDeed.FEED_ENDED, feed, actor=actor, now=now)
    db.session.delete(feed)

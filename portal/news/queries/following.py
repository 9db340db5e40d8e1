"""Whose private feed is asked for."""

from datetime import datetime

from sqlalchemy import select

from portal.core.errors import Missing, present
from portal.extensions import db
from portal.models import Actor, NewsFeed, Person, PersonState
from portal.platform import tokens
from portal.platform.auth import actor_of


def own_feed(*, actor: Actor) -> NewsFeed | None:
    """Return the feed of the person who is asking, if they have one."""
    return db.session.scalar(NewsFeed.visible_to(actor))


def kept_feed(*, actor: Actor) -> NewsFeed:
    """Find the feed of the person who is asking. Raises Missing while they have none."""
    return present(own_feed(actor=actor))


def reader(token: str, *, now: datetime) -> Actor:
    """Return whose feed a secret opens, with the rights that they have at this moment.

    Raises Missing for a secret that opens nothing, or no longer.
    """
    found = select(Person).join(NewsFeed, NewsFeed.person_id == Person.id)
    person = present(db.session.scalar(found.where(NewsFeed.token_hash == tokens.digest(token))))
    if person.state is not PersonState.ACTIVE or person.verified_at is None:
        raise Missing
    return actor_of(person, now=now)

"""Where two have to agree: the word of the first counts only as long as they may give it.

Whoever lost the role, was blocked, or came to belong to the organisation in question has said
nothing: the next who agrees is the first.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from portal.extensions import db
from portal.models import Actor, Person, PersonState
from portal.platform import auth

T = TypeVar("T")


def still_counts(
    first_id: UUID | None, may: Callable[[Actor, T], bool], subject: T, *, now: datetime
) -> bool:
    """Tell whether somebody said it first who may say it at this moment too."""
    person = db.session.get(Person, first_id) if first_id else None
    if person is None or person.state is not PersonState.ACTIVE:
        return False
    return may(auth.actor_of(person, now=now), subject)

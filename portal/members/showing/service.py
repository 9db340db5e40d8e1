"""Choosing what is shown of oneself."""

from collections.abc import Mapping
from datetime import datetime

from portal.extensions import db
from portal.members.deeds import MemberDeed
from portal.members.showing import queries
from portal.models import Actor, Field, Person, PersonVisibility, Reach
from portal.platform import audit
from portal.platform.audit import About


def choose(chosen: Mapping[Field, Reach], *, actor: Actor, now: datetime) -> None:
    """Say who sees which detail, from this moment on."""
    person = db.session.get_one(Person, actor.id, with_for_update=True)
    row = queries.choice(actor=actor)
    if row is None:
        row = PersonVisibility(person_id=person.id, created_at=now)
        db.session.add(row)
    for field, reach in chosen.items():
        setattr(row, field.value, reach)
    about = About(details={field.value: reach.value for field, reach in chosen.items()})
    audit.record(MemberDeed.SHOWN_CHANGED, person, actor=actor, now=now, about=about)

"""What others see of people. Every detail goes through `portal.models.members.visibility`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, or_, select, true

from portal.core.errors import Missing, present
from portal.extensions import db
from portal.members.queries.directory import SHOWN_TO_ALL, days
from portal.members.queries.viewers import viewer_of
from portal.models import (
    Actor,
    Affiliation,
    Field,
    Organisation,
    Person,
    PersonState,
    PersonVisibility,
    Viewer,
)
from portal.models.members.visibility import seen
from portal.platform.auth import arrived
from portal.platform.database import read

ID = bindparam("person_id", type_=Uuid())

WHO = (
    select(
        Person.id,
        Person.name,
        Person.email,
        Person.phone,
        PersonVisibility.name.label("name_for"),
        PersonVisibility.email.label("email_for"),
        PersonVisibility.phone.label("phone_for"),
    )
    .outerjoin(PersonVisibility, PersonVisibility.person_id == Person.id)
    .where(Person.id == ID, Person.state == PersonState.ACTIVE)
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """What one viewer sees of a person. `places` are organisations, with the title there."""

    id: UUID
    name: str
    email: str
    phone: str
    places: Sequence[Any]
    viewer: Viewer


def somebody(id: UUID, *, actor: Actor | None) -> Page:
    """Find what a visitor may see of a person. Raises Missing where that is not even the name."""
    now = arrived()
    return page_of(id, viewer=viewer_of(id, actor=actor, now=now), actor=actor, now=now)


def if_seen(id: UUID, *, viewer: Viewer, actor: Actor, now: datetime) -> Page | None:
    """Return what a kind of viewer sees of a person: nothing where not even the name."""
    try:
        return page_of(id, viewer=viewer, actor=actor, now=now)
    except Missing:
        return None


def page_of(id: UUID, *, viewer: Viewer, actor: Actor | None, now: datetime) -> Page:
    """Return what a kind of viewer sees of a person."""
    row = present(read(WHO, person_id=id).first())
    sees = {
        field: seen(field, getattr(row, f"{field.value}_for"), viewer=viewer) for field in Field
    }
    name = present(row.name if sees[Field.NAME] else None)
    return Page(
        id=id,
        name=name,
        email=row.email if sees[Field.EMAIL] else "",
        phone=row.phone if sees[Field.PHONE] else "",
        places=places(id, viewer=viewer, actor=actor, now=now),
        viewer=viewer,
    )


@cache
def where(everywhere: bool) -> Select[*tuple[Any, ...]]:
    """Put together the statement for the organisations that somebody belongs to."""
    shows = and_(*SHOWN_TO_ALL, Organisation.shows_people.is_(true()))
    ours = Organisation.id.in_(bindparam("own_ids", expanding=True))
    found = (
        select(Organisation.display_name, Organisation.slug, Affiliation.title)
        .join(Affiliation, Affiliation.organisation_id == Organisation.id)
        .where(Affiliation.person_id == ID, Affiliation.ends_at.is_(None))
        .order_by(Organisation.name_key, Organisation.id)
        .limit(25)
    )
    return found if everywhere else found.where(or_(ours, shows))


def places(person_id: UUID, *, viewer: Viewer, actor: Actor | None, now: datetime) -> Sequence[Any]:
    """Return the organisations of somebody that a viewer hears of.

    Colleagues hear of those that they share; others of those whose page shows their people.
    """
    everywhere = viewer in {Viewer.SELF, Viewer.STAFF}
    given: dict[str, Any] = {"person_id": person_id}
    if not everywhere:
        colleague = actor is not None and viewer in {Viewer.COLLEAGUE, Viewer.KEEPER}
        given |= {"own_ids": actor.organisation_ids if actor and colleague else (), **days(now=now)}
    return read(where(everywhere), **given).all()


def choice(*, actor: Actor) -> PersonVisibility | None:
    """Find what somebody chose to show."""
    return db.session.scalar(select(PersonVisibility).where(PersonVisibility.person_id == actor.id))

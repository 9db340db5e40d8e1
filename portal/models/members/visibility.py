"""Who sees which of a person's details: chosen by the person, and the same on every surface."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Enum, ForeignKey, case, literal, null
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import Row
from portal.models.members.people import Person


class Reach(Word):
    """How far a detail of a person may be seen."""

    STAFF = "staff", N_("The cluster’s staff alone")
    MEMBERS = "members", N_("Members of the cluster")
    PUBLIC = "public", N_("Everybody")


class Field(Word):
    """The details whose reach a person chooses."""

    NAME = "name", N_("Name and title")
    EMAIL = "email", N_("E-mail address")
    PHONE = "phone", N_("Phone")


class Viewer(Word):
    """Who looks at a person: what they are to them."""

    PUBLIC = "public", N_("Everybody")
    MEMBER = "member", N_("A member of the cluster")
    COLLEAGUE = "colleague", N_("A colleague")
    KEEPER = "keeper", N_("Who represents or administers your organisation")
    STAFF = "staff", N_("The cluster’s staff")
    SELF = "self", N_("Yourself")


#: What is seen of a person who chose nothing.
DEFAULTS: Mapping[Field, Reach] = {
    Field.NAME: Reach.MEMBERS,
    Field.EMAIL: Reach.STAFF,
    Field.PHONE: Reach.STAFF,
}

ALL = frozenset(Reach)
SHARED = frozenset({Reach.MEMBERS, Reach.PUBLIC})
OPEN = frozenset({Reach.PUBLIC})

#: Which choices let a kind of viewer see a detail. Colleagues always know who works with them, and
#: whoever acts for the organisation, and so registers and invites them, also by which address.
LETS: Mapping[Viewer, Mapping[Field, frozenset[Reach]]] = {
    Viewer.PUBLIC: {Field.NAME: OPEN, Field.EMAIL: OPEN, Field.PHONE: OPEN},
    Viewer.MEMBER: {Field.NAME: SHARED, Field.EMAIL: SHARED, Field.PHONE: SHARED},
    Viewer.COLLEAGUE: {Field.NAME: ALL, Field.EMAIL: SHARED, Field.PHONE: SHARED},
    Viewer.KEEPER: {Field.NAME: ALL, Field.EMAIL: ALL, Field.PHONE: SHARED},
    Viewer.STAFF: {Field.NAME: ALL, Field.EMAIL: ALL, Field.PHONE: ALL},
    Viewer.SELF: {Field.NAME: ALL, Field.EMAIL: ALL, Field.PHONE: ALL},
}


def reach_of(field: Field) -> Enum:
    """Return how a choice is kept: like every word, but three of them stand in one table."""
    return Enum(
        Reach,
        name=f"reach_of_{field.value}",
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda words: [word.value for word in words],
    )


class PersonVisibility(Row):
    """What a person chose to show, and to whom; who chose nothing has no row."""

    __tablename__ = "person_visibility"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    name: Mapped[Reach] = mapped_column(reach_of(Field.NAME), default=DEFAULTS[Field.NAME])
    email: Mapped[Reach] = mapped_column(reach_of(Field.EMAIL), default=DEFAULTS[Field.EMAIL])
    phone: Mapped[Reach] = mapped_column(reach_of(Field.PHONE), default=DEFAULTS[Field.PHONE])


CHOSEN: Mapping[Field, Any] = {
    Field.NAME: PersonVisibility.name,
    Field.EMAIL: PersonVisibility.email,
    Field.PHONE: PersonVisibility.phone,
}
COLUMNS: Mapping[Field, Any] = {
    Field.NAME: Person.name,
    Field.EMAIL: Person.email,
    Field.PHONE: Person.phone,
}


def lets(field: Field, *, viewer: Viewer) -> ColumnElement[bool]:
    """Return what is true of a person whose detail this viewer sees.

    The statement joins `PersonVisibility` from the outside. Every surface goes through here.
    """
    let = LETS[viewer][field]
    chosen = CHOSEN[field]
    by_default = literal(DEFAULTS[field] in let)
    return case((chosen.is_(None), by_default), else_=chosen.in_(sorted(let)))


def seen(field: Field, chosen: Reach | None, *, viewer: Viewer) -> bool:
    """Tell the same of one person whose choice is known."""
    return (chosen or DEFAULTS[field]) in LETS[viewer][field]


def shown(field: Field, *, viewer: Viewer) -> ColumnElement[Any]:
    """Return a detail as a column: nothing where this viewer may not see it."""
    return case((lets(field, viewer=viewer), COLUMNS[field]), else_=null())


def counted_as(organisation_id: UUID | None, *, actor: Actor | None, member: bool) -> Viewer:
    """Tell what a visitor is to the people of an organisation.

    `member` says whether the visitor belongs to an organisation whose membership counts.
    """
    if actor is None:
        return Viewer.PUBLIC
    if actor.is_staff_of_any:
        return Viewer.STAFF
    if actor.represents(organisation_id):
        return Viewer.KEEPER
    if actor.belongs_to(organisation_id):
        return Viewer.COLLEAGUE
    return Viewer.MEMBER if member else Viewer.PUBLIC


def narrower(one: Reach, other: Reach) -> Reach:
    """Return the choice that shows less."""
    return min(one, other, key=list(Reach).index)

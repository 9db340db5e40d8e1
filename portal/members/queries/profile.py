"""What stands on an organisation's page beside its own words, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, Uuid, bindparam, cast, literal, select, true, union_all

from portal.members.queries.directory import SHOWN_TO_ALL, days
from portal.models import (
    Affiliation,
    Field,
    Organisation,
    OrganisationService,
    Person,
    PersonVisibility,
    Service,
    ServiceSide,
    Tag,
    Viewer,
)
from portal.models import organisation_tag as tagged
from portal.models.base import at_most
from portal.models.members.visibility import lets
from portal.platform.database import read

MOST_PEOPLE = 25
TAG, PERSON, PUBLIC = "tag", "person", "public"
ID = bindparam("organisation_id", type_=Uuid())


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Sectors, services and people of an organisation, and whether its page is public now."""

    tags: Sequence[Any]
    offered: Sequence[Service]
    sought: Sequence[Service]
    people: Sequence[Any]
    public: bool


def people(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Select whom this viewer is shown: if the organisation shows its people, and they agree."""
    return (
        select(literal(PERSON), Person.name, Affiliation.title, Person.name_key.label("key"))
        .join(Affiliation, Affiliation.person_id == Person.id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .outerjoin(PersonVisibility, PersonVisibility.person_id == Person.id)
        .where(Affiliation.organisation_id == ID, Affiliation.ends_at.is_(None))
        .where(Organisation.shows_people.is_(true()), lets(Field.NAME, viewer=viewer))
        .order_by(Person.name_key, Person.id)
        .limit(at_most(MOST_PEOPLE))
    )


@cache
def everything(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of viewer, the statement for all of it."""
    parts = union_all(
        select(
            literal(TAG).label("what"), Tag.label_en, Tag.label_nb, Tag.key.label("key")
        )
        .join(tagged, tagged.c.tag_id == Tag.id)
        .where(tagged.c.organisation_id == ID),
        select(
            cast(OrganisationService.side, String),
            cast(OrganisationService.service, String), literal(""), literal(""),
        ).where(OrganisationService.organisation_id == ID),
        select(people(viewer).subquery()),
        select(literal(PUBLIC), literal(""), literal(""), literal("")).where(
            Organisation.id == ID, *SHOWN_TO_ALL
        ),
    )  # fmt: skip
    return select(parts.subquery())


def profile(organisation_id: UUID, *, viewer: Viewer = Viewer.PUBLIC, now: datetime) -> Profile:
    """Return what stands on an organisation's page beside its own words.

    People are told of by name and title alone: those whom their organisation shows, and who let
    this viewer know.
    """
    found: dict[str, list[Any]] = {}
    for row in read(everything(viewer), organisation_id=organisation_id, **days(now=now)):
        found.setdefault(row.what, []).append(row)
    return Profile(
        tags=sorted(found.get(TAG, ()), key=lambda row: row.key),
        offered=services(found.get(ServiceSide.OFFERED, ())),
        sought=services(found.get(ServiceSide.SOUGHT, ())),
        people=[
            {"name": row.label_en, "title": row.label_nb}
            for row in sorted(found.get(PERSON, ()), key=lambda row: row.key)
        ],
        public=PUBLIC in found,
    )


def services(rows: Sequence[Any]) -> Sequence[Service]:
    """Return services in the order of the list that they are chosen from."""
    there = {row.label_en for row in rows}
    return [service for service in Service if service.value in there]

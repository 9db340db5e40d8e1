"""What the pages about successors and about former roles find."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import Actor, Affiliation, Organisation, Person, PersonState, Succession
from portal.platform.paging import Order, PageOfRows, page

NEWEST = Order(Affiliation.starts_at, Affiliation.id, descending=True)
MOST_COLLEAGUES = 200


def succession(slug: str, id: UUID, *, actor: Actor) -> Succession:
    """Find a role that needs somebody new."""
    rows = (
        Succession.visible_to(actor)
        .join(Organisation, Organisation.id == Succession.organisation_id)
        .where(Succession.id == id, Organisation.slug == slug)
        .options(joinedload(Succession.organisation), joinedload(Succession.person))
    )
    return present(db.session.scalar(rows))


def colleagues(row: Succession) -> Sequence[Any]:
    """Return who could take over: the others who belong to the organisation now."""
    found = (
        select(Person.id, Person.name, Affiliation.role, Affiliation.title)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(
            Affiliation.organisation_id == row.organisation_id,
            Affiliation.ends_at.is_(None),
            Person.state == PersonState.ACTIVE,
            Person.id != row.person_id,
        )
        .order_by(Person.name_key, Person.id)
        .limit(MOST_COLLEAGUES)
    )
    return db.session.execute(found).all()


def former(organisation: Organisation, mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of all roles that people have and had in an organisation, the newest first."""
    granted, ended = aliased(Person), aliased(Person)
    rows: Any = (
        Affiliation.visible_to(actor)
        .join(Person, Person.id == Affiliation.person_id)
        .outerjoin(granted, granted.id == Affiliation.granted_by_id)
        .outerjoin(ended, ended.id == Affiliation.ended_by_id)
        .where(Affiliation.organisation_id == organisation.id)
        .with_only_columns(
            Affiliation.id,
            Affiliation.starts_at,
            Affiliation.ends_at,
            Affiliation.role,
            Affiliation.title,
            Affiliation.reason,
            Person.name,
            granted.name.label("granted_by"),
            ended.name.label("ended_by"),
        )
    )
    return page(rows, NEWEST, mark)

"""The members that everybody may see."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import selectinload

from portal.core.errors import present
from portal.extensions import db
from portal.members import rules
from portal.members.queries.organisations import today
from portal.models import (
    Actor,
    Affiliation,
    Membership,
    MembershipPeriod,
    Organisation,
    Person,
)
from portal.platform.auth import arrived
from portal.platform.paging import Order, PageOfRows, page


def is_member(day: date) -> ColumnElement[bool]:
    """Return what is true of an organisation whose membership counts on a day, grace included."""
    return exists().where(
        Membership.organisation_id == Organisation.id,
        or_(Membership.ends_on.is_(None), Membership.ends_on > day),
        or_(
            Membership.suspended_from.is_(None),
            Membership.suspended_from > day,
            Membership.suspended_to <= day,
        ),
        MembershipPeriod.membership_id == Membership.id,
        MembershipPeriod.from_on <= day,
        MembershipPeriod.to_on > day - rules.GRACE,
    )


def shown_to_all(day: date) -> Sequence[ColumnElement[bool]]:
    """Return what is true of an organisation that has a public page."""
    return (Organisation.listed.is_(true()), Organisation.confirmed_at.is_not(None), is_member(day))


COLUMNS = (
    Organisation.id,
    Organisation.name_key,
    Organisation.display_name,
    Organisation.slug,
    Organisation.standfirst,
    Organisation.language,
    Organisation.place,
    Organisation.kind,
    Organisation.logo_id,
)


def directory(mark: str | None, *, now: datetime) -> PageOfRows:
    """Return a page of the members that chose to be shown, by name."""
    rows = select(*COLUMNS).where(*shown_to_all(today(now)))
    return page(rows, Order(Organisation.name_key, Organisation.id), mark)


def public_member(slug: str, *, actor: Actor | None) -> Organisation:
    """Find a member that chose to be shown, for anybody. Raises Missing otherwise."""
    found = (
        Organisation.visible_to(None)
        .where(Organisation.slug == slug, *shown_to_all(today(arrived())))
        .options(selectinload(Organisation.tags))
    )
    return present(db.session.scalar(found))


def is_public(organisation: Organisation, *, now: datetime) -> bool:
    """Tell whether an organisation has a public page now."""
    found = select(Organisation.id).where(
        Organisation.id == organisation.id, *shown_to_all(today(now))
    )
    return db.session.scalar(found) is not None


def people_shown(organisation_id: UUID) -> Sequence[Any]:
    """Return the people of an organisation that shows them: names and titles, nothing else."""
    rows = (
        select(Person.name, Affiliation.title)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(Affiliation.organisation_id == organisation_id, Affiliation.ends_at.is_(None))
        .order_by(Person.name)
        .limit(25)
    )
    return db.session.execute(rows).all()


def members_on_home(*, now: datetime) -> Sequence[Any]:
    """Return some members for the public home: those with a logo first, then the newest."""
    rows = (
        select(*COLUMNS)
        .where(*shown_to_all(today(now)))
        .order_by(Organisation.logo_id.is_(None), Organisation.id.desc())
        .limit(12)
    )
    return db.session.execute(rows).all()


def public_addresses(*, now: datetime) -> Sequence[str]:
    """Return the addresses of all public pages, for the sitemap."""
    rows = select(Organisation.slug).where(*shown_to_all(today(now)))
    return db.session.scalars(rows.order_by(Organisation.name_key).limit(40_000)).all()

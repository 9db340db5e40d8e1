"""The members that everybody may see."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, true
from sqlalchemy.orm import selectinload

from portal.core.errors import present
from portal.extensions import db
from portal.members import rules
from portal.members.queries.organisations import today
from portal.models import (
    Actor,
    Affiliation,
    Membership,
    Organisation,
    Person,
)
from portal.models.members.membership import counts_now
from portal.platform.auth import arrived
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: What is true of an organisation whose membership counts today, grace included.
IS_MEMBER = exists().where(Membership.organisation_id == Organisation.id, *counts_now())

#: What is true of an organisation that has a public page.
SHOWN_TO_ALL = (Organisation.listed.is_(true()), Organisation.confirmed_at.is_not(None), IS_MEMBER)


def days(*, now: datetime) -> dict[str, date]:
    """Return the days that decide whose membership counts."""
    day = today(now=now)
    return {"today": day, "grace_since": day - rules.GRACE}


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

BY_NAME = Order(Organisation.name_key, Organisation.id)
DIRECTORY = select(*COLUMNS).where(*SHOWN_TO_ALL)
ON_HOME = DIRECTORY.order_by(Organisation.id.desc()).limit(9)


def directory(mark: str | None, *, now: datetime) -> PageOfRows:
    """Return a page of the members that chose to be shown, by name."""
    return page(DIRECTORY, BY_NAME, mark, given=days(now=now))


def public_member(slug: str, *, actor: Actor | None) -> Organisation:
    """Find a member that chose to be shown, for anybody. Raises Missing otherwise."""
    found = (
        Organisation.visible_to(None)
        .where(Organisation.slug == slug, *SHOWN_TO_ALL)
        .options(selectinload(Organisation.tags))
    )
    return present(db.session.scalar(found, days(now=arrived())))


def is_public(organisation: Organisation, *, now: datetime) -> bool:
    """Tell whether an organisation has a public page now."""
    found = select(Organisation.id).where(Organisation.id == organisation.id, *SHOWN_TO_ALL)
    return db.session.scalar(found, days(now=now)) is not None


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
    """Return the newest members, for the public home."""
    return read(ON_HOME, **days(now=now)).all()


def public_addresses(*, now: datetime) -> Sequence[str]:
    """Return the addresses of all public pages, for the sitemap."""
    rows = select(Organisation.slug).where(*SHOWN_TO_ALL)
    rows = rows.order_by(Organisation.name_key).limit(40_000)
    return db.session.scalars(rows, days(now=now)).all()

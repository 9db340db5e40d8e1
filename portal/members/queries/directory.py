"""The members that everybody may see."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, exists, select, true

from portal.core.errors import present
from portal.extensions import db
from portal.members.queries.organisations import became, today
from portal.models import Actor, Membership, Organisation
from portal.models.base import at_most
from portal.models.members.membership import counts_now
from portal.platform import cluster
from portal.platform.auth import arrived
from portal.platform.database import read
from portal.platform.paging import Order

#: What is true of an organisation whose membership counts today, grace included.
IS_MEMBER = exists().where(Membership.organisation_id == Organisation.id, *counts_now())

#: What is true of an organisation that has a public page.
SHOWN_TO_ALL = (Organisation.listed.is_(true()), Organisation.confirmed_at.is_not(None), IS_MEMBER)


def days(*, now: datetime) -> dict[str, date]:
    """Return the days that decide whose membership counts."""
    day = today(now=now)
    return {"today": day, "grace_since": day - cluster.grace()}


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
ON_HOME = DIRECTORY.order_by(Organisation.id.desc()).limit(at_most(9))

#: What an organisation tells on its public page beside what stands in a list.
TOLD = (
    Organisation.visible_to(None)
    .where(*SHOWN_TO_ALL)
    .with_only_columns(
        *COLUMNS,
        Organisation.description,
        Organisation.size,
        Organisation.shows_size,
        Organisation.shows_website,
        Organisation.website,
    )
)
SLUG: BindParameter[str] = bindparam("slug")
HERE = TOLD.where(Organisation.slug == SLUG)
MERGED = TOLD.where(became(SLUG))


def public_member(slug: str, *, actor: Actor | None) -> Any:
    """Find a member that chose to be shown, for anybody: what it tells. Raises Missing otherwise.

    The address of what became a part of it leads to it.
    """
    given = days(now=arrived()) | {"slug": slug}
    return present(read(HERE, **given).first() or read(MERGED, **given).first())


def members_on_home(*, now: datetime) -> Sequence[Any]:
    """Return the newest members, for the public home."""
    return read(ON_HOME, **days(now=now)).all()


def public_addresses(*, now: datetime) -> Sequence[str]:
    """Return the addresses of all public pages, for the sitemap."""
    rows = select(Organisation.slug).where(*SHOWN_TO_ALL)
    rows = rows.order_by(Organisation.name_key).limit(40_000)
    return db.session.scalars(rows, days(now=now)).all()

"""Who had which role on a day, in organisations and in the staff."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_, select

from portal.models import Affiliation, AffiliationRole, Organisation, Person, StaffGrant
from portal.models.base import Moment
from portal.platform import language
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: The rows of one spreadsheet.
MOST = 50_000
#: The moment in which a day was over.
OVER_AT = bindparam("over_at", type_=Moment)
#: Who had a role in an organisation, or in the staff, when a day was over.
ROLES = (
    select(
        Affiliation.id,
        Affiliation.starts_at,
        Person.name,
        Organisation.display_name,
        Organisation.slug,
        Affiliation.role,
        Affiliation.title,
    )
    .join(Person, Person.id == Affiliation.person_id)
    .join(Organisation, Organisation.id == Affiliation.organisation_id)
    .where(
        Affiliation.starts_at < OVER_AT,
        or_(Affiliation.ends_at.is_(None), Affiliation.ends_at >= OVER_AT),
    )
)
ROLES_IN_ONE = ROLES.where(Affiliation.role == bindparam("role", type_=Affiliation.role.type))
NEWEST_ROLE = Order(Affiliation.starts_at, Affiliation.id, descending=True)
STAFF = (
    select(StaffGrant.id, StaffGrant.starts_at, Person.name, StaffGrant.role)
    .join(Person, Person.id == StaffGrant.person_id)
    .where(
        StaffGrant.starts_at < OVER_AT,
        or_(StaffGrant.ends_at.is_(None), StaffGrant.ends_at >= OVER_AT),
    )
)
NEWEST_GRANT = Order(StaffGrant.starts_at, StaffGrant.id, descending=True)


def when_over(day: date) -> datetime:
    """Return the moment in which a day was over where the cluster is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(language.zone()))


def roles(day: date, role: AffiliationRole | None, mark: str | None) -> PageOfRows:
    """Return a page of who had a role in an organisation on a day, the newest roles first."""
    given = {"over_at": when_over(day)}
    if role:
        return page(ROLES_IN_ONE, NEWEST_ROLE, mark, given=given | {"role": role})
    return page(ROLES, NEWEST_ROLE, mark, given=given)


def every_role(day: date, role: AffiliationRole | None) -> Sequence[Any]:
    """Return who had a role on a day for a spreadsheet."""
    given: Mapping[str, Any] = {"over_at": when_over(day)} | ({"role": role} if role else {})
    rows = (ROLES_IN_ONE if role else ROLES).order_by(Organisation.name_key, Person.name_key)
    return read(rows.limit(MOST), **given).all()


def staff(day: date, mark: str | None) -> PageOfRows:
    """Return a page of who had a role in the staff on a day."""
    return page(STAFF, NEWEST_GRANT, mark, given={"over_at": when_over(day)})


def every_grant(day: date) -> Sequence[Any]:
    """Return who had a role in the staff on a day for a spreadsheet."""
    return read(STAFF.order_by(StaffGrant.starts_at).limit(MOST), over_at=when_over(day)).all()

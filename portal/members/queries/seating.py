"""How many people belong to an organisation, and for how many its membership is."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, func, or_, select

from portal.members.queries.organisations import today
from portal.models import Affiliation, Membership, MembershipPeriod, MembershipTier
from portal.models.base import at_most
from portal.models.members.membership import is_latest
from portal.platform import cluster
from portal.platform.database import read

DAY = bindparam("today", type_=Date)
#: No kind of membership has room for more people than are counted.
MOST = 10_000
THOSE = (
    select(Affiliation.id)
    .where(
        Affiliation.organisation_id == bindparam("organisation_id"), Affiliation.ends_at.is_(None)
    )
    .limit(at_most(MOST))
    .subquery()
)
PEOPLE = select(func.count()).select_from(THOSE)
#: Of a membership that is suspended too: its people do not grow in number meanwhile.
SEATS = (
    select(
        MembershipTier.seats,
        MembershipTier.name_en,
        MembershipTier.name_nb,
        PEOPLE.scalar_subquery().label("people"),
    )
    .join(MembershipPeriod, MembershipPeriod.tier_id == MembershipTier.id)
    .join(Membership, Membership.id == MembershipPeriod.membership_id)
    .where(
        Membership.organisation_id == bindparam("organisation_id"),
        or_(Membership.ends_on.is_(None), Membership.ends_on > DAY),
        MembershipPeriod.from_on <= DAY,
        MembershipPeriod.to_on > bindparam("grace_since", type_=Date),
        is_latest(),
    )
)


def seats(organisation_id: UUID, *, now: datetime) -> Any | None:
    """Return the places that an organisation's membership has, and how many people belong.

    None where it is no member: then nobody counts them.
    """
    day: date = today(now=now)
    given = {"organisation_id": organisation_id, "today": day, "grace_since": day - cluster.grace()}
    return read(SEATS, **given).first()


def people(organisation_id: UUID) -> int:
    """Return how many people belong to an organisation now."""
    return int(read(PEOPLE, organisation_id=organisation_id).scalar_one())

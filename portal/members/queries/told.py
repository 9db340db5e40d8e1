"""An organisation and its membership as pages tell of them: columns that nobody changes."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, select

from portal.core.errors import Missing
from portal.members import policy, rules
from portal.members.queries.organisations import known, memberships, today
from portal.models import (
    Actor,
    EndReason,
    MembershipPeriod,
    MembershipStatus,
    MembershipTier,
    Organisation,
    kind_of,
    own,
)
from portal.platform import cluster
from portal.platform.database import read

TOLD = (
    Organisation.id,
    Organisation.slug,
    Organisation.display_name,
    Organisation.legal_name,
    Organisation.number,
    Organisation.place,
    Organisation.kind,
    Organisation.size,
    Organisation.website,
    Organisation.listed,
    Organisation.confirmed_at,
)


def own_page(slug: str, *, actor: Actor) -> Any:
    """Find an organisation behind its public page as `own_organisation` does, to be shown alone."""
    kind, given = kind_of(actor), own(actor) | {"slug": slug}
    here = read(told(kind, former=False), **given).first()
    found: Any = here or read(told(kind, former=True), **given).first()
    if found is None or not policy.sees_people(actor, found):
        raise Missing
    return found


@cache
def told(actor: Actor, *, former: bool) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of person, what reads an organisation by its address."""
    return known(actor, former=former).with_only_columns(*TOLD)


class Tier(NamedTuple):
    """A kind of membership, in the order of its columns below."""

    id: UUID
    name_en: str
    name_nb: str
    about_en: str
    about_nb: str
    seats: int | None
    votes: int


class Period(NamedTuple):
    """A period of a membership, in the order of its columns below."""

    from_on: date
    to_on: date
    year_from_on: date
    tier_id: UUID
    tier: Tier


class Told(NamedTuple):
    """A membership with its periods, from the first to the last."""

    id: UUID
    organisation_id: UUID
    number: int
    ends_on: date | None
    end_reason: EndReason | None
    notice_given_on: date | None
    suspended_from: date | None
    suspended_to: date | None
    periods: Sequence[Period]


OF_MEMBERSHIP = Told._fields[:-1]
OF_PERIOD = Period._fields[:-1]


def standing(
    organisation_id: UUID, *, actor: Actor, now: datetime
) -> tuple[Any, MembershipStatus | None]:
    """Return what is told of an organisation's membership, if any, and how it stands today."""
    given = own(actor) | {"organisation_id": organisation_id}
    rows = read(with_periods(kind_of(actor)), **given).all()
    if not rows:
        return None, None
    found: Any = Told._make((*rows[0][: len(OF_MEMBERSHIP)], periods(rows)))
    return found, rules.status(found, found.periods, today=today(now=now), grace=cluster.grace())


def periods(rows: Sequence[Any]) -> Sequence[Period]:
    """Read the periods of a membership; one that has none is a line without one."""
    begin = len(OF_MEMBERSHIP)
    middle = begin + len(OF_PERIOD)
    return [
        Period._make((*row[begin:middle], Tier._make(row[middle:])))
        for row in rows
        if row.from_on is not None
    ]


@cache
def with_periods(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of person, what reads a membership and all its periods."""
    one = memberships(actor).subquery()
    return (
        select(
            *(one.c[name] for name in OF_MEMBERSHIP),
            *(getattr(MembershipPeriod, name) for name in OF_PERIOD),
            *(getattr(MembershipTier, name) for name in Tier._fields),
        )
        .select_from(one)
        .outerjoin(MembershipPeriod, MembershipPeriod.membership_id == one.c.id)
        .outerjoin(MembershipTier, MembershipTier.id == MembershipPeriod.tier_id)
        .order_by(MembershipPeriod.from_on)
    )

"""What is here already of what some rows speak of: read by a few statements, in parts."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, select

from portal.core.alphabet import name_key
from portal.members.importing.values import Values
from portal.members.importing.world import Company, Human, Place, Stretch, Tier, World, spellings
from portal.models import (
    Affiliation,
    EmailAddress,
    Membership,
    MembershipPeriod,
    MembershipTier,
    Organisation,
    Person,
    PersonState,
)
from portal.platform.database import read

T = TypeVar("T")

#: So many values are asked for at once.
PART = 400

COMPANY = select(
    Organisation.id, Organisation.country, Organisation.number, Organisation.display_name,
    Organisation.legal_name, Organisation.kind, Organisation.size, Organisation.place,
    Organisation.website, Organisation.standfirst,
).where(Organisation.merged_into_id.is_(None))  # fmt: skip
HUMAN = select(
    Person.id, EmailAddress.address.label("email"), Person.name, Person.phone, Person.language,
    Person.state,
    Person.password_hash.is_not(None).label("own"),
).join(EmailAddress, EmailAddress.person_id == Person.id)  # fmt: skip
PLACE = (
    select(
        Affiliation.organisation_id,
        Affiliation.role,
        Affiliation.title,
        EmailAddress.address.label("email"),
    )
    .join(EmailAddress, EmailAddress.person_id == Affiliation.person_id)
    .where(Affiliation.ends_at.is_(None))
)
STRETCH = (
    select(
        Membership.organisation_id,
        Membership.ends_on,
        MembershipTier.code,
        MembershipPeriod.from_on,
        MembershipPeriod.to_on,
    )
    .join(MembershipPeriod, MembershipPeriod.membership_id == Membership.id)
    .join(MembershipTier, MembershipTier.id == MembershipPeriod.tier_id)
)
LIVE = select(Membership.organisation_id).where(Membership.ends_on.is_(None))
TIERS = select(MembershipTier.code, MembershipTier.name_en, MembershipTier.name_nb)


def gather(every: Sequence[Values]) -> World:
    """Find everything that is here of what these rows speak of."""
    world = World()
    companies = {row.id: row for row in found_companies(every)}
    known = {id: company(row) for id, row in companies.items()}
    for one in known.values():
        world.add_company(one)
    emails = {values.given["email"] for values in every if values.get("email")}
    for row in asked(HUMAN, EmailAddress.address, emails):
        world.humans[row.email] = human(row)
    add_places(world, known)
    add_stretches(world, known)
    world.add_tiers(Tier(**row._mapping) for row in read(TIERS))
    return world


def found_companies(every: Sequence[Values]) -> Iterator[Any]:
    """Find the organisations by their numbers and by their names."""
    numbers = {
        each
        for values in every
        if values.get("number")
        for each in spellings(values.given["number"])
    }
    yield from asked(COMPANY, Organisation.number, numbers)
    names = {
        values.given[key]
        for values in every
        for key in ("display_name", "legal_name")
        if values.get(key)
    }
    keys = {spelling for name in names for spelling in keys_of(name)}
    yield from asked(COMPANY, Organisation.name_key, keys)
    yield from asked(COMPANY, Organisation.legal_name, names)


def keys_of(name: str) -> Iterator[str]:
    """Return how a name is sorted, and how without the form of the company at its end."""
    key = name_key(name)
    yield key
    yield key.rpartition(" ")[0] or key


def company(row: Any) -> Company:
    """Read an organisation."""
    kept = dict(row._mapping)
    given = {name: kept.pop(name) for name in ("id", "country", "number")}
    return Company(**given, facts=kept)


def human(row: Any) -> Human:
    """Read a person."""
    facts = {"person_name": row.name, "phone": row.phone, "language": row.language}
    active = row.state is PersonState.ACTIVE
    return Human(id=row.id, email=row.email, facts=facts, own=bool(row.own), active=active)


def add_places(world: World, known: dict[UUID, Company]) -> None:
    """Read what these people are in these organisations."""
    for row in asked(PLACE, EmailAddress.address, world.humans):
        if row.organisation_id in known:
            place = Place(role=row.role, title=row.title)
            world.places[id(known[row.organisation_id]), row.email] = place


def add_stretches(world: World, known: dict[UUID, Company]) -> None:
    """Read which memberships these organisations have and had."""
    for row in asked(LIVE, Membership.organisation_id, known):
        world.live.add(id(known[row.organisation_id]))
    for row in asked(STRETCH, Membership.organisation_id, known):
        live = row.ends_on is None
        stretch = Stretch(code=row.code, from_on=row.from_on, until_on=row.to_on, live=live)
        world.add_stretch(known[row.organisation_id], stretch)


def asked(rows: Select[*tuple[Any, ...]], column: Any, values: Iterable[Any]) -> Iterator[Any]:
    """Read the rows whose column holds one of some values, so many at once."""
    left = iter(values)
    while part := list(islice(left, PART)):
        yield from read(rows.where(column.in_(part)))


__all__ = ["gather"]

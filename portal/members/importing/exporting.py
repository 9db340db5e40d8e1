"""The list of all organisations, people and memberships, as it can be imported again."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select

from portal.core.vocabulary import Word
from portal.members.importing.fields import FIELDS
from portal.members.importing.telling import Told
from portal.members.rules import day_before
from portal.models import (
    Actor,
    Affiliation,
    Membership,
    MembershipPeriod,
    MembershipTier,
    Organisation,
    Person,
)
from portal.platform.database import read
from portal.platform.language import NAMES, current, say, tell

#: The rows of one spreadsheet.
MOST = 50_000
#: First and last names stand in one column.
LEFT_OUT = {"given_name", "family_name"}
EVERY_FIELD = tuple(field for field in FIELDS if field.key not in LEFT_OUT)


def headings() -> list[str]:
    """Name the columns, so that the import knows them again."""
    return [tell(field.label) for field in EVERY_FIELD]


def every_row(*, actor: Actor) -> Iterator[list[Any]]:
    """Return a row for each person in each organisation, with the organisation's membership."""
    names = names_of_tiers()
    for row in read(everything(actor=actor)):
        told = dict(row._mapping) | {"language": NAMES.get(row.speaks or "", "")}
        told["tier"] = names.get(row.code or "", "")
        told["last_on"] = row.to_on and day_before(row.to_on)
        yield [as_cell(told.get(field.key)) for field in EVERY_FIELD]


def everything(*, actor: Actor) -> Select[*tuple[Any, ...]]:
    """Select organisations with their people, and the last period of a membership that goes on."""
    last = (
        select(func.max(MembershipPeriod.from_on))
        .where(MembershipPeriod.membership_id == Membership.id)
        .correlate(Membership)
        .scalar_subquery()
    )
    period = (MembershipPeriod.membership_id == Membership.id) & (MembershipPeriod.from_on == last)
    mine = (Membership.organisation_id == Organisation.id) & Membership.ends_on.is_(None)
    here = (Affiliation.organisation_id == Organisation.id) & Affiliation.ends_at.is_(None)
    return (
        Organisation.visible_to(actor)
        .outerjoin(Affiliation, here)
        .outerjoin(Person, Person.id == Affiliation.person_id)
        .outerjoin(Membership, mine)
        .outerjoin(MembershipPeriod, period)
        .outerjoin(MembershipTier, MembershipTier.id == MembershipPeriod.tier_id)
        .with_only_columns(
            Organisation.display_name, Organisation.legal_name, Organisation.number,
            Organisation.country, Organisation.kind, Organisation.size, Organisation.place,
            Organisation.website, Organisation.standfirst, Person.name.label("person_name"),
            Person.email, Person.phone, Affiliation.role, Affiliation.title,
            Person.language.label("speaks"), MembershipTier.code, MembershipPeriod.from_on,
            MembershipPeriod.to_on,
        )
        .order_by(Organisation.name_key, Organisation.id, Person.name_key, Person.id)
        .limit(MOST)
    )  # fmt: skip


def as_cell(value: Any) -> Any:
    """Write a word in the reader's language; leave everything else to the download."""
    return tell(value.label) if isinstance(value, Word) else value


def names_of_tiers() -> dict[str, str]:
    """Return what each kind of membership is called; by its code where two are called alike."""
    found = read(select(MembershipTier.code, MembershipTier.name_en, MembershipTier.name_nb)).all()
    own = {row.code: row.name_nb if current() == "nb" else row.name_en for row in found}
    every = Counter(
        name for row in found for name in {row.name_en.casefold(), row.name_nb.casefold()}
    )
    return {code: name if every[name.casefold()] == 1 else code for code, name in own.items()}


def reasons(told: Told) -> str:
    """Return what is wrong with a row in one cell, each reason after its column."""
    return " ".join(
        f"{heading}: {say(finding.reason)}" if heading else say(finding.reason)
        for heading, finding in told.findings
    )

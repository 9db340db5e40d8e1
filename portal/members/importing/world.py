"""What is here already of what a list speaks of, held in memory while its rows are looked at.

Rows are looked at in order, each after what those before it would do: so the second colleague of a
company that the list brings along finds it here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from portal.core.alphabet import name_key
from portal.models import AffiliationRole

#: So many noughts may be missing at the beginning of a number that is known with them.
NOUGHTS = 5
LONGEST_NUMBER = 14


@dataclass(kw_only=True, eq=False)
class Company:
    """An organisation: what is kept of it, or would be. Without an id it is not written yet."""

    id: UUID | None = None
    country: str
    number: str | None
    facts: dict[str, Any]
    listed: bool = True

    @property
    def name(self) -> str:
        """What people call it."""
        return str(self.facts["display_name"])


@dataclass(kw_only=True, eq=False)
class Human:
    """A person; `own` says that they have a password and look after their own name and phone."""

    id: UUID | None = None
    email: str
    facts: dict[str, Any]
    own: bool = False
    active: bool = True


@dataclass(kw_only=True)
class Place:
    """What somebody is in an organisation."""

    role: AffiliationRole
    title: str


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A period of membership; `until_on` is the first day after it, `live` that it may go on."""

    code: str
    from_on: date
    until_on: date
    live: bool


@dataclass(frozen=True, kw_only=True)
class Tier:
    """A kind of membership by its code and its names."""

    code: str
    name_en: str
    name_nb: str


@dataclass(kw_only=True)
class World:
    """Everything that the rows in hand speak of."""

    companies: dict[tuple[str, str], Company] = field(default_factory=dict)
    called: dict[str, list[Company]] = field(default_factory=dict)
    humans: dict[str, Human] = field(default_factory=dict)
    places: dict[tuple[int, str], Place] = field(default_factory=dict)
    stretches: dict[int, list[Stretch]] = field(default_factory=dict)
    live: set[int] = field(default_factory=set)
    tiers: dict[str, list[Tier]] = field(default_factory=dict)
    said: dict[tuple[tuple[int, int], str], tuple[int, Any]] = field(default_factory=dict)

    def add_company(self, company: Company) -> None:
        """Take in an organisation, by its number and by its names."""
        if company.number:
            self.companies[company.country, company.number] = company
        for key in {name_key(company.facts[each]) for each in ("display_name", "legal_name")}:
            held = self.called.setdefault(key, [])
            if company not in held:
                held.append(company)

    def by_number(self, country: str, number: str) -> Company | None:
        """Find an organisation by its number, also where one of the two lost its first noughts."""
        tries = (self.companies.get((country, each)) for each in spellings(number))
        return next((company for company in tries if company), None)

    def by_name(self, *names: str) -> list[Company]:
        """Find the organisations that are called so, by the name or in full."""
        found = (company for name in names for company in self.called.get(name_key(name), ()))
        return list(dict.fromkeys(found))

    def add_tiers(self, tiers: Iterable[Tier]) -> None:
        """Take in the kinds of membership by code and by name."""
        for tier in tiers:
            for name in {name_key(each) for each in (tier.code, tier.name_en, tier.name_nb)}:
                self.tiers.setdefault(name, []).append(tier)

    def stretches_of(self, company: Company) -> list[Stretch]:
        """Return an organisation's periods of membership."""
        return self.stretches.get(id(company), [])

    def add_stretch(self, company: Company, stretch: Stretch) -> None:
        """Take in a period of membership."""
        self.stretches.setdefault(id(company), []).append(stretch)
        if stretch.live:
            self.live.add(id(company))

    def place_of(self, company: Company, email: str) -> Place | None:
        """Return what somebody is in an organisation now."""
        return self.places.get((id(company), email))


def spellings(number: str) -> list[str]:
    """Return a number as it stands, and with more or fewer noughts at its beginning."""
    if not (number.isascii() and number.isdigit()):
        return [number]
    bare = number.lstrip("0")
    most = min(NOUGHTS, LONGEST_NUMBER - len(bare))
    return list(dict.fromkeys([number, *("0" * more + bare for more in range(most + 1))]))

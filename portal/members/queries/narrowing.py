"""Narrowing the public list of members down: what can be chosen, and the statements for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal, select, true, union_all
from sqlalchemy.orm import aliased

from portal.core.alphabet import name_key
from portal.core.legible import legible
from portal.members.queries.directory import BY_NAME, DIRECTORY, SHOWN_TO_ALL, days
from portal.models import Organisation, OrganisationService, Service, ServiceSide, SizeClass, Tag
from portal.models import organisation_tag as tagged
from portal.platform import language
from portal.platform.database import read
from portal.platform.paging import PageOfRows, page

#: No key of ours is longer, and no more towns are offered.
LONGEST_KEY, MOST_TOWNS = 80, 200


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the list can be narrowed to, beside sizes and services, which are always the same."""

    sectors: tuple[Any, ...]
    towns: tuple[Any, ...]


def offers(side: ServiceSide, gap: str) -> ColumnElement[bool]:
    """Return what is true of an organisation that has a service on one side."""
    wanted = bindparam(gap, type_=OrganisationService.service.type)
    those = select(OrganisationService.organisation_id).where(
        OrganisationService.service == wanted, OrganisationService.side == side
    )
    return Organisation.id.in_(those)


SECTOR = select(Tag.id).where(Tag.key == bindparam("sector")).scalar_subquery()

#: What is true of an organisation that fits, by what was chosen. A size that an organisation does
#: not show is not found either.
FITS: Mapping[str, ColumnElement[bool]] = {
    "sector": Organisation.id.in_(
        select(tagged.c.organisation_id).where(tagged.c.tag_id == SECTOR)
    ),
    "size": Organisation.shows_size.is_(true())
    & (Organisation.size == bindparam("size", type_=Organisation.size.type)),
    "place": Organisation.place_key == bindparam("place"),
    "offers": offers(ServiceSide.OFFERED, "offers"),
    "seeks": offers(ServiceSide.SOUGHT, "seeks"),
}


@lru_cache(maxsize=32)
def narrowed(names: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """Return the statement of the list for what was chosen of it."""
    return DIRECTORY.where(*(FITS[name] for name in sorted(names)))


def chosen(asked: Mapping[str, str]) -> dict[str, str]:
    """Read what was chosen from an address; what cannot be chosen is left out."""
    given = {name: legible(asked.get(name, ""))[:LONGEST_KEY] for name in FITS}
    words = {"size": SizeClass, "offers": Service, "seeks": Service}
    known = {
        name: value
        for name, value in given.items()
        if value and (name not in words or value in {each.value for each in words[name]})
    }
    return known | ({"place": name_key(known["place"])} if "place" in known else {})


def directory(chosen: Mapping[str, str], mark: str | None, *, now: datetime) -> PageOfRows:
    """Return a page of the members that chose to be shown and fit, by name."""
    given = days(now=now) | as_kept(chosen)
    return page(narrowed(frozenset(chosen)), BY_NAME, mark, given=given)


def as_kept(chosen: Mapping[str, str]) -> dict[str, Any]:
    """Return what was chosen as the database keeps it."""
    words = {"size": SizeClass, "offers": Service, "seeks": Service}
    return {name: words[name].of(v) if name in words else v for name, v in chosen.items()}


def next_town(*after: ColumnElement[bool]) -> Any:
    """Return the first town after another one, in the order of keys: a step through an index."""
    return (
        select(Organisation.place_key)
        .where(*SHOWN_TO_ALL, *after)
        .order_by(Organisation.place_key)
        .limit(1)
    )


def every_choice() -> Select[*tuple[Any, ...]]:
    """Return the statement for all sectors and towns.

    Towns are walked to from one to the next, since reading those of all organisations to find the
    few that differ would cost more the more there are.
    """
    town = select(next_town(Organisation.place_key > "").scalar_subquery().label("key"))
    walk = town.cte("town", recursive=True)
    step = next_town(Organisation.place_key > walk.c.key).correlate(walk).scalar_subquery()
    walk = walk.union_all(select(step).where(walk.c.key.is_not(None)))
    there = aliased(Organisation)
    label = (
        select(there.place)
        .where(there.listed.is_(true()), there.place_key == walk.c.key)
        .order_by(there.place_key, there.name_key, there.id)
        .limit(1)
        .correlate(walk)
        .scalar_subquery()
    )
    towns = select(literal("place"), walk.c.key, label, literal(""))
    towns = towns.where(walk.c.key.is_not(None)).limit(MOST_TOWNS)
    sectors = select(literal("sector").label("name"), Tag.key, Tag.label_en, Tag.label_nb)
    return select(union_all(sectors, select(towns.subquery())).subquery())


CHOICES = every_choice()


def choices(*, now: datetime) -> Choices:
    """Return the sectors and the towns to choose from, each with its key."""
    rows = read(CHOICES, **days(now=now)).all()
    towns = (row for row in rows if row.name == "place")
    sectors = (row for row in rows if row.name == "sector")
    by_name = sorted(sectors, key=lambda row: name_key(language.says(row, "label")))
    return Choices(sectors=tuple(by_name), towns=tuple(towns))

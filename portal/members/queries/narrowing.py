"""Narrowing the public list of members down: what can be chosen, and the statements for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    bindparam,
    literal,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased

from portal.core.alphabet import name_key
from portal.core.legible import legible
from portal.members.queries.directory import BY_NAME, COLUMNS, SHOWN_TO_ALL, days
from portal.models import Organisation, OrganisationService, Service, ServiceSide, SizeClass, Tag
from portal.models import organisation_tag as tagged
from portal.models.base import at_most
from portal.platform import language
from portal.platform.database import read
from portal.platform.paging import PageOfRows, named, page

#: No key of ours is longer, and no more towns are offered.
LONGEST_KEY, MOST_TOWNS = 80, 200
#: What more organisations than these have is common: the list is then walked by name, past those
#: that lack it. What fewer have is gathered first. Either way a page reads some thousands at most.
COMMON = 2_000


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What the list can be narrowed to, beside sizes and services, which are always the same.

    `common` names what was chosen and very many organisations have.
    """

    sectors: tuple[Any, ...]
    towns: tuple[Any, ...]
    common: frozenset[str] = frozenset()


def with_service(side: ServiceSide, gap: str) -> Select[UUID]:
    """Select the organisations that have a service on one side."""
    wanted = bindparam(gap, type_=OrganisationService.service.type)
    return select(OrganisationService.organisation_id).where(
        OrganisationService.service == wanted, OrganisationService.side == side
    )


SECTOR = select(Tag.id).where(Tag.key == bindparam("sector")).scalar_subquery()
#: The organisations that have what was chosen, where another table tells.
HAVE: Mapping[str, Select[UUID]] = {
    "sector": select(tagged.c.organisation_id).where(tagged.c.tag_id == SECTOR),
    "offers": with_service(ServiceSide.OFFERED, "offers"),
    "seeks": with_service(ServiceSide.SOUGHT, "seeks"),
}

#: What is true of an organisation that fits, by what was chosen. A size that an organisation does
#: not show is not found either.
FITS: dict[str, ColumnElement[bool]] = {
    "size": Organisation.shows_size.is_(true())
    & (Organisation.size == bindparam("size", type_=Organisation.size.type)),
    "place": Organisation.place_key == bindparam("place"),
}
FITS |= {name: Organisation.id.in_(those) for name, those in HAVE.items()}


def walked(those: Select[UUID]) -> ColumnElement[bool]:
    """Return what is true of an organisation that is among many: asked of each, in its turn."""
    return those.where(those.selected_columns[0] == Organisation.id).exists()


#: The same for what is common.
FITS_OF_MANY = {name: walked(those) for name, those in HAVE.items()}


@lru_cache(maxsize=64)
def narrowed(names: frozenset[str], common: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """Return the statement of the list for what was chosen of it, some of which is common."""
    fits = FITS | {name: FITS_OF_MANY[name] for name in common}
    # first what was chosen, then whether it is a member: SQLite asks of each in this order
    return select(*COLUMNS).where(*(fits[name] for name in sorted(names)), *SHOWN_TO_ALL)


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


def directory(
    chosen: Mapping[str, str], mark: str | None, *, common: frozenset[str], now: datetime
) -> PageOfRows:
    """Return a page of the members that chose to be shown and fit, by name.

    `common` is what `choices` tells of what was chosen.
    """
    given = days(now=now) | as_kept(chosen)
    return page(narrowed(frozenset(chosen), common), BY_NAME, mark, given=given)


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
        .limit(at_most(1))
    )


def is_common(name: str) -> Select[*tuple[Any, ...]]:
    """Return a line if what was chosen is common: walked along in an index, and no further."""
    beyond: Select[Any] = (
        HAVE[name].with_only_columns(literal_column("1")).offset(at_most(COMMON)).limit(at_most(1))
    )
    row = select(literal("common"), literal(name), literal(""), literal(""))
    return row.where(beyond.exists())


@lru_cache(maxsize=8)
def every_choice(weighed: frozenset[str]) -> Select[*tuple[Any, ...]]:
    """Return the statement for all sectors and towns, and for which of the chosen is common.

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
        .limit(at_most(1))
        .correlate(walk)
        .scalar_subquery()
    )
    towns = select(literal("place"), walk.c.key, label, literal(""))
    towns = towns.where(walk.c.key.is_not(None)).limit(at_most(MOST_TOWNS))
    sectors = select(literal("sector").label("name"), Tag.key, Tag.label_en, Tag.label_nb)
    common = (is_common(name) for name in sorted(weighed))
    return select(union_all(sectors, select(towns.subquery()), *common).subquery())


def choices(chosen: Mapping[str, str], *, now: datetime) -> Choices:
    """Return the sectors and the towns to choose from, each with its key."""
    weighed = frozenset(chosen).intersection(HAVE)
    given = {name: value for name, value in as_kept(chosen).items() if name in weighed}
    rows = named(read(every_choice(weighed), **days(now=now), **given))
    sectors = by_label(of("sector", rows), language.current())
    common = frozenset(row.key for row in of("common", rows))
    return Choices(sectors=sectors, towns=of("place", rows), common=common)


def of(name: str, rows: Sequence[Any]) -> tuple[Any, ...]:
    """Return the lines of one kind."""
    return tuple(row for row in rows if row.name == name)


@lru_cache(maxsize=64)
def by_label(sectors: tuple[Any, ...], _spoken: str) -> tuple[Any, ...]:
    """Sort sectors by their names in the language in force."""
    return tuple(sorted(sectors, key=lambda row: name_key(language.says(row, "label"))))

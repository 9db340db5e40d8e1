"""Moving rows from what is merged away to what is kept, table by table, and counting them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, func, literal, select, true, union_all, update

from portal.extensions import db
from portal.members.merging.fates import OF_ORGANISATIONS, OF_PEOPLE, Fate
from portal.models import Base

#: More rows than this are told as so many and more.
MOST = 10_000
Tally = dict[str, int]


def column_of(key: str) -> ColumnElement[Any]:
    """Return a column by its name in the table of fates."""
    table, _dot, name = key.partition(".")
    found: ColumnElement[Any] = Base.metadata.tables[table].c[name]
    return found


def table_of(key: str) -> Table:
    """Return the table of a column by its name in the table of fates."""
    return Base.metadata.tables[key.partition(".")[0]]


def counts(fates: Mapping[str, Fate], id: UUID) -> Tally:
    """Count the rows that move or end, by column. Columns without any are left out."""
    parts = []
    for key, fate in fates.items():
        if fate is not Fate.STAYS:
            rows = select(literal(1).label("one")).select_from(table_of(key))
            some = rows.where(column_of(key) == id).limit(MOST).subquery()
            parts.append(
                select(literal(key).label("key"), func.count().label("n")).select_from(some)
            )
    return {row.key: row.n for row in db.session.execute(union_all(*parts)) if row.n}


def all_counts(id: UUID, *, of_people: bool) -> Tally:
    """Count everything that points to a row, also what stays: before and after."""
    fates = OF_PEOPLE if of_people else OF_ORGANISATIONS
    every = {key: Fate.MOVES for key in fates}
    return counts(every, id)


def move(key: str, lost: UUID, *, kept: UUID, unless: ColumnElement[bool] | None = None) -> int:
    """Let rows point to what is kept, but for those that would clash. Return how many moved."""
    table, column = table_of(key), column_of(key)
    values: dict[str, Any] = {column.key or "": kept}
    if "version" in table.c:
        values["version"] = table.c.version + 1
    free = true() if unless is None else ~unless
    result = db.session.execute(update(table).where(column == lost, free).values(values))
    return int(result.rowcount)  # type: ignore[attr-defined]  # a CursorResult, typed as Result


def remove(key: str, lost: UUID, *but: ColumnElement[bool]) -> int:
    """Remove the rows that gave access and can be made anew by whoever may."""
    gone = delete(table_of(key)).where(column_of(key) == lost, *but)
    result = db.session.execute(gone)
    return int(result.rowcount)  # type: ignore[attr-defined]  # as above

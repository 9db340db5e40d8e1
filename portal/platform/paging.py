"""Lists a page at a time, by key: as fast at the end of a long list as at its beginning."""

import base64
import binascii
import json
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Select, TypeDecorator, bindparam, tuple_

from portal.core.legible import legible
from portal.models.base import at_most
from portal.platform.database import read

SIZE = 25
#: No name that a list is sorted by makes a mark as long as this.
LONGEST_MARK = 4000
#: What a database calls a whole number ends here.
MOST = 2**31


@dataclass(frozen=True)
class Order:
    """How a list is sorted: an indexed column, a key as the last tie-breaker, a direction.

    Where the key alone is the order, it is the column too.
    """

    column: Any
    key: Any
    descending: bool = False

    @property
    def columns(self) -> Sequence[Any]:
        """Return what the rows are sorted by, one after the other."""
        return (self.key,) if self.column is self.key else (self.column, self.key)


@dataclass(frozen=True)
class PageOfRows:
    """Some rows of a list, and where the list goes on. The marks are opaque to everybody else."""

    rows: Sequence[Any]
    next: str | None
    previous: str | None


def page(
    rows: Select[*tuple[Any, ...]],
    order: Order,
    mark: str | None,
    *,
    given: Mapping[str, Any] | None = None,
    size: int = SIZE,
) -> PageOfRows:
    """Fetch one page of a list: one statement, one row more than shown, no OFFSET, no count.

    The statement must select the order's column and key; they are read by name. `given` fills the
    gaps of a statement that was put together once; its pages are then put together once too.
    """
    place = read_mark(mark, order)
    backwards = bool(place and place["back"])
    put_together = sorted_rows if given is None else kept_rows
    how = {"backwards": backwards, "placed": place is not None}
    wanted = put_together(rows, order, **how, most=size + 1)
    values = {"mark_value": place["value"], "mark_key": place["key"]} if place else {}
    found = named(read(wanted, **values, **(given or {})))
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, more) if backwards else (more, place is not None)
    if not found:
        has_next = has_previous = False
    return PageOfRows(
        rows=found,
        next=make_mark(found[-1], order, back=False) if has_next else None,
        previous=make_mark(found[0], order, back=True) if has_previous else None,
    )


def named(result: CursorResult[Any]) -> list[Any]:
    """Return rows as named tuples: lists ask every column of every row by its name, some twice.

    A row of SQLAlchemy looks the name up each time, which is slow.
    """
    return [*map(kind_of_row(tuple(result.keys()))._make, result.all())]


@lru_cache(maxsize=512)
def kind_of_row(names: tuple[str, ...]) -> Any:
    """Return the named tuple for rows with these columns."""
    return namedtuple("Row", names)


def sorted_rows(
    rows: Select[*tuple[Any, ...]], order: Order, *, backwards: bool, placed: bool, most: int
) -> Select[*tuple[Any, ...]]:
    """Sort the rows from a place on, in a direction; the place is a gap."""
    descending = order.descending != backwards
    if placed:
        rows = rows.where(beyond(order, descending=descending))
    sort = [column.desc() if descending else column for column in order.columns]
    return rows.order_by(None).order_by(*sort).limit(at_most(most))


kept_rows = lru_cache(maxsize=256)(sorted_rows)


def beyond(order: Order, *, descending: bool) -> ColumnElement[bool]:
    """Return what is true of the rows after a place in the list.

    The two are compared as a pair: an index then goes straight to the place, where an OR of the
    same meaning would read the list from its beginning.
    """
    gaps = zip(("mark_value", "mark_key"), order.columns, strict=False)
    place = tuple_(*(bindparam(gap, type_=column.type) for gap, column in gaps))
    pair = tuple_(*order.columns)
    return pair < place if descending else pair > place


def make_mark(row: Any, order: Order, *, back: bool) -> str:
    """Write down a place in a list as text that fits in an address."""
    value = getattr(row, order.column.key)
    kind, plain = "is", value
    if isinstance(value, datetime):
        kind, plain = "at", value.isoformat()
    elif isinstance(value, UUID):
        kind, plain = "id", value.hex
    key = getattr(row, order.key.key)
    text = json.dumps([kind, plain, key.hex if isinstance(key, UUID) else key, back])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_mark(mark: str | None, order: Order) -> dict[str, Any] | None:
    """Read a place in a list; what we never wrote, or for another list, leads to the beginning."""
    if not mark or len(mark) > LONGEST_MARK:
        return None
    try:
        text = base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4))
        kind, value, key, back = json.loads(text)
        readers: dict[str, Callable[[str], Any]] = {"at": moment, "id": UUID}
        read = readers[kind](value) if kind in readers else value
        key = UUID(key) if isinstance(key, str) else key
        place = {"value": read, "key": key, "back": bool(back)}
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError, binascii.Error):
        return None
    return place if belongs(read, order.column) and belongs(key, order.key) else None


def moment(text: str) -> datetime:
    """Read a moment. Raises ValueError for one without a zone, OverflowError outside all time."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError
    return read.astimezone(UTC)


def belongs(value: object, column: Any) -> bool:
    """Tell whether a value could stand in a column that the list is sorted by."""
    kind = column.type
    wanted: type = (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type
    if isinstance(value, str):
        return issubclass(str, wanted) and legible(value) == value
    if isinstance(value, int):
        return wanted is int and type(value) is int and abs(value) < MOST
    return isinstance(value, wanted)

"""Lists a page at a time, by key: as fast at the end of a long list as at its beginning."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_

from portal.platform.database import read

SIZE = 25


@dataclass(frozen=True)
class Order:
    """How a list is sorted: an indexed column, a key as the last tie-breaker, a direction."""

    column: Any
    key: Any
    descending: bool = False


@dataclass(frozen=True)
class PageOfRows:
    """Some rows of a list, and where the list goes on. The marks are opaque to everybody else."""

    rows: Sequence[Any]
    next: str | None
    previous: str | None


def page(
    rows: Select[*tuple[Any, ...]], order: Order, mark: str | None, *, size: int = SIZE
) -> PageOfRows:
    """Fetch one page of a list: one statement, one row more than shown, no OFFSET, no count.

    The statement must select the order's column and key; they are read by name.
    """
    place = read_mark(mark)
    backwards = bool(place and place["back"])
    descending = order.descending != backwards
    if place:
        rows = rows.where(beyond(order, place, descending=descending))
    sort = (order.column.desc(), order.key.desc()) if descending else (order.column, order.key)
    found = list(read(rows.order_by(None).order_by(*sort).limit(size + 1)))
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


def beyond(order: Order, place: Mapping[str, Any], *, descending: bool) -> ColumnElement[bool]:
    """Return what is true of the rows after a place in the list."""
    value, key = place["value"], place["key"]
    column, tie = order.column, order.key
    if descending:
        return or_(column < value, and_(column == value, tie < key))
    return or_(column > value, and_(column == value, tie > key))


def make_mark(row: Any, order: Order, *, back: bool) -> str:
    """Write down a place in a list as text that fits in an address."""
    value = getattr(row, order.column.key)
    kind, plain = "is", value
    if isinstance(value, datetime):
        kind, plain = "at", value.isoformat()
    elif isinstance(value, UUID):
        kind, plain = "id", value.hex
    text = json.dumps([kind, plain, getattr(row, order.key.key).hex, back])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_mark(mark: str | None) -> dict[str, Any] | None:
    """Read a place in a list; what nobody wrote leads to the beginning."""
    if not mark:
        return None
    try:
        text = base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4))
        kind, value, key, back = json.loads(text)
        readers: dict[str, Callable[[str], Any]] = {"at": datetime.fromisoformat, "id": UUID}
        read = readers[kind](value) if kind in readers else value
        return {"value": read, "key": UUID(key), "back": bool(back)}
    except (ValueError, TypeError, AttributeError, binascii.Error):
        return None

"""Rows as lines of JSON that belong to no database, and back."""

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Connection, Table, insert, null, select
from sqlalchemy import Enum as EnumType
from sqlalchemy.types import TypeDecorator

BATCH = 500


def dump(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield the rows of a table by key, a line each, without holding them all."""
    order = list(table.primary_key.columns) or list(table.columns)
    found = connection.execute(
        select(*table.columns).order_by(*order), execution_options={"yield_per": BATCH}
    )
    for row in found:
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False).encode() + b"\n"


def load(
    connection: Connection, table: Table, *, columns: Sequence[str], lines: Iterable[bytes]
) -> None:
    """Insert rows that `dump` wrote, as they were."""
    named = [table.columns[name] for name in columns]
    batch: list[dict[str, Any]] = []
    for line in lines:
        values = zip(named, json.loads(line), strict=True)
        batch.append({column.name: _value(column, value) for column, value in values})
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value


def _value(column: Column[Any], value: Any) -> Any:
    kind = column.type
    if value is None:
        return null() if isinstance(kind, JSON) else None
    if isinstance(kind, JSON):
        return value
    if isinstance(kind, EnumType) and kind.enum_class:
        return kind.enum_class(value)
    python_type = (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type
    return READ.get(python_type, lambda same: same)(value)


READ: dict[type, Any] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    UUID: UUID,
    Decimal: Decimal,
    bytes: base64.b64decode,
}

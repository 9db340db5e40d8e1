"""Putting a great many rows into a table, as fast as each database takes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table


def pour(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Put rows into a table; all have the columns of the first."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    names = list(first)
    values = kept(connection, [table.c[name] for name in names], chain([first], rows))
    columns = ", ".join(f'"{name}"' for name in names)
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        gaps = ", ".join("?" * len(names))
        into = f'INSERT INTO "{table.name}" ({columns}) VALUES ({gaps})'  # noqa: S608 - our names
        cursor.executemany(into, values)
    else:
        with cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in values:
                copy.write_row(row)


def kept(
    connection: Connection, columns: Sequence[Any], rows: Iterable[Mapping[str, Any]]
) -> Iterator[Sequence[Any]]:
    """Yield the values of rows as the database keeps them."""
    dialect = connection.dialect
    made = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns]
    changing = [(place, as_kept) for place, as_kept in enumerate(made) if as_kept]
    pick = itemgetter(*(column.name for column in columns))
    for row in rows:
        values = list(pick(row))
        for place, as_kept in changing:
            values[place] = as_kept(values[place])
        yield values

"""Rows that a deed writes leave together: to PostgreSQL each statement is a journey.

A registration writes six rows into as many tables and asks nothing in between. On PostgreSQL they
wait until something else is asked of the connection, or the deed is kept, and go as one statement.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, Insert, bindparam, event
from sqlalchemy.exc import DBAPIError

from portal.platform import compiling

Rows = Sequence[Mapping[str, Any]]
#: A statement that inserts a row, and the names of the columns that it is given.
Kind = tuple[Insert, tuple[str, ...]]


def init_app(engine: Engine) -> None:
    """Send what waits before anything else is, and forget what is undone."""
    if engine.dialect.name == "postgresql":
        event.listen(engine, "before_cursor_execute", send)
        event.listen(engine, "commit", send_last)
        event.listen(engine, "release_savepoint", send_in_part)
        event.listen(engine, "rollback", forget)
        event.listen(engine, "rollback_savepoint", forget)


def hold(connection: Connection, statement: Insert, rows: Rows) -> None:
    """Keep rows until they are sent; on SQLite, to which it is no journey, write them at once.

    PostgreSQL does the parts of one statement in any order. Lines of the audit have theirs, as have
    all the rows of one table: there what came before leaves first.
    """
    if connection.dialect.name != "postgresql":
        connection.execute(statement, rows)
        return
    if any(earlier.table is statement.table for earlier, _rows in waiting(connection)):
        send(connection)
    connection.info.setdefault("unsent", []).append((statement, rows))


def waiting(connection: Connection) -> Sequence[tuple[Insert, Rows]]:
    """Return what was not sent yet."""
    unsent: Sequence[tuple[Insert, Rows]] = connection.info.get("unsent", ())
    return unsent


def forget(connection: Connection, *_savepoint: object) -> None:
    """Send nothing of what waits: the deed is undone. A cut connection knows nothing any more."""
    if not connection.invalidated:
        connection.info.pop("unsent", None)


def send(connection: Connection, *_next: object) -> None:
    """Send what waits: as one statement if each is one row, and else one after the other."""
    unsent = waiting(connection)
    forget(connection)
    if len(unsent) < 2 or any(len(rows) != 1 for _statement, rows in unsent):
        for statement, rows in unsent:
            connection.execute(statement, rows)
        return
    whole = joined(tuple((statement, tuple(rows[0])) for statement, rows in unsent))
    values = {
        gap(name, place): value
        for place, (_statement, rows) in enumerate(unsent)
        for name, value in rows[0].items()
    }
    connection.execute(whole, values, execution_options=compiling.options(whole))


def send_last(connection: Connection) -> None:
    """Send what waits before a deed is kept; what cannot be is undone here.

    SQLAlchemy takes a COMMIT that failed for the end of its transaction, and this for the COMMIT.
    """
    try:
        send(connection)
    except DBAPIError:
        if not connection.invalidated:
            connection.dialect.do_rollback(connection.connection)
        raise


def send_in_part(connection: Connection, savepoint: str, _context: object) -> None:
    """Send what waits before a part of a deed is kept; as above, what cannot be is undone here."""
    try:
        send(connection)
    except DBAPIError:
        if not connection.invalidated:
            connection.dialect.do_rollback_to_savepoint(connection, savepoint)
        raise


@lru_cache(maxsize=256)
def joined(kinds: tuple[Kind, ...]) -> Insert:
    """Put together, once for each kind of deed, one statement of several that insert a row.

    PostgreSQL looks at references between them when all is done, whatever their order.
    """
    *before, last = [filled(kind, place) for place, kind in enumerate(kinds)]
    return last.add_cte(*(each.cte(f"row_{place}") for place, each in enumerate(before)))


def filled(kind: Kind, place: int) -> Insert:
    """Return a statement with gaps of its own, and what its table says of columns not given."""
    statement, names = kind
    columns: Sequence[Any] = list(statement.table.c)
    given = {each.key: bindparam(gap(each.key, place), type_=each.type)
             for each in columns if each.key in names}  # fmt: skip
    usual = {each.key: each.default.arg for each in columns
             if each.key not in names and each.default is not None}  # fmt: skip
    return statement.values(given | usual)


def gap(name: str, place: int) -> str:
    """Name the gap of a column in the statement at a place."""
    return f"{name}_{place}"

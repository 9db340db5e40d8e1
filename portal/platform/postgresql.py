"""How PostgreSQL is spoken to: connections that were asked whether they live, and few words."""

from collections.abc import Sequence
from functools import partial
from time import monotonic
from typing import Any, overload

from psycopg import Column, Cursor, RawCursor, RawServerCursor
from sqlalchemy import Dialect, Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from portal.platform.sqlite import PATIENCE

#: After so many seconds without use, a connection is asked whether its server is still there.
RESTED = 1.0


def teach(engine: Engine) -> None:
    """Teach an engine its manners."""
    event.listen(engine, "connect", connect)
    event.listen(engine, "checkin", note_use)
    event.listen(engine, "checkout", partial(insist_on_life, dialect=engine.dialect))


def connect(connection: Any, entry: ConnectionPoolEntry) -> None:
    """Writers queue row by row, as long as they would on SQLite and no longer."""
    connection.server_cursor_factory = RawServerCursor
    connection.execute(f"SET lock_timeout = {PATIENCE}")
    connection.commit()
    note_use(connection, entry)


def note_use(_connection: Any, entry: ConnectionPoolEntry) -> None:
    """Remember when a connection was last known to answer."""
    entry.info["used"] = monotonic()


def insist_on_life(
    connection: Any, entry: ConnectionPoolEntry, _proxy: Any, *, dialect: Dialect
) -> None:
    """Ask a connection that has rested whether its server still answers.

    Asked before every unit of work it was a tenth of what a short page costs.
    """
    if monotonic() - entry.info["used"] < RESTED:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


class Columns(Sequence[Column]):
    """The columns of a result, each described when it is looked at.

    SQLAlchemy mostly asks no more than whether there are any, since it knows a statement that it
    has seen before; describing them all was a twentieth of a page.
    """

    def __init__(self, cursor: Cursor[Any], number: int) -> None:
        self.cursor, self.number = cursor, number

    def __len__(self) -> int:
        return self.number

    @overload
    def __getitem__(self, index: int) -> Column: ...
    @overload
    def __getitem__(self, index: slice) -> list[Column]: ...
    def __getitem__(self, index: int | slice) -> Column | list[Column]:
        """Describe a column, or several."""
        chosen = range(self.number)[index]
        if isinstance(chosen, range):
            return [Column(self.cursor, number) for number in chosen]
        return Column(self.cursor, chosen)


class Reticent(RawCursor[Any]):
    """A cursor that describes no column before somebody looks at it.

    SQLAlchemy numbers the gaps of a statement as PostgreSQL does, so that nobody reads a statement
    once more to put numbers for names: psycopg would at each execution of a long one.
    """

    @property
    def description(self) -> Any:
        """The columns of the result, or nothing where there are no rows to come."""
        result = self.pgresult
        if result is not None and result.nfields:
            return Columns(self, result.nfields)
        return super().description

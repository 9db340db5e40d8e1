"""How a transaction begins, so that SQLite and PostgreSQL behave alike."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from flask import Flask, g
from sqlalchemy import Connection, CursorResult, Executable, Insert, event

from portal.extensions import db
from portal.platform import compiling, sqlite, together
from portal.platform.sqlite import PATIENCE, is_writing, pass_turn

#: What does not count as a statement: the frame of a transaction.
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SET", "PRAGMA", "SAVEPOINT", "RELEASE")
#: How a statement begins that changes nothing.
READING = ("SELECT", "WITH")

statements: ContextVar[int] = ContextVar("statements", default=0)


def engine_options(url: str) -> dict[str, Any]:
    """Return how the engine connects: patient, with a clock in UTC, and never for ever.

    What people typed and wrote stays out of the words of its errors, which end in the log. The
    connection that came back last is lent next: what lies at its hand is the latest.
    """
    if url.startswith("sqlite"):
        return {
            "execution_options": {"compiled_cache": compiling.COMPILED},
            "pool_use_lifo": True,
            "hide_parameters": True,
            "connect_args": {"timeout": PATIENCE / 1000, "cached_statements": 512},
        }
    settings = (
        "-c timezone=UTC -c statement_timeout=15000 -c idle_in_transaction_session_timeout=30000"
    )
    from portal.platform.postgresql import Reticent  # noqa: PLC0415 - psycopg, only where it serves

    return {
        "execution_options": {"compiled_cache": compiling.COMPILED},
        "paramstyle": "numeric_dollar",
        "pool_use_lifo": True,
        "pool_size": 8,
        "max_overflow": 8,
        "pool_timeout": 10,
        "pool_recycle": 1800,
        "hide_parameters": True,
        "connect_args": {
            "connect_timeout": 5,
            "application_name": "portal",
            "options": settings,
            "cursor_factory": Reticent,
        },
    }


def init_app(app: Flask) -> None:
    """Teach the app's engine its manners."""
    with app.app_context():
        engine = db.engine
    app.teardown_appcontext(let_go)
    event.listen(engine, "before_cursor_execute", count)
    together.init_app(engine)
    if engine.dialect.name == "sqlite":
        sqlite.teach(engine)
        return
    from portal.platform import postgresql  # noqa: PLC0415 - psycopg, only where it serves

    postgresql.teach(engine)


def begin(*, writing: bool) -> None:
    """Start a unit of work.

    What was read before is let go: SQLite lets nobody write on top of an outdated reading.
    """
    connection = read_out() or db.engine.connect()
    connection.execution_options(writing=writing)
    g.connection = connection  # from here on let_go gives it back, also when it cannot begin
    connection.info["changed"] = writing
    connection.begin()
    if not writing:
        read_alone(connection)


def read_out() -> Connection | None:
    """Let go what was read, and return the connection that only read: a deed goes on with it."""
    connection: Connection | None = g.get("connection")
    if connection is None or connection.closed or connection.info.get("changed", True):
        let_go()
        return None
    if db.session.registry.has():
        db.session.rollback()
    read_no_longer_alone(connection)
    connection.rollback()
    return connection


def let_go(_error: BaseException | None = None) -> None:
    """End the unit of work, if there is one; what was not kept is gone."""
    connection: Connection | None = g.pop("connection", None)
    if connection is not None and not connection.info.get("changed", True):
        with suppress(connection.dialect.loaded_dbapi.Error):  # what is broken is let go as it is
            read_no_longer_alone(connection)
    try:
        if db.session.registry.has():
            db.session.rollback()
    finally:
        if connection is not None:
            connection.close()


def read_alone(connection: Connection) -> None:
    """Let PostgreSQL answer each question of a reading unit by itself.

    There each sees what was kept before it anyway, and the frame of a transaction around them was
    a tenth of a short page. Nor is there a ROLLBACK at the end, at which psycopg forgets what it
    prepared, so that PostgreSQL would plan every statement of every page anew.
    """
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.dbapi_connection
        driver.autocommit = connection.info["alone"] = True


def read_no_longer_alone(connection: Connection) -> None:
    """Make a transaction of what follows: something changes, or the unit is over."""
    if connection.info.pop("alone", False):
        driver: Any = connection.connection.dbapi_connection
        driver.autocommit = False


@contextmanager
def unit(*, writing: bool = True) -> Iterator[None]:
    """Keep all that is done inside, or nothing: the unit of jobs and commands, who have no door."""
    try:
        begin(writing=writing)
        yield
        keep()
    finally:
        let_go()


def read(statement: Executable, **values: Any) -> CursorResult[Any]:
    """Read columns in the unit of work, past the identity map: for lists and what every page asks.

    A statement that is made once, with `bindparam`s for what differs, costs a fraction of one
    that is put together for each page.
    """
    connection: Connection = g.get("connection") or db.session.connection()
    return connection.execute(statement, values, execution_options=compiling.options(statement))


def flush() -> None:
    """Send what the session holds, where there is one: not every deed asks for any."""
    if db.session.registry.has():
        db.session.flush()


def write(statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows in the unit of work, past the identity map: nobody changes them in their deed.

    The session would look at each of them, sort them, and read them again. Here they leave with
    those that are written next, before anything else is asked (`portal.platform.together`).
    """
    connection: Connection = g.get("connection") or db.session.connection()
    if db.session.registry.has() and db.session().in_nested_transaction():
        connection = db.session.connection()  # which begins the part that may be undone by itself
    if rows:
        note_change(connection)
        together.hold(connection, statement, rows)


def keep() -> None:
    """Keep what was done in the unit of work, by the session or past it."""
    connection: Connection | None = g.get("connection")
    if connection is None or (db.session.registry.has() and db.session().in_transaction()):
        db.session.commit()
    if connection is not None:
        if connection.in_transaction():  # the session had no part in it
            connection.commit()
        pass_turn(None, connection.connection)


@contextmanager
def aside() -> Iterator[Connection]:
    """Keep something small apart from the deed: throttles, last-seen, refused tries.

    It is one statement that writes, which PostgreSQL keeps by itself. Only before or after the
    write unit: on SQLite a second writer would wait for the first, which waits for it. Raises
    RuntimeError inside one.
    """
    if in_write_unit():
        raise RuntimeError("aside() inside a write unit would wait for itself")
    fresh = db.engine.connect().execution_options(writing=True)
    with fresh as connection, connection.begin(), by_itself(connection):
        yield connection


@contextmanager
def by_itself(connection: Connection) -> Iterator[None]:
    """Let PostgreSQL keep a statement as soon as it is done, without the frame of a transaction."""
    driver: Any = connection.connection.dbapi_connection
    framed = connection.dialect.name == "postgresql"
    if framed:
        driver.autocommit = True
    try:
        yield
    finally:
        with suppress(connection.dialect.loaded_dbapi.Error):  # what is broken is let go as it is
            if framed:
                driver.autocommit = False


def in_write_unit() -> bool:
    """Tell whether a unit of work that writes is under way."""
    under_way: Connection | None = g.get("connection")
    return under_way is not None and is_writing(under_way) and under_way.in_transaction()


def count(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    """Count what is sent to the database, for the line in the log and for the budgets."""
    if statement.startswith(FRAME):
        return
    statements.set(statements.get() + 1)
    if not statement.startswith(READING):
        note_change(connection)


def note_change(connection: Connection) -> None:
    """Make a transaction of what follows, which is to be kept or let go."""
    read_no_longer_alone(connection)
    connection.info["changed"] = True

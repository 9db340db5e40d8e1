"""How a transaction begins, so that SQLite and PostgreSQL behave alike."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from random import uniform
from sqlite3 import SQLITE_BUSY, OperationalError
from sqlite3 import Connection as SQLite
from threading import Lock
from time import monotonic, sleep
from typing import Any

from flask import Flask, g
from sqlalchemy import Connection, CursorResult, Dialect, Executable, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, ManagesConnection

from portal.extensions import db
from portal.platform import compiling

#: How long one writer waits for another before the portal says that it is busy, in milliseconds.
PATIENCE = 5_000
#: After so many seconds without use, a connection is asked whether its server is still there.
RESTED = 1.0
#: What does not count as a statement: the frame of a transaction.
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SET", "PRAGMA", "SAVEPOINT", "RELEASE")
#: How a statement begins that changes nothing.
READING = ("SELECT", "WITH")

statements: ContextVar[int] = ContextVar("statements", default=0)


def engine_options(url: str) -> dict[str, Any]:
    """Return how the engine connects: patient, with a clock in UTC, and never for ever.

    What people typed and wrote stays out of the words of its errors, which end in the log.
    """
    if url.startswith("sqlite"):
        return {
            "execution_options": {"compiled_cache": compiling.COMPILED},
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
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", connect_sqlite)
        event.listen(engine, "begin", partial(begin_sqlite, turn=Lock()))
        event.listen(engine, "checkin", pass_turn)
    else:
        event.listen(engine, "connect", connect_postgresql)
        event.listen(engine, "checkin", note_use)
        event.listen(engine, "checkout", partial(insist_on_life, dialect=engine.dialect))


def begin(*, writing: bool) -> None:
    """Start a unit of work.

    What was read before is let go: SQLite lets nobody write on top of an outdated reading.
    """
    let_go()
    connection = db.engine.connect()
    if writing:
        connection = connection.execution_options(writing=True)
    g.connection = connection  # from here on let_go gives it back, also when it cannot begin
    connection.info["changed"] = writing
    connection.begin()
    if not writing:
        read_alone(connection)


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


def write(statement: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows in the unit of work, past the identity map: nobody changes them in their deed.

    The session would look at each of them, sort them, and read them again.
    """
    connection: Connection = g.get("connection") or db.session.connection()
    if rows:
        connection.execute(statement, rows)


def keep() -> None:
    """Keep what was done in the unit of work, by the session or past it."""
    connection: Connection | None = g.get("connection")
    if connection is None or (db.session.registry.has() and db.session().in_transaction()):
        db.session.commit()
    else:
        connection.commit()
    if connection is not None:
        pass_turn(None, connection.connection)


@contextmanager
def aside() -> Iterator[Connection]:
    """Keep something small apart from the deed: throttles, last-seen, refused tries.

    Only before or after the write unit: on SQLite a second writer would wait for the first, which
    waits for it. Raises RuntimeError inside one.
    """
    if in_write_unit():
        raise RuntimeError("aside() inside a write unit would wait for itself")
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


def connect_sqlite(connection: SQLite, _entry: ConnectionPoolEntry) -> None:
    """Patience comes first: switching to the write-ahead log may itself have to wait."""
    connection.isolation_level = None  # or the driver would put BEGINs of its own between ours
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def begin_sqlite(connection: Connection, *, turn: Lock) -> None:
    """Readers never queue. A writer queues here, before it reads what it will decide on.

    `turn` belongs to whoever of this process writes to this file, from here until that is kept or
    let go. The others of the process sleep until it is passed on, rather than look again and again.
    Who writes again without having given back its connection has it still.
    """
    entry: Any = connection.connection
    driver = entry.dbapi_connection
    if not is_writing(connection):
        driver.execute("BEGIN")  # past all that is asked of a statement: this one cannot fail
        return
    until = monotonic() + PATIENCE / 1000
    if "turn" not in entry.record_info and turn.acquire(timeout=PATIENCE / 1000):
        entry.record_info["turn"] = turn
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        if not comes_in(driver, until=until):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # whose refusal says that we are busy
    finally:
        driver.execute(f"PRAGMA busy_timeout = {PATIENCE}")


def pass_turn(_driver: object, entry: ManagesConnection) -> None:
    """Let the next of this process write, if the one who gives back this connection did."""
    if entry.record_info and "turn" in entry.record_info:
        entry.record_info.pop("turn").release()


def comes_in(driver: SQLite, *, until: float) -> bool:
    """Wait for a writer of another process, and tell whether we may write now.

    SQLite by itself looks again less and less often, up to ten times a second: while many write,
    the file then lies idle, and whoever waited longest is the least likely to be next.
    """
    while monotonic() < until:
        if (begun := tries(driver)) is not None:
            return begun
        sleep(uniform(0.0001, 0.0004))  # noqa: S311 - so that two who wait do not keep step
    return False


def tries(driver: SQLite) -> bool | None:
    """Begin to write; tell whether that went well, or nothing while somebody else writes."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except OperationalError as refusal:
        return None if refusal.sqlite_errorcode & 0xFF == SQLITE_BUSY else False
    return True


def connect_postgresql(connection: Any, entry: ConnectionPoolEntry) -> None:
    """Writers queue row by row, as long as they would on SQLite and no longer."""
    from psycopg import RawServerCursor  # noqa: PLC0415 - only where it serves

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


def in_write_unit() -> bool:
    """Tell whether a unit of work that writes is under way."""
    under_way: Connection | None = g.get("connection")
    return under_way is not None and is_writing(under_way) and under_way.in_transaction()


def is_writing(connection: Connection) -> bool:
    """Tell whether this transaction was begun in order to write."""
    return bool(connection.get_execution_options().get("writing"))


def count(connection: Connection, _cursor: object, statement: str, *_rest: object) -> None:
    """Count what is sent to the database, for the line in the log and for the budgets."""
    if statement.startswith(FRAME):
        return
    statements.set(statements.get() + 1)
    if not statement.startswith(READING):
        read_no_longer_alone(connection)
        connection.info["changed"] = True

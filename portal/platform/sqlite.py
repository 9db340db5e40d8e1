"""How SQLite is spoken to: who writes waits for a turn, and nobody waits for ever."""

from functools import partial
from random import uniform
from sqlite3 import SQLITE_BUSY, OperationalError
from sqlite3 import Connection as SQLite
from threading import Lock
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry, ManagesConnection

#: How long one writer waits for another before the portal says that it is busy, in milliseconds.
PATIENCE = 5_000


def teach(engine: Engine) -> None:
    """Teach an engine its manners."""
    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", partial(begin, turn=Lock()))
    event.listen(engine, "checkin", pass_turn)


def is_writing(connection: Connection) -> bool:
    """Tell whether this transaction was begun in order to write."""
    return bool(connection.get_execution_options().get("writing"))


def connect(connection: SQLite, _entry: ConnectionPoolEntry) -> None:
    """Patience comes first: switching to the write-ahead log may itself have to wait."""
    connection.isolation_level = None  # or the driver would put BEGINs of its own between ours
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def begin(connection: Connection, *, turn: Lock) -> None:
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

"""How migrations run: each in a transaction of its own, and harmless to what they do not speak of.

SQLite changes a table by building it anew. With foreign keys on, dropping the old one would empty
its children; and its triggers go with it. So foreign keys are off before the transaction begins
and checked before it ends, rows are counted across the change, and triggers are made again.
"""

import re
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, event

DROPPED = re.compile(r'\s*DROP TABLE "?(\w+)"?\s*\Z')
REBUILT = re.compile(r'\s*ALTER TABLE "?_alembic_tmp_(\w+)"? RENAME TO "?(\w+)"?\s*\Z')


class Lost(Exception):
    """A migration lost rows or left a row without its parent; nothing of it was kept."""


class Rebuilding:
    """Watches tables that are built anew, and gives back what the building took away."""

    def __init__(self, connection: Connection) -> None:
        self.triggers: dict[str, list[str]] = {}
        self.rows: dict[str, int] = {}
        event.listen(connection, "before_cursor_execute", self.before)
        event.listen(connection, "after_cursor_execute", self.after)

    def before(self, connection: Connection, cursor: Any, statement: str, *_rest: Any) -> None:
        """Remember what a table has before it is dropped."""
        dropped = DROPPED.match(statement)
        if dropped:
            table = dropped[1]
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
            )
            self.triggers[table] = [row[0] for row in cursor.fetchall()]
            self.rows[table] = count(cursor, table)

    def after(self, connection: Connection, cursor: Any, statement: str, *_rest: Any) -> None:
        """Give it back when the new table has taken the old one's name."""
        rebuilt = REBUILT.match(statement)
        if rebuilt:
            table = rebuilt[2]
            if count(cursor, table) != self.rows.get(table, 0):
                raise Lost(f"{table} has other rows than before")
            for trigger in self.triggers.get(table, []):
                cursor.execute(trigger)


def count(cursor: Any, table: str) -> int:
    """Return how many rows a table has."""
    cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a name from our own models
    return int(cursor.fetchone()[0])


def insist_on_parents(connection: Connection) -> None:
    """Refuse to keep a migration that left rows without their parents."""
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        raise Lost(f"rows without parents: {sorted({orphan[0] for orphan in orphans})}")


def run() -> None:
    """Run the migrations on the portal's own engine."""
    migrate = current_app.extensions["migrate"]
    engine = migrate.db.engine.execution_options(writing=True)
    with engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.driver_connection
        if on_sqlite:
            raw.execute("PRAGMA foreign_keys = OFF")
            Rebuilding(connection)
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            transaction_per_migration=True,
            render_as_batch=on_sqlite,
            on_version_apply=lambda **_: on_sqlite and insist_on_parents(connection),
            **{k: v for k, v in migrate.configure_args.items() if k != "render_as_batch"},
        )
        with context.begin_transaction():
            context.run_migrations()
        if on_sqlite:
            raw.execute("PRAGMA foreign_keys = ON")


run()

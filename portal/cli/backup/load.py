"""Bringing a backup back, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from obstore.store import ObjectStore
from sqlalchemy import Connection, Engine, Table, func, select, text

from portal.cli.backup import rows
from portal.cli.backup.archive import Manifest, members, revision, take_time
from portal.cli.backup.problem import Problem
from portal.models import Base


def restore(
    path: Path, manifest: Manifest, *, engine: Engine, store: ObjectStore, replace: bool
) -> None:
    """Load an archive that was checked. Files come first: without rows nobody sees them."""
    with engine.execution_options(writing=True).connect() as connection, connection.begin():
        take_time(connection)
        _refuse_other_version(connection, manifest)
        if not replace:
            _refuse_to_overwrite(connection)
        with _unhindered(connection):
            _empty(connection)
            for name, content in members(path):
                folder, _, rest = name.partition("/")
                if folder == "files":
                    store.put(rest, content.read())
                elif folder == "rows":
                    table = rest.removesuffix(".jsonl")
                    columns = manifest.tables[table].columns
                    rows.load(
                        connection, Base.metadata.tables[table], columns=columns, lines=content
                    )
        _go_on_counting(connection)
    _forget_other_files(store, manifest)


def _refuse_other_version(connection: Connection, manifest: Manifest) -> None:
    here = revision(connection)
    if here != manifest.revision:
        raise Problem(
            f"The backup was made at migration {manifest.revision} and this portal is at {here}:"
            " restore with the version of the portal that made it, then update."
        )


def _refuse_to_overwrite(connection: Connection) -> None:
    for name, table in sorted(Base.metadata.tables.items()):
        if connection.scalar(select(func.count()).select_from(table)):
            raise Problem(
                f"The database is not empty ({name} has rows): use another one, or add --replace"
                " to delete what it holds."
            )


@contextmanager
def _unhindered(connection: Connection) -> Iterator[None]:
    """Keep triggers quiet, and let foreign keys be checked when all rows are there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.exec_driver_sql(query).all()
        for trigger in triggers:
            connection.exec_driver_sql(f'DROP TRIGGER "{trigger.name}"')
        yield
        for trigger in triggers:
            connection.exec_driver_sql(trigger.sql)
    else:
        _set_foreign_keys(connection, "DEFERRABLE INITIALLY DEFERRED")
        yield
        connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
        _set_foreign_keys(connection, "NOT DEFERRABLE")


def _set_foreign_keys(connection: Connection, how: str) -> None:
    query = (
        "SELECT conrelid::regclass::text AS place, conname FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
    )
    for key in connection.exec_driver_sql(query).all():
        change = f'ALTER TABLE {key.place} ALTER CONSTRAINT "{key.conname}" {how}'
        connection.exec_driver_sql(change)


def _empty(connection: Connection) -> None:
    tables = Base.metadata.tables.values()
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables)
        connection.exec_driver_sql(f"TRUNCATE {names}")
    else:
        for table in tables:
            connection.execute(table.delete())


def _go_on_counting(connection: Connection) -> None:
    """Let numbers that PostgreSQL gives out go on after the highest one restored."""
    if connection.dialect.name != "postgresql":
        return
    for table in Base.metadata.tables.values():
        for column in table.columns:
            if column.identity is not None:
                _move_sequence(connection, table, column.name)


def _move_sequence(connection: Connection, table: Table, column: str) -> None:
    highest = connection.scalar(select(func.max(table.columns[column])))
    connection.execute(
        text("SELECT setval(pg_get_serial_sequence(:name, :column), :next, false)"),
        {"name": table.name, "column": column, "next": (highest or 0) + 1},
    )


def _forget_other_files(store: ObjectStore, manifest: Manifest) -> None:
    found = [meta["path"] for batch in store.list() for meta in batch]
    for path in found:
        if path not in manifest.files:
            store.delete(path)

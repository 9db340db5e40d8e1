"""How a world is put back: told first where it was touched, so that what is whole is left alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import Connection, text

from portal.extensions import db
from portal.models import Base
from tests.support.databases import Stage

NAMES = [table.name for table in Base.metadata.sorted_tables]
#: How many rows every table has, and who wrote the newest: transactions have rising numbers.
STAMPS = " UNION ALL ".join(
    f"SELECT '{name}', count(*), max(xmin::text::bigint) FROM \"{name}\""  # noqa: S608 - our names
    for name in NAMES
)
#: Works inside of PostgreSQL, which remembers there how: to be told anew would take it longer.
WORKS = (
    f"""CREATE FUNCTION kept.stamps() RETURNS TABLE (name text, amount bigint, newest bigint)
LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY {STAMPS}; END $$""",
    "CREATE TABLE kept.stamp AS SELECT * FROM kept.stamps()",
    """CREATE FUNCTION kept.touched() RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN
    RETURN QUERY SELECT now.name FROM kept.stamps() now JOIN kept.stamp was USING (name)
    WHERE (now.amount, now.newest) IS DISTINCT FROM (was.amount, was.newest);
END $$""",
    """CREATE FUNCTION kept.put_back() RETURNS void LANGUAGE plpgsql AS $$
DECLARE touched text;
BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    FOR touched IN SELECT kept.touched() LOOP
        EXECUTE format('DELETE FROM %I', touched);
        EXECUTE format('INSERT INTO %I SELECT * FROM kept.%I', touched, touched);
        EXECUTE format('UPDATE kept.stamp SET newest = (SELECT max(xmin::text::bigint) FROM %I)'
            ' WHERE name = %L', touched, touched);
    END LOOP;
END $$""",
)


class Kept(Protocol):
    """A world as it was when this was made."""

    def touched(self) -> set[str]:
        """Name every table that was written to since, and perhaps others."""

    def put_back(self) -> None:
        """Make the world what it was."""


def keep(stage: Stage) -> Kept:
    """Keep a stage as it is now."""
    return KeptFile(stage, stage.file) if stage.file else KeptTables(stage)


class KeptFile:
    """A copy of an SQLite; whoever writes to it leaves its log or a younger file."""

    def __init__(self, stage: Stage, file: os.PathLike[str]) -> None:
        self.stage, self.file = stage, os.fspath(file)
        stage.seal(stage.file)
        self.age()

    def age(self) -> None:
        """Let the file be from long ago, whatever the clock of the disk is worth."""
        os.utime(self.file, (1, 1))

    def touched(self) -> set[str]:
        log = f"{self.file}-wal"
        logged = os.path.exists(log) and os.path.getsize(log)
        return set(NAMES) if logged or os.stat(self.file).st_mtime_ns != 10**9 else set()

    def put_back(self) -> None:
        if self.touched():
            self.stage.clear()
            self.age()


class KeptTables:
    """A copy of every table of a PostgreSQL, beside them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        with self.connected() as connection:
            connection.exec_driver_sql("CREATE SCHEMA kept")
            for name in NAMES:
                connection.exec_driver_sql(f'CREATE TABLE kept."{name}" AS TABLE "{name}"')
            for work in WORKS:
                connection.execute(text(work))

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        with self.stage.app.app_context(), db.engine.begin() as connection:
            yield connection

    def touched(self) -> set[str]:
        with self.connected() as connection:
            return set(connection.exec_driver_sql("SELECT kept.touched()").scalars())

    def put_back(self) -> None:
        with self.connected() as connection:
            connection.exec_driver_sql("SELECT kept.put_back()")

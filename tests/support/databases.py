"""Databases to play in: made once for each kind and each worker, and emptied after every test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLite
from uuid import uuid4

from flask import Flask
from sqlalchemy import Connection, create_engine, event, make_url, text
from sqlalchemy.pool import ConnectionPoolEntry

from portal import create_app
from portal.config import Settings
from portal.extensions import db
from portal.models import Base


def settings(url: str, folder: Path, **more: object) -> Settings:
    """Return settings as tests need them: a secret, cheap hashing, files in their own folder."""
    given = {
        "secret_key": "for tests alone, and long enough",
        "instance": folder,
        "database_url": url,
        "testing": True,
        "cheap_hashing": True,
        "log_level": "error",
    }
    return Settings(**(given | more))  # type: ignore[arg-type]


def build(app: Flask) -> None:
    """Make every table."""
    with app.app_context():
        Base.metadata.create_all(db.engine)
        db.engine.dispose()


def hurry(app: Flask) -> None:
    """Let nobody wait for a disk: what is tried here need not outlive the machine."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", dare)


def dare(connection: SQLite, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA synchronous = OFF")


@contextmanager
def lend(server: str | None, folder: Path, like: str | None = None) -> Iterator[str]:
    """Lend a database, empty or like another: a file, or one on the server; take it back after."""
    if server is None:
        file = folder / f"{uuid4().hex}.db"
        if like:
            shutil.copyfile(like.removeprefix("sqlite:///"), file)
        yield f"sqlite:///{file}"
        return
    name = f"test_{uuid4().hex}"
    template = f" TEMPLATE {make_url(like).database}" if like else ""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}{template}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


class Stage:
    """A portal on a database of its own that can be put back to how it began."""

    def __init__(self, url: str, folder: Path) -> None:
        self.app = create_app(settings(url, folder))
        hurry(self.app)
        build(self.app)
        self.file = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else None
        if self.file:
            self.seal(self.file)

    def seal(self, file: Path) -> None:
        """Keep a copy of the empty database."""
        with self.app.app_context(), db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.close()
        shutil.copyfile(file, file.with_suffix(".empty"))

    def close(self) -> None:
        """Let every connection go."""
        with self.app.app_context():
            db.engine.dispose()

    def clear(self) -> None:
        """Empty every table. On SQLite the file is put back, since some tables refuse to delete."""
        if self.file:
            self.close()
            for side in ("-wal", "-shm"):
                self.file.with_name(self.file.name + side).unlink(missing_ok=True)
            shutil.copyfile(self.file.with_suffix(".empty"), self.file)
            return
        with self.app.app_context(), db.engine.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            empty(connection)


#: A line for each table that has rows.
FILLED = " UNION ALL ".join(
    f"SELECT '{table.name}' WHERE EXISTS (SELECT FROM \"{table.name}\")"  # noqa: S608 - our names
    for table in Base.metadata.sorted_tables
)
COUNTED = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)"
    " FROM pg_sequences WHERE last_value IS NOT NULL"
)
OWNER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


def empty(connection: Connection) -> None:
    """Take every row out of a PostgreSQL, and let its sequences begin again.

    Row by row and with no trigger asked, as only the owner of the server may: emptying a hundred
    tables as wholes takes longer than most tests do.
    """
    filled = connection.execute(text(FILLED)).scalars().all()
    if not connection.execute(text(OWNER)).scalar_one():
        names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        return
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for name in filled:
        connection.execute(text(f'DELETE FROM "{name}"'))  # noqa: S608 - a name of ours
    connection.execute(text(COUNTED))

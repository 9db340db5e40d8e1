"""The archive: a compressed tar of rows and files, closed by a manifest with their checksums."""

import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from alembic.migration import MigrationContext
from obstore.store import ObjectStore
from sqlalchemy import Connection, Engine

from portal.cli.backup import rows
from portal.cli.backup.problem import Problem
from portal.core import clock
from portal.models import Base

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one member of the archive must turn out to be."""

    sha256: str
    count: int = 0
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What an archive holds, and at which migration the rows were taken."""

    format: int
    made_at: str
    revision: str
    tables: dict[str, Part]
    files: dict[str, Part]


def write(path: Path, *, engine: Engine, store: ObjectStore) -> Manifest:
    """Write an archive of the database as it is at one moment, and of all stored files."""
    if path.exists():
        raise Problem(f"{path} exists already: name a new file.")
    draft = path.with_name(f"{path.name}.draft")
    try:
        with _private(draft) as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
            with snapshot(engine) as connection:
                made_at, found = clock.now().isoformat(), revision(connection)
                tables = {name: part for name, part in _put_tables(tar, connection)}
            files = dict(_put_files(tar, store))
            manifest = Manifest(
                format=FORMAT, made_at=made_at, revision=found, tables=tables, files=files
            )
            _put(tar, MANIFEST, io.BytesIO(json.dumps(asdict(manifest), indent=1).encode()))
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def check(path: Path) -> Manifest:
    """Read the archive through once and return its manifest; what is damaged is refused."""
    try:
        manifest, sums = _read_through(path)
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise Problem(f"{path} cannot be read as a backup: {error}.") from error
    if manifest is None:
        raise Problem(f"{path} is not a whole backup: its manifest is missing.")
    expected = {f"rows/{name}.jsonl": part.sha256 for name, part in manifest.tables.items()}
    expected |= {f"files/{name}": part.sha256 for name, part in manifest.files.items()}
    if sums != expected:
        wrong = sorted(name for name in sums | expected if sums.get(name) != expected.get(name))
        raise Problem(f"{path} is damaged: {wrong[0]} is not what was saved. Nothing was changed.")
    return manifest


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield what the archive holds, in the order in which it was written."""
    with tarfile.open(path, "r|gz") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is not None:
                yield member.name, content


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Read everything as it is at one moment, while others go on writing."""
    postgresql = engine.dialect.name == "postgresql"
    options = {"isolation_level": "REPEATABLE READ"} if postgresql else {}
    with engine.execution_options(**options).connect() as connection, connection.begin():
        take_time(connection)
        yield connection


def take_time(connection: Connection) -> None:
    """A page may not take for ever; a backup may."""
    if connection.dialect.name == "postgresql":
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
            connection.exec_driver_sql(f"SET LOCAL {limit} = 0")


def revision(connection: Connection) -> str:
    """Return the migration that the database is at."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def _read_through(path: Path) -> tuple[Manifest | None, dict[str, str]]:
    sums: dict[str, str] = {}
    manifest = None
    for name, content in members(path):
        if name == MANIFEST:
            manifest = _read_manifest(content.read())
        else:
            sums[name] = _digest(content)
    return manifest, sums


def _put_tables(tar: tarfile.TarFile, connection: Connection) -> Iterator[tuple[str, Part]]:
    for name, table in sorted(Base.metadata.tables.items()):
        with tempfile.TemporaryFile() as file:
            count = _write_lines(file, rows.dump(connection, table))
            columns = [column.name for column in table.columns]
            sha256 = _put(tar, f"rows/{name}.jsonl", file)
            yield name, Part(sha256=sha256, count=count, columns=columns)


def _put_files(tar: tarfile.TarFile, store: ObjectStore) -> Iterator[tuple[str, Part]]:
    for found in store.list():
        for meta in found:
            content = io.BytesIO(bytes(store.get(meta["path"]).bytes()))
            yield meta["path"], Part(sha256=_put(tar, f"files/{meta['path']}", content))


def _write_lines(file: IO[bytes], lines: Iterable[bytes]) -> int:
    count = 0
    for line in lines:
        file.write(line)
        count += 1
    return count


def _put(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> str:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, os.SEEK_END)
    member.mode, member.mtime = 0o600, int(clock.now().timestamp())
    content.seek(0)
    digest = _digest(content)
    content.seek(0)
    tar.addfile(member, content)
    return digest


def _digest(content: IO[bytes]) -> str:
    sha256 = hashlib.sha256()
    while chunk := content.read(CHUNK):
        sha256.update(chunk)
    return sha256.hexdigest()


def _read_manifest(text: bytes) -> Manifest:
    try:
        said: dict[str, Any] = json.loads(text)
        if said.get("format") != FORMAT:
            raise Problem("The backup was made by a newer portal: update this one first.")
        tables, files = (
            {name: Part(**part) for name, part in said.pop(kind).items()}
            for kind in ("tables", "files")
        )
        return Manifest(**said, tables=tables, files=files)
    except (ValueError, KeyError, TypeError) as error:
        raise Problem("The manifest of the backup cannot be read.") from error


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A backup holds all that the portal knows of people, so only its owner may read it."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file

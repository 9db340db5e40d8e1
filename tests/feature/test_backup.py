"""Backup and restore: all of it comes back, on either database, or nothing is touched."""

import io
import stat
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from portal import create_app
from portal.extensions import db
from portal.models import AuditEvent, Base, Cluster, MailState, OutgoingMail, Person
from portal.platform import files
from tests import factories
from tests.support.databases import lend, settings

PICTURE = bytes(range(256)) * 20
Open = Callable[..., Flask]


@pytest.fixture(scope="session")
def migrated(server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database that the migrations made, for others to be made like it."""
    folder = tmp_path_factory.mktemp("migrated")
    with lend(server, folder) as url:
        app = create_app(settings(url, folder))
        with app.app_context():
            flask_migrate.upgrade()
            db.engine.dispose()
        yield url


@pytest.fixture
def opened(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Open]:
    """Portals on empty databases of their own, each with its own folder, as many as asked for."""
    loans, apps = [], []

    def open_another(kind: str, like: str | None = None) -> Flask:
        folder = tmp_path / str(len(apps))
        folder.mkdir()
        server = request.getfixturevalue("postgres_server") if kind == "postgresql" else None
        loan = lend(server, folder, like)
        apps.append(create_app(settings(loan.__enter__(), folder)))
        loans.append(loan)
        return apps[-1]

    yield open_another
    for app, loan in zip(apps, loans, strict=True):
        with app.app_context():
            db.engine.dispose()
        loan.__exit__(None, None, None)


@pytest.fixture
def lived_in(opened: Open, database: str, migrated: str) -> Flask:
    """A portal with something of every kind: people, words, trails, letters, a file."""
    app = opened(database, migrated)
    with app.app_context():
        with Session(db.engine) as session, factories.filling(session):
            fill(session)
            session.commit()
        files.store().put("organisation/picture", PICTURE)
    return app


def fill(session: Session) -> None:
    factories.set_up()
    person = factories.Person(name="Åse Ødegård “Ås” 🌊")
    organisation = factories.Organisation()
    factories.Affiliation(person=person, organisation=organisation)
    factories.StoredFile(key="organisation/picture", uploaded_by_id=person.id)
    factories.Application()
    factories.Milestone()
    for number in range(3):
        session.add(
            AuditEvent(
                at=factories.base.days(-number),
                action="person.signed-up",
                actor_name=person.name,
                subject_type="person",
                subject_id=person.id,
                details={"number": number, "words": ["ett", None]},
            )
        )
    session.add(
        OutgoingMail(
            message_id="<1@cluster.example>",
            recipient=person.email,
            subject="Hello",
            text="a\nb\u2028c",
            html="<p>a</p>",
            language="nb",
            state=MailState.SENT,
        )
    )


def run(app: Flask, *words: object) -> str:
    done = app.test_cli_runner().invoke(args=[str(word) for word in words])
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def refuse(app: Flask, *words: object) -> str:
    done = app.test_cli_runner().invoke(args=[str(word) for word in words])
    assert done.exit_code == 1, (done.output, done.exception)
    return done.output


def everything(app: Flask) -> dict[str, list[object]]:
    with app.app_context(), db.engine.connect() as connection:
        held = {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in Base.metadata.tables.items()
        }
    with app.app_context():
        db.engine.dispose()
    return held


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_everything_comes_back_on_either_database(lived_in, opened, tmp_path, target):
    file = tmp_path / "backup.tar.gz"
    assert "1 files to" in run(lived_in, "backup", file)
    other = opened(target)
    run(other, "restore", file)
    before = everything(lived_in)
    assert len(before["audit_event"]) == 3
    assert len(before["application"]) == 1
    assert everything(other) == before
    with other.app_context():
        assert bytes(files.store().get("organisation/picture").bytes()) == PICTURE
        db.engine.dispose()


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_what_was_restored_goes_on_like_what_was_saved(lived_in, opened, tmp_path, target):
    file = tmp_path / "backup.tar.gz"
    run(lived_in, "backup", file)
    other = opened(target)
    run(other, "restore", file)
    with other.app_context():
        went_on = Session(db.engine)
        highest = went_on.scalar(select(func.max(AuditEvent.seq)))
        person = went_on.scalar(select(Person).limit(1))
        went_on.add(
            AuditEvent(
                at=person.created_at, action="x", actor_name="", subject_type="person",
                subject_id=person.id, details={},
            )
        )  # fmt: skip
        went_on.commit()
        assert went_on.scalar(select(func.max(AuditEvent.seq))) == highest + 1
        with pytest.raises(DBAPIError, match="append-only"):
            went_on.execute(text("UPDATE audit_event SET actor_name = 'somebody else'"))
        went_on.rollback()
        with factories.filling(went_on), pytest.raises(IntegrityError):
            factories.StoredFile(uploaded_by_id=UUID(int=1))
        went_on.rollback()
        went_on.close()
        db.engine.dispose()


def test_a_database_that_holds_something_is_not_touched(lived_in, tmp_path):
    file = tmp_path / "backup.tar.gz"
    run(lived_in, "backup", file)
    before = everything(lived_in)
    said = refuse(lived_in, "restore", file)
    assert "The database is not empty (" in said
    assert "add --replace to delete what it holds" in said
    assert everything(lived_in) == before


def test_replacing_brings_back_what_was_changed_since(lived_in, tmp_path):
    file = tmp_path / "backup.tar.gz"
    run(lived_in, "backup", file)
    before = everything(lived_in)
    with lived_in.app_context():
        with Session(db.engine.execution_options(writing=True)) as session:
            session.scalars(select(Cluster)).one().name = "Another name"
            with factories.filling(session):
                factories.Organisation()
            session.commit()
        files.store().put("organisation/later", b"later")
    run(lived_in, "restore", file, "--replace")
    assert everything(lived_in) == before
    with lived_in.app_context():
        assert list(files.every_key()) == ["organisation/picture"]
        db.engine.dispose()


@pytest.mark.parametrize("harm", ["cut", "changed", "other"])
def test_a_damaged_archive_changes_nothing(lived_in, opened, database, tmp_path, harm):
    file = tmp_path / "backup.tar.gz"
    run(lived_in, "backup", file)
    damage(file, harm)
    other = opened(database)
    said = refuse(other, "restore", file)
    assert said.startswith("Error: ")
    assert len(said.splitlines()) == 1
    with other.app_context():
        assert list(files.every_key()) == []
        assert db.inspect(db.engine).get_table_names() == []
        db.engine.dispose()


def damage(file: Path, harm: str) -> None:
    if harm == "cut":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif harm == "other":
        file.write_text("a letter to grandmother")
    else:
        with tarfile.open(file) as tar:
            held = {member.name: tar.extractfile(member).read() for member in tar}
        held["rows/person.jsonl"] = held["rows/person.jsonl"].replace(b"Test", b"Best")
        held["rows/cluster.jsonl"] = held["rows/cluster.jsonl"].replace(b"Bergen", b"Molde!")
        with tarfile.open(file, "w:gz") as tar:
            for name, content in held.items():
                member = tarfile.TarInfo(name)
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))


def test_a_backup_of_another_version_is_refused(lived_in, opened, database, tmp_path):
    with lived_in.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000_long_ago'"))
    file = tmp_path / "backup.tar.gz"
    run(lived_in, "backup", file)
    said = refuse(opened(database), "restore", file)
    assert "The backup was made at migration 0000_long_ago and this portal is at " in said


def test_an_archive_is_for_its_owner_and_never_written_over(lived_in, tmp_path):
    file = tmp_path / "backup.tar.gz"
    run(lived_in, "backup", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    held = file.read_bytes()
    assert "exists already: name a new file" in refuse(lived_in, "backup", file)
    assert file.read_bytes() == held
    assert [path.name for path in tmp_path.glob("backup*")] == ["backup.tar.gz"]

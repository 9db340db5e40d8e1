"""Migrations: they make what the models say, on both databases, and lose nothing on the way."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from flask import Flask

from portal import create_app
from portal.extensions import db
from portal.models import Base
from tests import factories
from tests.support.databases import lend, settings

ROOT = Path(__file__).parents[2]
MIGRATIONS = ROOT / "migrations"
NAMED = re.compile(r"(\d{4})_[a-z]+(_[a-z]+)*\.py\Z")

TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid)
                     FROM pg_trigger WHERE NOT tgisinternal""",
}
INDEXES = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL",
    "postgresql": """SELECT indexname, tablename, indexdef FROM pg_indexes
                     WHERE schemaname = 'public' AND tablename <> 'alembic_version'""",
}
CHECKS = {
    "sqlite": "SELECT name, name, sql FROM sqlite_master WHERE type = 'table'",
    "postgresql": """SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid)
                     FROM pg_constraint WHERE conrelid <> 'alembic_version'::regclass""",
}


@pytest.fixture
def fresh(server: str | None, tmp_path: Path) -> Iterator[Flask]:
    """A portal on a database without a single table."""
    with lend(server, tmp_path) as url:
        yield from opened(url, tmp_path)


@pytest.fixture
def from_models(server: str | None, tmp_path: Path) -> Iterator[Flask]:
    """A portal whose tables were made from the models."""
    with lend(server, tmp_path) as url:
        for app in opened(url, tmp_path):
            with app.app_context():
                flask_migrate.stamp()  # so that both have the table that names the revision
                Base.metadata.create_all(db.engine)
                db.engine.dispose()
            yield app


def opened(url: str, folder: Path) -> Iterator[Flask]:
    app = create_app(settings(url, folder))
    yield app
    with app.app_context():
        db.engine.dispose()


def upgrade(app: Flask, folder: Path = MIGRATIONS) -> None:
    with app.app_context():
        flask_migrate.upgrade(directory=str(folder))
        db.engine.dispose()


def downgrade(app: Flask, to: str) -> None:
    with app.app_context():
        flask_migrate.downgrade(revision=to)
        db.engine.dispose()


def read(app: Flask, questions: dict[str, str]) -> set[tuple[str, str, str]]:
    with app.app_context(), db.engine.connect() as connection:
        rows = connection.execute(sa.text(questions[connection.dialect.name])).all()
    db_free = {(name, table, " ".join(text.replace('"', "").split())) for name, table, text in rows}
    return {row for row in db_free if "alembic_version" not in row[1]}


def columns(app: Flask) -> dict[str, list[tuple[str, str, bool]]]:
    with app.app_context():
        inspector = sa.inspect(db.engine)
        return {
            table: sorted(
                (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)
            )
            for table in inspector.get_table_names()
        }


def parts_of_tables(app: Flask) -> dict[str, set[str]]:
    """Return the lines of every CREATE TABLE, since SQLite keeps its checks nowhere else."""
    tables = {}
    for name, _, text in read(app, CHECKS):
        body = text.partition("(")[2]
        tables[name] = {part.strip(" ()") for part in re.split(r",\s*(?![^()]*\))", body)}
    return tables


def test_numbers_are_words_in_one_line_with_one_head():
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    assert [name for name in names if not NAMED.match(name)] == []
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert [s.revision for s in reversed(scripts)] == [f"{n:04}" for n in range(1, len(names) + 1)]


def test_what_is_migrated_is_what_the_models_say(fresh, from_models):
    upgrade(fresh)
    assert columns(fresh) == columns(from_models)
    assert read(fresh, TRIGGERS) == read(from_models, TRIGGERS)
    assert read(fresh, INDEXES) == read(from_models, INDEXES)
    assert len(read(fresh, TRIGGERS)) >= 5
    with fresh.app_context(), db.engine.connect() as connection:
        on_postgresql = connection.dialect.name == "postgresql"
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    if on_postgresql:
        assert read(fresh, CHECKS) == read(from_models, CHECKS)
    else:
        assert parts_of_tables(fresh) == parts_of_tables(from_models)


def test_down_and_up_again_leaves_nothing_and_makes_everything(fresh):
    upgrade(fresh)
    first = columns(fresh), read(fresh, INDEXES), read(fresh, TRIGGERS)
    downgrade(fresh, "base")
    assert set(columns(fresh)) == {"alembic_version"}
    assert read(fresh, TRIGGERS) == set()
    upgrade(fresh)
    assert (columns(fresh), read(fresh, INDEXES), read(fresh, TRIGGERS)) == first


def fill(app: Flask) -> None:
    """Put a row in tables that hang on one another."""
    with app.app_context():
        with sa.orm.Session(db.engine) as session, factories.filling(session):
            factories.set_up()
            offer = factories.Offer()
            factories.ApplicationRevision(
                application_id=offer.application.id,
                form_version_id=factories.FormVersion(call=offer.application.call).id,
                submitted_by_id=factories.Person().id,
            )
            factories.Milestone()
            session.commit()
        db.engine.dispose()


def counted(app: Flask) -> dict[str, int]:
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def rebuild(operations: Operations) -> None:
    """Change tables as makes SQLite build them anew: two parents, and one with triggers."""
    anew = "always" if operations.get_bind().dialect.name == "sqlite" else "never"
    for table in ("application", "application_revision", "cohort"):
        with operations.batch_alter_table(table, recreate=anew) as batch:
            batch.add_column(sa.Column("added", sa.String()))


def careless(operations: Operations) -> None:
    """Drop a parent's row while nobody looks."""
    operations.execute("DELETE FROM cohort")


@pytest.fixture
def next_migration(tmp_path: Path) -> Callable[[str], Path]:
    """Write one more migration that does what it is told, in a folder of its own."""

    def write(does: str) -> Path:
        folder = tmp_path / "migrations"
        (folder / "versions").mkdir(parents=True, exist_ok=True)
        for path in (*MIGRATIONS.glob("*.*"), *(MIGRATIONS / "versions").glob("*.py")):
            (folder / path.relative_to(MIGRATIONS)).write_text(path.read_text())
        head = max(path.name[:4] for path in (MIGRATIONS / "versions").glob("*.py"))
        (folder / "versions" / "9999_next.py").write_text(
            f"from alembic import op\nfrom {__name__} import {does}\n"
            f"revision, down_revision = '9999', '{head}'\n"
            f"def upgrade(): {does}(op)\ndef downgrade(): pass\n"
        )
        return folder

    return write


def test_a_table_built_anew_keeps_its_rows_its_children_and_its_triggers(fresh, next_migration):
    upgrade(fresh)
    fill(fresh)
    rows, triggers = counted(fresh), read(fresh, TRIGGERS)
    assert rows["application_revision"] == rows["offer"] == 1
    upgrade(fresh, next_migration("rebuild"))
    assert counted(fresh) == rows
    assert read(fresh, TRIGGERS) == triggers
    assert "added" in {name for name, *_ in columns(fresh)["application"]}


def test_a_migration_that_leaves_rows_without_parents_is_not_kept(fresh, next_migration):
    upgrade(fresh)
    fill(fresh)
    rows = counted(fresh)
    with pytest.raises(Exception, match="without parents|foreign key"):
        upgrade(fresh, next_migration("careless"))
    assert counted(fresh) == rows


def test_foreign_keys_are_on_again_after_a_migration(fresh):
    upgrade(fresh)
    with fresh.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.execute(sa.text("SELECT 1")).scalar() == 1

"""The stage every test plays on.

Whatever touches a database runs on SQLite and on a real PostgreSQL, and starts on an empty one
with a cluster in it. `--db sqlite` or `--db postgresql` runs on that one alone.
"""

import gc
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.cli.catalogues import compile_all
from portal.core import clock
from portal.extensions import db
from portal.platform import throttle
from tests import factories
from tests.support import postgres
from tests.support.browser import Browser
from tests.support.databases import Stage, lend

pytest_plugins = ["tests.support.parts"]

KINDS = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=KINDS, help="run on this kind of database alone")


def pytest_collection_finish() -> None:
    """Leave what stays to the end alone: looking for rubbish in it again and again takes long."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("db")
        kinds = [chosen] if chosen else list(KINDS)
        metafunc.parametrize("database", kinds, ids=kinds, scope="session")


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    compile_all()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def server(database: str, request: pytest.FixtureRequest) -> str | None:
    """The PostgreSQL server of this worker, or nothing for SQLite."""
    return request.getfixturevalue("postgres_server") if database == "postgresql" else None


@pytest.fixture(scope="session")
def stage(server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("stage")
    with lend(server, folder) as url:
        stage = Stage(url, folder)
        yield stage
        stage.close()


@pytest.fixture
def app(stage: Stage) -> Iterator[Flask]:
    yield stage.app
    stage.clear()


@pytest.fixture
def empty(app: Flask) -> Flask:
    """A portal that nobody has set up: ask for it instead of `session`, `make` or `browser`."""
    return app


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """What a test writes and reads beside the portal; a cluster and its first pages are there."""
    with app.app_context():
        engine = db.engine
    with Session(engine.execution_options(writing=False)) as session:
        with factories.filling(session):
            factories.set_up()
        session.commit()
        yield session
        session.rollback()


@pytest.fixture
def make(session: Session) -> Iterator[object]:
    """Factories, usable only where there is a session to put things in."""
    with factories.filling(session):
        yield factories


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    return Browser(app, session)


@pytest.fixture
def another_browser(app: Flask, session: Session) -> Browser:
    """A second one, for stories of two people."""
    return Browser(app, session)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Say what time it is from now on: `at(datetime(2026, 12, 1, 12, tzinfo=UTC))`."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return set_clock


@pytest.fixture
def data() -> Path:
    """Files that tests upload."""
    return Path(__file__).parent / "data"


@pytest.fixture
def unthrottled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be tried as often as a test likes."""
    monkeypatch.setattr(throttle, "hit", lambda *_: None)

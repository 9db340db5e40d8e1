"""What `flask prepare` does to a database, and what it never does."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import create_app
from portal import demo as cluster
from portal.cli import prepare
from portal.extensions import db
from portal.models import Cluster, OneTimeToken, Person
from portal.platform import tokens
from portal.platform.database import unit
from tests import factories
from tests.support.databases import settings

Open = Callable[..., Flask]


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords with which a demo was loaded; loading it takes a moment here, not seconds."""
    passwords: list[str] = []

    def load(*, password: str, **_rest: object) -> None:
        with unit(), factories.filling(db.session):
            factories.Cluster(demo=True)
        passwords.append(password)

    monkeypatch.setattr(cluster, "load", load)
    return passwords


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    apps: list[Flask] = []

    def open_portal(**more: object) -> Flask:
        url = f"sqlite:///{tmp_path / 'portal.db'}"
        given = settings(
            url, tmp_path, **{"demo": True, "port": 0, "demo_password": "p" * 12} | more
        )
        apps.append(create_app(given))
        return apps[-1]

    yield open_portal
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def run(app: Flask, *words: str) -> str:
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 0, (done.output, done.exception)
    with app.app_context():
        db.engine.dispose()
    return done.stdout


def refuse(app: Flask, *words: str) -> str:
    done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 1, (done.output, done.exception)
    return done.output


def test_a_new_database_gets_the_demo_once(opened, loaded):
    first = json.loads(run(opened(), "prepare"))
    assert loaded == ["p" * 12]
    assert "It is a demo. Sign in with the password pppppppppppp as" in first["text"]
    for who in (
        "founder", "representative", "coordinator",
        "programmes", "membership", "events", "editor", "admin",
    ):  # fmt: skip
        assert f"{who}@demo.example" in first["text"]
    assert json.loads(run(opened(), "prepare"))["text"] == first["text"]
    assert loaded == ["p" * 12]


def test_without_the_demo_the_terminal_shows_a_code_that_opens_the_portal(opened, loaded):
    told = json.loads(run(opened(demo=False), "prepare"))["text"].splitlines()
    code = next(line for line in told if "This code opens it" in line).split()[-1]
    with opened(demo=False).app_context():
        kept = db.session.scalars(select(OneTimeToken.token_hash)).all()
        assert kept == [tokens.digest(code)]
    assert loaded == []


def test_a_new_code_takes_the_place_of_the_old_one(opened):
    app = opened(demo=False)
    run(app, "prepare")
    code = run(app, "setup-code").strip()
    with app.app_context():
        assert db.session.scalars(select(OneTimeToken.token_hash)).all() == [tokens.digest(code)]


def test_a_portal_that_is_set_up_gives_no_code(opened):
    app = opened()
    run(app, "prepare")
    assert "is set up already" in refuse(app, "setup-code")


def test_a_database_that_was_empty_once_never_gets_the_demo_later(opened, loaded):
    run(opened(demo=False), "prepare")
    run(opened(), "prepare")
    assert loaded == []


def test_a_demo_that_was_broken_off_starts_again(opened, loaded, monkeypatch, tmp_path):
    def break_off(**_rest: object) -> None:
        with unit(), factories.filling(db.session):
            factories.Person()
        raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr(cluster, "load", break_off)
        assert opened().test_cli_runner().invoke(args=["prepare"]).exit_code == 1
    assert (tmp_path / "demo-unfinished").exists()
    run(opened(), "prepare")
    assert loaded == ["p" * 12]
    assert not (tmp_path / "demo-unfinished").exists()
    with opened().app_context():
        assert db.session.scalars(select(Person.id)).all() == []


def test_another_database_is_never_taken_for_a_broken_demo(opened, loaded, tmp_path):
    (tmp_path / "demo-unfinished").touch()
    (tmp_path / "portal.db").write_bytes(b"")
    run(opened(database_url=f"sqlite:///{tmp_path / 'other.db'}"), "prepare")
    assert loaded == []
    assert (tmp_path / "portal.db").exists()
    with opened(database_url=f"sqlite:///{tmp_path / 'other.db'}").app_context():
        assert db.session.scalar(select(Cluster.id)) is None


def test_the_demo_is_not_loaded_over_anything(opened, loaded):
    app = opened(demo=False)
    run(app, "prepare")
    with app.app_context(), Session(db.engine.execution_options(writing=True)) as session:
        with factories.filling(session):
            factories.Person()
        session.commit()
    assert "holds something already" in refuse(opened(), "demo", "load")
    assert "only into the portal's own database" in refuse(opened(demo=False), "demo", "load")
    assert loaded == []


def test_only_a_demo_has_its_dates_moved(opened, monkeypatch):
    moved = []
    monkeypatch.setattr(cluster, "refresh", lambda *, now: moved.append(now))
    run(opened(), "prepare")
    run(opened(), "demo", "refresh")
    with opened().app_context(), unit():
        db.session.scalars(select(Cluster)).one().demo = False
    assert "This is no demo" in refuse(opened(), "demo", "refresh")
    assert len(moved) == 1


def test_the_sign_ins_are_not_shown_where_others_could_come_in(opened):
    run(opened(), "prepare")
    public = opened(base_url="https://portal.example.org", secret_key="k" * 40)
    assert "demo.example" not in json.loads(run(public, "prepare"))["text"]


def test_a_database_that_does_not_answer_is_told_in_one_sentence(opened, tmp_path):
    folder = tmp_path / "missing"
    app = opened(database_url=f"sqlite:///{folder / 'portal.db'}")
    with app.app_context(), pytest.raises(prepare.SettingError) as wrong:
        prepare.fill(app.config["SETTINGS"])
    assert str(wrong.value) == (
        f"The database sqlite:///{folder}/portal.db does not open (unable to open database file):"
        " check DATABASE_URL and that the database runs."
    )

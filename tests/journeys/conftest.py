"""A real Chromium before a real server: as wide as a phone and a desk, in both languages."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from portal.core import clock
from portal.platform import passwords
from tests.journeys.visitor import PASSWORD, Visitor, Walk
from tests.support import chromium
from tests.support.parts import DATABASES, chosen
from tests.support.ports import free_port

#: Wide and light in English, narrow and dark in Norwegian.
WALKS = [
    Walk(language="en", width=1280, theme="light"),
    Walk(language="nb", width=320, theme="dark"),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "walk" in metafunc.fixturenames:
        metafunc.parametrize("walk", WALKS, ids=str)


#: Each way is walked on one kind of database: what differs between walks is no database.
ONCE = (("nb-320-dark", "postgresql"), ("en-1280-light", "sqlite"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Walk every journey on both databases, in both languages, at both widths, but not thrice."""
    if config.getoption("db") or {*DATABASES} & {*chosen()}:
        return  # whoever asks for one database walks every way on it
    again = [item for item in items if any(w in item.name and d in item.name for w, d in ONCE)]
    items[:] = [item for item in items if item not in again]
    config.hook.pytest_deselected(items=again)


class Quiet(WSGIRequestHandler):
    """Answers without telling the terminal."""

    def log_request(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    place = chromium.find()
    if place is None:
        pytest.fail(chromium.ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(place), args=chromium.arguments())
        yield browser
        browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The portal, served to browsers on a port of its own."""
    port = free_port()
    before = app.config["BASE_URL"]
    app.config["BASE_URL"] = f"http://127.0.0.1:{port}"
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield app.config["BASE_URL"]
    server.shutdown()
    serving.join()
    server.server_close()
    app.config["BASE_URL"] = before


@pytest.fixture
def visitors(chrome: Browser, address: str, walk: Walk, app: Flask) -> Iterator[object]:
    """Make people with browsers of their own: `visitors()`, or `visitors(script=False)`."""
    made: list[Visitor] = []

    def make(*, script: bool = True) -> Visitor:
        made.append(Visitor(chrome, address, walk=walk, app=app, script=script))
        return made[-1]

    yield make
    for visitor in made:
        visitor.leave()


@pytest.fixture
def visitor(visitors) -> Visitor:
    return visitors()


@pytest.fixture
def known(app: Flask, walk: Walk) -> dict[str, str]:
    """What somebody is made with who signs in on this walk: `make.staff("programmes", **known)`."""
    with app.app_context():
        return {"password_hash": passwords.hashed(PASSWORD), "language": walk.language}


@pytest.fixture
def pass_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Let the clock run on from later: `pass_time(timedelta(days=8))`."""
    running, passed = clock.now, [timedelta(0)]

    def set_forward(time: timedelta) -> None:
        passed.append(time)
        monkeypatch.setattr(clock, "now", lambda: running() + sum(passed, timedelta(0)))

    return set_forward


@pytest.fixture
def settled(session: Session) -> Session:
    """A session whose writes are on record before anybody visits."""
    session.commit()
    return session

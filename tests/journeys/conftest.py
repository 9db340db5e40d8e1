"""A real Chromium before a real server: as wide as a phone and a desk, in both languages."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from tests.journeys.visitor import Visitor, Walk
from tests.support import chromium
from tests.support.ports import free_port

#: Narrow in Norwegian, wide in English, and each the other way round once.
WALKS = [
    Walk(language="en", width=1280, theme="light"),
    Walk(language="nb", width=320, theme="dark"),
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "walk" in metafunc.fixturenames:
        metafunc.parametrize("walk", WALKS, ids=str)


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
    server = make_server("127.0.0.1", port, app, threaded=True)
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
def settled(session: Session) -> Session:
    """A session whose writes are on record before anybody visits."""
    session.commit()
    return session

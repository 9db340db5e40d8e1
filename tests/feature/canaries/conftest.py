"""One portal full of secrets for all tests of a worker, and a browser for each kind of visitor."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from tests.feature.canaries.world import build
from tests.support.browser import Browser
from tests.support.databases import Stage, lend


@pytest.fixture(scope="session")
def kept(server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A portal on a database of its own, and everybody's key by kind."""
    folder = tmp_path_factory.mktemp("canaries")
    with lend(server, folder) as url:
        stage = Stage(url, folder)
        yield stage.app, build(stage.app)
        stage.close()


@pytest.fixture
def portal(kept: Any) -> Flask:
    """The portal that keeps the secrets."""
    return kept[0]


@pytest.fixture
def browse(kept: Any) -> Callable[[str], Any]:
    """Return the browser of a kind of visitor."""

    def sign_in(kind: str) -> Any:
        app, everybody = kept
        browser = Browser(app)
        if kind != "stranger":
            browser.sign_in(SimpleNamespace(id=everybody[kind]))
        return browser.client

    return sign_in


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let who may read much look everywhere on SQLite alone, who may read little on both."""
    who = ("applicant", "colleague", "gold", "programmes", "membership", "events", "editor", "boss")
    names = tuple(f"postgresql-{kind}]" for kind in who)
    again = [item for item in items if "everybody_comes_upon" in item.name]
    again = [item for item in again if item.name.endswith(names)]
    if again:
        items[:] = [item for item in items if item not in again]
        config.hook.pytest_deselected(items=again)

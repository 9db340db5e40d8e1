"""The invented cluster, loaded once for all tests of a worker that look at it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.extensions import db
from tests.support.invented import Invented, load


@pytest.fixture(scope="session")
def invented(server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Invented]:
    """A portal with the demo in it, which the tests that only read share."""
    with load(server, tmp_path_factory.mktemp("invented")) as invented:
        yield invented


@pytest.fixture
def shown(invented: Invented) -> Iterator[Flask]:
    with invented.stage.app.app_context():
        yield invented.stage.app
        db.session.rollback()

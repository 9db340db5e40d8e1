"""One world for all tests of a worker that visit every page of it."""

from collections.abc import Iterator

import pytest

from tests.architecture.theatre import Theatre
from tests.support.databases import Stage, lend


@pytest.fixture(scope="session")
def theatre(server: str | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """A portal with one of everything, on a database of its own."""
    folder = tmp_path_factory.mktemp("theatre")
    with lend(server, folder) as url:
        stage = Stage(url, folder)
        yield Theatre(stage)
        stage.close()

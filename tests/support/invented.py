"""The invented cluster on one day: loaded once, looked at by many tests, and lent as a copy."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from portal import demo
from portal.extensions import db
from tests.support.databases import Stage, lend

#: A Monday in winter, at two in the afternoon in Bergen.
NOW = datetime(2026, 11, 23, 13, tzinfo=UTC)
PASSWORD = "winter-ferry-42"


@dataclass(frozen=True, kw_only=True)
class Invented:
    """A portal with the demo in it, and how many seconds of the processor it took to load."""

    stage: Stage
    url: str
    folder: Path
    seconds: float

    @contextmanager
    def copied(self, server: str | None, folder: Path) -> Iterator[Stage]:
        """Lend a copy, with its files, to whoever changes it."""
        self.stage.close()
        own = folder / "invented"
        shutil.copytree(self.folder, own, ignore=shutil.ignore_patterns("*.db*", "*.empty"))
        with lend(server, own, like=self.url) as url:
            stage = Stage(url, own)
            yield stage
            stage.close()


@contextmanager
def load(server: str | None, folder: Path) -> Iterator[Invented]:
    """Lend a portal with the demo in it."""
    with lend(server, folder) as url:
        stage = Stage(url, folder)
        with stage.app.app_context():
            began = time.process_time()
            demo.load(password=PASSWORD, now=NOW)
            seconds = time.process_time() - began
            db.session.remove()
        yield Invented(stage=stage, url=url, folder=folder, seconds=seconds)
        stage.close()

"""Leaving parts of the suite out, by name only, and saying so at the end.

`make test WITHOUT=journeys,postgresql`. A part is a folder of `tests` or one of the databases.
"""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent
DATABASES = ("sqlite", "postgresql")
LEFT_OUT = pytest.StashKey[int]()


def chosen() -> list[str]:
    """Return the names of the parts that are left out. Raises UsageError for a name of none."""
    names = [name.strip() for name in os.environ.get("WITHOUT", "").split(",") if name.strip()]
    folders = (path.name for path in FOLDER.iterdir() if path.is_dir())
    known = [
        *sorted(name for name in folders if name not in ("support", "__pycache__")),
        *DATABASES,
    ]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise pytest.UsageError(
            f"WITHOUT names “{unknown[0]}”, which is no part: {', '.join(known)} are."
        )
    return names


def is_left_out(item: pytest.Item, names: list[str]) -> bool:
    """Tell whether a test belongs to one of these parts."""
    place = item.path.relative_to(FOLDER).parts[0]
    database = getattr(item, "callspec", None) and item.callspec.params.get("database")
    kind = str(database or "").split(":")[0].split("+")[0]
    return place in names or kind in names


def pytest_configure() -> None:
    """Refuse a wrong name before anything runs."""
    chosen()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what was named."""
    names = chosen()
    left_out = [item for item in items if is_left_out(item, names)]
    if left_out:
        items[:] = [item for item in items if item not in set(left_out)]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what a green run has not shown."""
    names = chosen()
    if names:
        terminalreporter.write_sep("=", f"LEFT OUT BY NAME: {', '.join(names)}", yellow=True)

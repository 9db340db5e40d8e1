"""What statements were compiled to, kept beside those that are put together once.

SQLAlchemy finds it by a hash of all the parts of a statement, which it works out at each execution:
of all the statements of a page that is a tenth of the page.
"""

from functools import lru_cache
from typing import Any
from weakref import WeakSet

from sqlalchemy import Executable
from sqlalchemy.engine.interfaces import Compiled
from sqlalchemy.util import LRUCache

#: What statements of the same parts were compiled to, the latest of them, as SQLAlchemy keeps it.
COMPILED: Any = LRUCache(500)
#: Statements that were executed before. One that is put together for each page never comes again.
KNOWN: WeakSet[Executable] = WeakSet()


class Beside(dict[Any, Compiled]):
    """What one statement was compiled to: for each dialect, and each set of names of its gaps."""

    def get(self, key: Any, default: Any = None) -> Any:
        """Find it without looking at the parts of the statement, but for the first time."""
        found: Any = super().get(without_parts(key))
        if found is None:
            found = COMPILED.get(key, default)
            if found is not None:
                super().__setitem__(without_parts(key), found)
        return found

    def __setitem__(self, key: Any, compiled: Compiled) -> None:
        super().__setitem__(without_parts(key), compiled)
        COMPILED[key] = compiled


def without_parts(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return all of SQLAlchemy's key but its second part: what the statement is made of."""
    return key[:1] + key[2:]


def options(statement: Executable) -> dict[str, Any]:
    """Return how to execute a statement: from the second time on as one that comes again."""
    if statement in KNOWN:
        return beside(statement)
    KNOWN.add(statement)
    return {}


@lru_cache(maxsize=1024)
def beside(_statement: Executable) -> dict[str, Any]:
    """Return where this very statement finds what it was compiled to."""
    return {"compiled_cache": Beside()}

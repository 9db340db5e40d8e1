"""What a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

#: The frame of a transaction, which no budget counts.
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SET", "PRAGMA", "SAVEPOINT", "RELEASE")


class Asked(str):
    """A statement that was sent; `given` went along with it."""

    given: Any


@contextmanager
def heard() -> Iterator[list[Asked]]:
    """Listen to every statement that is sent, to whichever database."""
    statements: list[Asked] = []

    def note(_connection, _cursor, statement: str, given: Any, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(FRAME):
            statements.append(Asked(statement))
            statements[-1].given = given

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)

"""What a page asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

#: The frame of a transaction, which no budget counts.
FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SET", "PRAGMA", "SAVEPOINT", "RELEASE")


@contextmanager
def heard() -> Iterator[list[str]]:
    """Listen to every statement that is sent, to whichever database."""
    statements: list[str] = []

    def note(_connection, _cursor, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(FRAME):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)

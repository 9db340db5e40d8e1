"""A cursor of PostgreSQL that tells of its columns only when it is asked about them."""

from collections.abc import Sequence
from typing import Any, overload

from psycopg import Column, Cursor, RawCursor


class Columns(Sequence[Column]):
    """The columns of a result, each described when it is looked at.

    SQLAlchemy mostly asks no more than whether there are any, since it knows a statement that it
    has seen before; describing them all was a twentieth of a page.
    """

    def __init__(self, cursor: Cursor[Any], number: int) -> None:
        self.cursor, self.number = cursor, number

    def __len__(self) -> int:
        return self.number

    @overload
    def __getitem__(self, index: int) -> Column: ...
    @overload
    def __getitem__(self, index: slice) -> list[Column]: ...
    def __getitem__(self, index: int | slice) -> Column | list[Column]:
        """Describe a column, or several."""
        chosen = range(self.number)[index]
        if isinstance(chosen, range):
            return [Column(self.cursor, number) for number in chosen]
        return Column(self.cursor, chosen)


class Reticent(RawCursor[Any]):
    """A cursor that describes no column before somebody looks at it.

    SQLAlchemy numbers the gaps of a statement as PostgreSQL does, so that nobody reads a statement
    once more to put numbers for names: psycopg would at each execution of a long one.
    """

    @property
    def description(self) -> Any:
        """The columns of the result, or nothing where there are no rows to come."""
        result = self.pgresult
        if result is not None and result.nfields:
            return Columns(self, result.nfields)
        return super().description

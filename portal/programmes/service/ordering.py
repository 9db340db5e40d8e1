"""Rows that stand in an order people choose."""

from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything that has a place among others."""

    position: int


P = TypeVar("P", bound=Placed)


def shift(rows: list[P], row: P, *, up: bool) -> bool:
    """Move a row one place; number all afresh, so that old gaps and ties are gone.

    Returns False when it stood at the edge already.
    """
    place = rows.index(row)
    goal = place - 1 if up else place + 1
    if not 0 <= goal < len(rows):
        return False
    rows.insert(goal, rows.pop(place))
    number(rows)
    return True


def number(rows: list[P]) -> None:
    """Number rows as they stand, from 1."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position

"""Putting rows without a factory where the factories put theirs."""

from typing import TypeVar

from tests.factories import base

T = TypeVar("T")


def put(row: T) -> T:
    """Put a row into the session that is being filled."""
    assert base.SESSION is not None
    base.SESSION.add(row)
    base.SESSION.flush()
    return row


def flush() -> None:
    """Write down what was changed, so that versions are what they will be."""
    assert base.SESSION is not None
    base.SESSION.flush()

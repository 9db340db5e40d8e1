"""What every factory shares: a session to put things in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import factory
from sqlalchemy.orm import Session

from portal.core import clock

SESSION: Session | None = None


@contextmanager
def filling(session: Session) -> Iterator[None]:
    """Put what is made into this session. Outside of here nothing can be made."""
    global SESSION
    before, SESSION = SESSION, session
    try:
        yield
    finally:
        SESSION = before


def days(number: float) -> datetime:
    """Return the moment so many days from now; before now when negative."""
    return clock.now() + timedelta(days=number)


class Maker(factory.alchemy.SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: SESSION  # noqa: E731 - the option wants a callable
        sqlalchemy_session_persistence = "flush"

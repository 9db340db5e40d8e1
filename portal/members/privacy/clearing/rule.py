"""A rule about what is kept no longer: what is due by it, and how that is cleared.

What was cleared is not due any more, so that a clearing that is cut short goes on where it stopped,
and a second one changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Select, delete, func, or_, select, update

from portal.core.wording import N_
from portal.extensions import db

#: So much is cleared at once; others who write wait no longer than for this.
BATCH = 500
#: So much is counted; a preview says "or more" then.
MOST = 100_000


class Due(Protocol):
    """What selects the keys of the rows that are due."""

    def __call__(self, *, now: datetime) -> Select[*tuple[Any, ...]]:
        """Select them, as they are due at a moment."""


class Clear(Protocol):
    """What clears some rows."""

    def __call__(self, keys: Sequence[Any], /, *, now: datetime) -> None:
        """Clear the rows with these keys."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What is kept no longer than for some time. `nightly` rules run by themselves."""

    key: str
    label: str
    after: str
    because: str
    due: Due
    clear: Clear
    nightly: bool = False


def older(*columns: Any, than: timedelta) -> Callable[[datetime], Any]:
    """Return what is true of rows one of whose moments was longer ago."""
    return lambda now: or_(*(column < now - than for column in columns))


def due(key: Any, *so: Any, when: Callable[[datetime], Any]) -> Due:
    """Return what selects the keys of the rows that are due."""
    return lambda *, now: select(key).where(*so, when(now)).order_by(key)


def remove(key: Any) -> Clear:
    """Return what deletes rows by their keys."""

    def clear(keys: Sequence[Any], *, now: datetime) -> None:
        gone = delete(key.class_).where(key.in_(keys))
        db.session.execute(gone, execution_options={"synchronize_session": False})

    return clear


def empty(key: Any, **values: Any) -> Clear:
    """Return what empties columns of rows by their keys."""

    def clear(keys: Sequence[Any], *, now: datetime) -> None:
        emptied = update(key.class_).where(key.in_(keys)).values(**values)
        db.session.execute(emptied, execution_options={"synchronize_session": False})

    return clear


NOT_NEEDED = N_("Kept no longer than it is needed (GDPR, article 5 no. 1 e).")


def passing(
    key: str, column: Any, *moments: Any, than: timedelta, label: str, after: str, because: str
) -> Rule:
    """Return the rule about rows that are removed some time after they are over, every night."""
    return Rule(
        key=key,
        label=label,
        after=after,
        because=because,
        due=due(column, when=older(*moments, than=than)),
        clear=remove(column),
        nightly=True,
    )


def count(rule: Rule, *, now: datetime) -> int:
    """Count what is due by a rule, at most so much."""
    some = rule.due(now=now).order_by(None).limit(MOST).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def clear_batch(rule: Rule, *, now: datetime) -> int:
    """Clear some of what is due by a rule. Return how much."""
    keys = db.session.scalars(rule.due(now=now).limit(BATCH)).all()
    if keys:
        rule.clear(keys, now=now)
    return len(keys)

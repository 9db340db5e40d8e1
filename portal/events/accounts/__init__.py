"""The accounts of places: every invariant, computed afresh from the rows, for all or one event.

What the counters say is compared with what the delegates say, and both with the history. It must
find nothing; whatever it finds is a fault of the portal.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.core.wording import Sentence
from portal.events.accounts import counting, past, waiting
from portal.events.accounts.words import INVARIANTS, MOST, Check
from portal.platform.database import read

__all__ = ["INVARIANTS", "Finding", "audit"]

CHECKS: tuple[Check, ...] = (*counting.CHECKS, *waiting.CHECKS, *past.CHECKS)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An invariant that does not hold: its number, what is wrong, and of which row."""

    invariant: int
    about: Sentence
    subject_type: str
    subject_id: UUID
    event_id: UUID


def audit(event_id: UUID | None = None, *, now: datetime) -> Sequence[Finding]:
    """Recompute every invariant, for one event or for all. Returns what does not hold."""
    checks = (*CHECKS, waiting.forgotten(now=now))
    return [finding for check in checks for finding in found(check, event_id)]


def found(check: Check, event_id: UUID | None) -> Iterable[Finding]:
    """Return the rows for which one invariant does not hold, at most so many."""
    statement = check.statement
    if event_id is not None:
        statement = statement.where(check.event == event_id)
    rows: Sequence[Any] = read(statement.limit(MOST)).all()
    for subject_id, of_event in rows:
        yield Finding(
            invariant=check.invariant,
            about=Sentence(check.about),
            subject_type=check.subject_type,
            subject_id=subject_id,
            event_id=of_event,
        )

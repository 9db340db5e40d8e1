"""What must be true of a list before it is written."""

from datetime import datetime

from portal.core.wording import N_, Sentence
from portal.models import ImportVerdict, MemberImport

NOTHING = Sentence(N_("There is nothing to write: every row is unchanged or cannot be imported."))


def to_write(row: MemberImport) -> int:
    """Return how many rows would be written."""
    return sum(
        row.tallies.get(each.value, 0) for each in (ImportVerdict.NEW, ImportVerdict.CHANGED)
    )


def writes_nothing(row: MemberImport, *, now: datetime) -> Sentence | None:
    """Say that confirming a list would do nothing."""
    return None if to_write(row) else NOTHING

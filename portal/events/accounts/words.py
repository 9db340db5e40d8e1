"""What a check is, and what each invariant says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from portal.core.wording import N_

#: How many rows one check names; there should be none.
MOST = 100

#: The invariants in words, as the page of the accounts shows them.
INVARIANTS: Mapping[int, str] = {
    1: N_("No quota holds fewer than none or more than its size."),
    2: N_("Each quota holds exactly as many places as delegates hold."),
    3: N_("Only those who are offered or confirmed a place hold one."),
    4: N_("Nobody is registered twice for one event."),
    5: N_("No organisation has more than it may."),
    6: N_("No place is free while somebody waits for it."),
    7: N_("Places were offered in the order in which people began to wait."),
    8: N_("Each place was let go once for each departure."),
    9: N_("Every step has its line in the history, and each could follow the one before."),
    10: N_("Sending a registration again changed nothing."),
    11: N_("No offer was accepted after its end."),
    12: N_("Nobody is registered for a cancelled event."),
}


@dataclass(frozen=True, kw_only=True)
class Check:
    """A statement that finds the rows for which an invariant does not hold, with their event."""

    invariant: int
    about: str
    subject_type: str
    statement: Select[UUID, UUID]
    event: Any

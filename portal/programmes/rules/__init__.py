"""What the terms of calls, offers and cohorts say. Each rule returns the reason it refuses."""

from portal.programmes.rules.calls import (
    checklist_open,
    not_open,
    not_over,
    not_ready,
    phase,
    still_undecided,
    too_late,
)
from portal.programmes.rules.cohorts import (
    MISSED_AFTER,
    UNSETTLED,
    is_missed,
    not_overdue,
    unsettled,
    without_evidence,
)
from portal.programmes.rules.offers import expired, not_expired

__all__ = [
    "MISSED_AFTER",
    "UNSETTLED",
    "checklist_open",
    "expired",
    "is_missed",
    "not_expired",
    "not_open",
    "not_over",
    "not_overdue",
    "not_ready",
    "phase",
    "still_undecided",
    "too_late",
    "unsettled",
    "without_evidence",
]

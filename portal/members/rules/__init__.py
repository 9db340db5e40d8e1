"""What must be true of passwords, numbers, invitations and memberships, and why if it is not."""

from portal.members.rules.absence import is_dormant
from portal.members.rules.membership import (
    COUNTS,
    RENEWAL_NOTICE,
    comes_back,
    comes_back_too_late,
    is_suspended,
    months_after,
    next_span,
    resignation_takes_effect,
    status,
    wrong_period,
    wrong_suspension,
)
from portal.members.rules.organisations import (
    invitation_is_over,
    own_path,
    slug_of,
    tidy_number,
    wrong_number,
)
from portal.members.rules.passwords import LONGEST, SHORTEST, weakness
from portal.members.rules.reading import browser_name, day_before, host_of
from portal.models import GRACE

__all__ = [
    "COUNTS",
    "GRACE",
    "LONGEST",
    "RENEWAL_NOTICE",
    "SHORTEST",
    "browser_name",
    "comes_back",
    "comes_back_too_late",
    "day_before",
    "host_of",
    "invitation_is_over",
    "is_dormant",
    "is_suspended",
    "months_after",
    "next_span",
    "own_path",
    "resignation_takes_effect",
    "slug_of",
    "status",
    "tidy_number",
    "weakness",
    "wrong_number",
    "wrong_period",
    "wrong_suspension",
]

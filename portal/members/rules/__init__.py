"""What must be true of passwords, numbers, invitations and memberships, and why if it is not."""

from portal.members.rules.membership import status, wrong_period, wrong_suspension
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
    "GRACE",
    "LONGEST",
    "SHORTEST",
    "browser_name",
    "day_before",
    "host_of",
    "invitation_is_over",
    "own_path",
    "slug_of",
    "status",
    "tidy_number",
    "weakness",
    "wrong_number",
    "wrong_period",
    "wrong_suspension",
]

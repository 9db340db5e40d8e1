"""What holds of somebody's addresses."""

from datetime import timedelta

from portal.core.wording import N_, Sentence
from portal.models import Delivery

#: So many addresses somebody may have, with those that wait to be proven.
MOST = 8
#: How long the letter works that proves one.
VALID = timedelta(days=3)

HAVE = Sentence(N_("This address is yours already."))
ENOUGH = Sentence(N_("You have as many addresses as we keep. Remove one first."))
KEEP_PRIMARY = Sentence(
    N_("We reach you at this address. Choose another one for that first, then remove this one.")
)
IS_PRIMARY = Sentence(N_("We reach you at this address already."))
UNREACHABLE = Sentence(N_("Letters to this address come back, so we cannot reach you there."))


def cannot_add(address: str, known: frozenset[str]) -> Sentence | None:
    """Say why an address cannot be added to those that somebody has or waits for."""
    if address in known:
        return HAVE
    return ENOUGH if len(known) >= MOST else None


def cannot_be_primary(*, is_primary: bool, delivery: Delivery) -> Sentence | None:
    """Say why somebody cannot be reached at an address of theirs from now on."""
    if is_primary:
        return IS_PRIMARY
    return UNREACHABLE if delivery is Delivery.UNREACHABLE else None


def cannot_be_removed(*, is_primary: bool) -> Sentence | None:
    """Say why an address stays."""
    return KEEP_PRIMARY if is_primary else None

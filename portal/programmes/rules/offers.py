"""What the terms of an offer say: its end is exclusive."""

from datetime import datetime

from portal.core.wording import N_, Sentence
from portal.models import Offer


def expired(offer: Offer, *, now: datetime) -> Sentence | None:
    """Say that an offer has run out, if it has: its end is exclusive."""
    if now >= offer.expires_at:
        return Sentence(N_("This offer expired on %(when)s."), {"when": offer.expires_at})
    return None


def not_expired(offer: Offer, *, now: datetime) -> Sentence | None:
    """Say that an offer still runs, to a portal that would let it lapse."""
    if now < offer.expires_at:
        return Sentence(N_("This offer is still open."))
    return None

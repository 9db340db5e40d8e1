"""What the terms say about a delegate's moves."""

from datetime import datetime, timedelta
from typing import Any

from portal.core.wording import N_, InZone, Sentence
from portal.events.rules.events import IS_OVER, Terms
from portal.models import Delegate

#: So long before its end people are reminded of an offer.
OFFER_ENDS_SOON = timedelta(hours=24)
#: So long after its end an offer is left alone, for an answer that arrived in time and waits.
BREATH = timedelta(minutes=2)


def asks_staff(event: Terms, organisation: Any) -> bool:
    """Tell whether staff are asked before anybody of an organisation has a place.

    Always when nobody confirmed the organisation: with made-up ones, any maximum could be passed.
    """
    return bool(event.needs_approval) or organisation.confirmed_at is None


def expired(delegate: Delegate, *, now: datetime) -> Sentence | None:
    """Say that an offered place is offered no longer: its end is exclusive."""
    until = delegate.offer_expires_at
    if until is not None and now >= until:
        told = {"when": InZone(until, delegate.event.zone)}
        return Sentence(N_("This offer expired on %(when)s."), told)
    return None


def unacceptable(delegate: Delegate, *, now: datetime) -> Sentence | None:
    """Say why an offered place cannot be taken: the event is over, or the offer has ended."""
    return too_late(delegate, now=now) or expired(delegate, now=now)


def not_expired(delegate: Delegate, *, now: datetime) -> Sentence | None:
    """Say that an offer still stands, to a portal that would let it expire."""
    if delegate.offer_expires_at is None or now < delegate.offer_expires_at:
        return Sentence(N_("This offer is still open."))
    return None


def too_late(delegate: Delegate, *, now: datetime) -> Sentence | None:
    """Say that nothing changes any more once the event is over."""
    return IS_OVER if now >= delegate.event.ends_at else None


def reminds(offered_at: datetime, until: datetime, *, now: datetime) -> bool:
    """Tell whether it is time to remind of an offer; not on the heels of the offer itself."""
    soon = until - OFFER_ENDS_SOON
    return offered_at < soon <= now < until

"""What the terms of an offer say: how long it stands, whose turn it is, when to remind of it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.core.wording import N_, Sentence
from portal.models import Cohort, CohortState, Offer

#: How long before its end people are reminded of an offer, the first rule being the nearest.
OFFER_REMINDERS = (("offer-day", timedelta(days=1)), ("offer-days", timedelta(days=4)))
NOON = time(12)


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


def answer_until(offered_at: datetime, days: int, zone: str) -> datetime:
    """Return when an offer ends: the first noon, where the call is, that leaves so many days."""
    local = offered_at.astimezone(ZoneInfo(zone))
    noon = datetime.combine(local.date() + timedelta(days=days), NOON, ZoneInfo(zone))
    if local.time() > NOON:
        noon = datetime.combine(noon.date() + timedelta(days=1), NOON, ZoneInfo(zone))
    return noon.astimezone(offered_at.tzinfo)


def out_of_turn(*, is_next: bool, reason: str) -> Sentence | None:
    """Say that somebody else is next, to staff who give no reason for passing them over."""
    if is_next or reason.strip():
        return None
    return Sentence(N_("Somebody else is next on the waiting list. Write why you pass them over."))


def cohort_over(cohort: Cohort) -> Sentence | None:
    """Say that a cohort takes nobody any more, if it is over."""
    if cohort.state in {CohortState.COMPLETED, CohortState.CANCELLED}:
        return Sentence(N_("This cohort is over. It takes no more companies."))
    return None


def offer_reminder_of(offer: Offer, *, now: datetime) -> str | None:
    """Name the reminder of an offer whose time it is, if any.

    One that would follow on the heels of the offer itself is none.
    """
    left = offer.expires_at - now
    if left <= timedelta(0):
        return None
    name = next((name for name, before in OFFER_REMINDERS if left <= before), None)
    if name and offer.offered_at < offer.expires_at - dict(OFFER_REMINDERS)[name]:
        return name
    return None

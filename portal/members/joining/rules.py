"""Prices by day and size, first periods, what an application lacks, whose turn it is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from portal.core.wording import N_, Sentence
from portal.models import (
    JoiningState,
    MembershipApplication,
    MembershipTier,
    MembershipYear,
    PriceBand,
    SizeClass,
)

OVERLAPS = Sentence(
    N_("There is a price for this size in these days already. Let that one end first.")
)
NO_LENGTH = Sentence(N_("The first day after must come later than the first day."))
NO_REASON = Sentence(N_("Tell us why you would like to join."))
NO_BILLING = Sentence(N_("Say where invoices go."))
NOT_OFFERED = Sentence(N_("This kind of membership is not offered any more. Choose another."))
NOT_OVER = Sentence(N_("There is still time to answer."))


class Span(Protocol):
    """Anything that is in force from a day and perhaps to one, which no longer counts."""

    from_on: date
    to_on: date | None


def wrong_price(others: Iterable[Span], from_on: date, to_on: date | None) -> Sentence | None:
    """Say why a price cannot be kept beside the others of its tier and size."""
    if to_on is not None and to_on <= from_on:
        return NO_LENGTH
    overlaps = (
        (other.to_on is None or from_on < other.to_on) and (to_on is None or other.from_on < to_on)
        for other in others
    )
    return OVERLAPS if any(overlaps) else None


def in_force(span: Span, *, today: date) -> bool:
    """Tell whether something is in force on a day."""
    return span.from_on <= today and (span.to_on is None or today < span.to_on)


def price_for(prices: Sequence[Any], size: SizeClass | None, *, today: date) -> Any | None:
    """Return what a year costs an organisation of a size: its own price, else that of any size."""
    now = {row.band: row for row in prices if in_force(row, today=today)}
    own = PriceBand.of(size.value) if size else None
    return now.get(own) or now.get(PriceBand.ANY)


def first_period(year: MembershipYear, from_on: date) -> tuple[date, date]:
    """Return the first period of a membership: its first day, and the first day after it."""
    if year is MembershipYear.CALENDAR:
        return from_on, date(from_on.year + 1, 1, 1)
    try:
        return from_on, from_on.replace(year=from_on.year + 1)
    except ValueError:
        return from_on, date(from_on.year + 1, 3, 1)


def lacks(row: MembershipApplication) -> list[Sentence]:
    """Return what has to be there before an application can be sent, and is not."""
    reasons = (
        (not row.answers.get("why"), NO_REASON),
        (not row.billing_email, NO_BILLING),
        (not row.tier.open_to_apply, NOT_OFFERED),
    )
    return [reason for missing, reason in reasons if missing]


def unsendable(row: MembershipApplication, *, now: datetime) -> Sentence | None:
    """Say why an application cannot be sent."""
    return next(iter(lacks(row)), None)


def still_time(row: MembershipApplication, *, now: datetime) -> Sentence | None:
    """Say that a question may still be answered, to a portal that would give up."""
    return NOT_OVER if row.answer_by is None or now < row.answer_by else None


def needs_two(tier: MembershipTier, *, always: bool) -> bool:
    """Tell whether one person's word is not enough to become such a member."""
    return always or tier.two_approve


def waits_for_us(row: MembershipApplication) -> bool:
    """Tell whether it is our turn."""
    return row.state is JoiningState.SUBMITTED


def is_late(promised_at: datetime | None, state: JoiningState, *, now: datetime) -> bool:
    """Tell whether we broke our promise: an answer was due, and it is our turn."""
    ours = state is JoiningState.SUBMITTED
    return ours and promised_at is not None and promised_at <= now

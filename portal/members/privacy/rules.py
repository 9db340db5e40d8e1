"""By when an answer is owed, and what stands in the way of one."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.core.wording import N_, Sentence
from portal.models import PrivacyRequest

#: Within how many calendar months an answer is owed; and with reasons, how many more.
MONTHS, MORE_MONTHS = 1, 2

EXTENDED = Sentence(N_("The time was extended once already."))
TOO_LATE = Sentence(N_("The time is over. It can be extended only before it ends."))


def months_after(day: date, months: int) -> date:
    """Return the day with the same number so many months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_at(received_at: datetime, zone: str, *, months: int = MONTHS) -> datetime:
    """Return the first moment that is too late: the midnight that ends the last day."""
    local = ZoneInfo(zone)
    last = months_after(received_at.astimezone(local).date(), months)
    return datetime.combine(last + timedelta(days=1), time(), local).astimezone(UTC)


def is_late(request: PrivacyRequest, *, now: datetime) -> bool:
    """Tell whether an answer is owed for too long."""
    return request.closed_at is None and now >= request.due_at


def cannot_extend(request: PrivacyRequest, *, now: datetime) -> Sentence | None:
    """Say why the time cannot be extended."""
    if request.extended_at is not None:
        return EXTENDED
    return TOO_LATE if is_late(request, now=now) else None

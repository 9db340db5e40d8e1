"""When somebody was away for so long that an account may be nobody's any more."""

from datetime import datetime


def is_dormant(last_here: datetime, *, now: datetime) -> bool:
    """Tell whether somebody was not here for twelve months by the calendar."""
    try:
        over = last_here.replace(year=last_here.year + 1)
    except ValueError:  # the 29th of February
        over = last_here.replace(year=last_here.year + 1, month=3, day=1)
    return over <= now

"""The days of the story: counted from today, on a clock in the cluster's zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Calendar:
    """Turns “-3 11:30” into the moment that it is, seen from the day of loading."""

    today: date
    zone: str

    @classmethod
    def of(cls, zone: str, *, now: datetime) -> "Calendar":
        """Return the calendar whose today is the day that `now` lies in."""
        return cls(now.astimezone(ZoneInfo(zone)).date(), zone)

    def day(self, offset: int) -> date:
        """Return the day so many days from today."""
        return self.today + timedelta(days=offset)

    def at(self, when: str) -> datetime:
        """Return the moment that a day and a clock time name, in UTC."""
        offset, clock = when.split()
        local = datetime.combine(self.day(int(offset)), time.fromisoformat(clock))
        return local.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def morning(self, offset: int) -> datetime:
        """Return the moment at which an office opens on a day, seen from today."""
        return self.at(f"{offset} 09:00")


def moved(moment: datetime, days: int, zone: str) -> datetime:
    """Return a moment so many days later at the same time by the clock, also across summer time."""
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

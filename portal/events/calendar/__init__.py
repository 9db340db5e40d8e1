"""Events as calendars read them: RFC 5545, by which a programme knows what moved or fell away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Calendar, Event

#: How often programmes may ask again.
AGAIN = timedelta(hours=1)
PRODUCT = "-//Portal//Events//EN"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event in a calendar.

    `uid` never changes. `sequence` grows with what matters to whoever goes; `changed_at` is when
    the row was changed, never the present, so that the same calendar is the same file. `sure` is
    False while a place is not certain.
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    text: str
    url: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False
    sure: bool = True


def uid(kind: str, id: object) -> str:
    """Return what an entry is known by for good, also when the portal moves to another host."""
    return f"{kind}-{id}@portal"


def written(entries: Sequence[Entry], *, name: str, feed: bool = True) -> bytes:
    """Write a calendar; a feed also says what it is called and how often to ask again."""
    from icalendar import Calendar  # noqa: PLC0415 - heavy, and only where calendars are written

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if feed:
        calendar.add("x-wr-calname", name)
        calendar.add("name", name)
        calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(component(entry))
    add_zones(calendar, entries)
    content: bytes = calendar.to_ical()
    return content


def component(entry: Entry) -> "Event":
    """Write one entry."""
    from icalendar import Event  # noqa: PLC0415 - as above

    zone = ZoneInfo(entry.zone)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("location", entry.place)
    event.add("description", entry.text)
    event.add("url", entry.url)
    event.add("status", status(entry))
    event.add("transp", "OPAQUE" if entry.sure and not entry.cancelled else "TRANSPARENT")
    return event


def status(entry: Entry) -> str:
    """Say whether an entry stands."""
    if entry.cancelled:
        return "CANCELLED"
    return "CONFIRMED" if entry.sure else "TENTATIVE"


def add_zones(calendar: "Calendar", entries: Sequence[Entry]) -> None:
    """Write down what the clocks of the zones do around the entries, and no remark about it."""
    if not entries:
        return
    first = min(entry.starts_at for entry in entries).date() - timedelta(days=366)
    last = max(entry.ends_at for entry in entries).date() + timedelta(days=366)
    calendar.add_missing_timezones(first, last)
    for part in calendar.subcomponents:
        if part.name == "VTIMEZONE":
            part.pop("COMMENT", None)


def modified(entries: Sequence[Entry]) -> datetime | None:
    """Return when a calendar last changed."""
    return max((entry.changed_at for entry in entries), default=None)

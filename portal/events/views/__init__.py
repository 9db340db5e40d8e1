"""Pages of the events, a module for each kind of page."""

from portal.events.views import (
    calendars,
    delegates,
    events,
    listing,
    public,
    registering,
    tickets,
)
from portal.events.views.blueprint import bp

__all__ = [
    "bp",
    "calendars",
    "delegates",
    "events",
    "listing",
    "public",
    "registering",
    "tickets",
]

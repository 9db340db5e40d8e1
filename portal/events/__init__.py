"""Market events: what there is to attend, and who has a place."""

from collections.abc import Callable
from typing import Any

from flask import Flask

from portal.events import jobs, panels, personal, searchable
from portal.events.deeds import DelegateDeed, EventDeed, FeedDeed
from portal.events.presentation import words
from portal.events.views import bp
from portal.platform import audit

__all__ = ["init_app", "jobs"]


def init_app(app: Flask) -> None:
    """Open the room."""
    for deeds in (EventDeed, DelegateDeed, FeedDeed):
        audit.learn(deeds)
    for name, told in FILTERS.items():
        app.add_template_filter(told, name)
    panels.init_app()
    searchable.init_app()
    personal.init_app()
    app.register_blueprint(bp)


#: How templates tell of events.
FILTERS: dict[str, Callable[..., Any]] = {
    "counted": words.counted,
    "country": words.country,
    "days_until": words.days_until,
    "event_days": words.days,
    "event_hours": words.hours,
    "has_room": words.has_room,
    "waited_for": words.waited_for,
    "price": words.price,
    "room": words.room,
    "town_of": words.town_of,
}

"""An event as search engines read it: schema.org, as JSON-LD."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from portal.events.presentation.words import has_room
from portal.models import EventState
from portal.platform import language

SCHEMA = "https://schema.org/"


def event(event: Any, tickets: Sequence[Any], *, url: str, of: str, base: str) -> dict[str, Any]:
    """Return the data of a public event; `of` is who holds it, `base` the portal's address."""
    picture = f"{base}/files/{event.picture_id}" if event.picture_id else None
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BusinessEvent",
        "@id": url,
        "url": url,
        "name": language.says(event, "title"),
        "description": language.says(event, "standfirst"),
        "inLanguage": language.current(),
        "startDate": local(event.starts_at, event.zone),
        "endDate": local(event.ends_at, event.zone),
        **status(event),
        "eventAttendanceMode": f"{SCHEMA}OfflineEventAttendanceMode",
        "location": location(event),
        "organizer": {"@type": "Organization", "name": of, "url": base},
    }
    if picture:
        data["image"] = [picture]
    if event.show:
        data["superEvent"] = {"@type": "BusinessEvent", "name": event.show}
    if tickets:
        data["offers"] = [offer(event, ticket, url=url) for ticket in tickets]
    return data


@lru_cache(maxsize=4096)
def local(moment: datetime, zone: str) -> str:
    """Write a moment with the offset of the place that it is told in."""
    return str(moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds"))


def status(event: Any) -> dict[str, Any]:
    """Say whether an event takes place as it was announced."""
    if event.state is EventState.CANCELLED:
        return {"eventStatus": f"{SCHEMA}EventCancelled"}
    if event.previous_starts_at:
        before = local(event.previous_starts_at, event.zone)
        return {"eventStatus": f"{SCHEMA}EventRescheduled", "previousStartDate": before}
    return {"eventStatus": f"{SCHEMA}EventScheduled"}


def location(event: Any) -> dict[str, Any]:
    """Say where an event is."""
    address = {
        "@type": "PostalAddress",
        "addressLocality": event.place,
        "addressCountry": event.country,
    }
    if event.address:
        address["streetAddress"] = " ".join(event.address.split())
    return {"@type": "Place", "name": event.place, "address": address}


def offer(event: Any, ticket: Any, *, url: str) -> dict[str, Any]:
    """Say what a ticket costs and whether there is one."""
    free = has_room(ticket) and ticket.on_sale
    return {
        "@type": "Offer",
        "name": language.says(ticket, "name"),
        "url": url,
        "price": str(Decimal(ticket.price_ore or 0) / 100),
        "priceCurrency": ticket.currency,
        "availability": f"{SCHEMA}InStock" if free else f"{SCHEMA}SoldOut",
        "validFrom": local(event.registration_opens_at, event.zone),
        "availabilityEnds": local(event.registration_closes_at, event.zone),
    }

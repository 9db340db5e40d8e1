"""An event made after an earlier one, so that nobody types it twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from portal.events.deeds import EventDeed
from portal.events.service.drafting import address_for, insist
from portal.extensions import db
from portal.models import Actor, Event, Quota, TicketType
from portal.platform import audit
from portal.platform.audit import About

#: A year by weeks: fairs begin on the same day of the week.
LATER = timedelta(weeks=52)
OF_AN_EVENT = (
    "show", "title_en", "title_nb", "standfirst_en", "standfirst_nb", "text_en", "text_nb",
    "place", "address", "country", "zone", "contact_id", "needs_approval",
    "max_per_organisation", "offer_hours",
)  # fmt: skip
MOMENTS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")
OF_A_TICKET = (
    "position", "name_en", "name_nb", "about_en", "about_nb", "price_ore", "currency", "vat_code",
    "needs_purchase_reference", "max_per_organisation", "on_sale",
)  # fmt: skip


def duplicate_event(event: Event, *, actor: Actor, now: datetime) -> Event:
    """Draft the same event a year later, with its tickets and quotas and nobody in them."""
    insist(actor=actor)
    copy = Event(slug=address_for(event.title_en), updated_at=now)
    for name in OF_AN_EVENT:
        setattr(copy, name, getattr(event, name))
    for name in MOMENTS:
        setattr(copy, name, later(getattr(event, name), event.zone))
    copy.tiers = list(event.tiers)
    db.session.add(copy)
    quotas = {quota.id: copied_quota(quota, copy) for quota in event.quotas}
    for ticket in event.tickets:
        another = TicketType(**{name: getattr(ticket, name) for name in OF_A_TICKET})
        db.session.add(another)
        another.event = copy
        another.quotas = [quotas[quota.id] for quota in ticket.quotas]
    about = About(details={"after": str(event.id)})
    audit.record(EventDeed.DUPLICATED, copy, actor=actor, now=now, about=about)
    return copy


def later(moment: datetime, zone: str) -> datetime:
    """Return the same hour on the same day of the week, a year on, as the clock shows it there."""
    local = moment.astimezone(ZoneInfo(zone))
    return (local.replace(tzinfo=None) + LATER).replace(tzinfo=ZoneInfo(zone))


def copied_quota(quota: Quota, event: Event) -> Quota:
    """Return a quota of the same size, with nobody in it."""
    copy = Quota(
        event=event,
        position=quota.position,
        name_en=quota.name_en,
        name_nb=quota.name_nb,
        size=quota.size,
    )
    db.session.add(copy)
    return copy

"""Events are drafted, published, filled, changed, held and called off."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from portal.demo import fairs
from portal.demo.content import Entry, folder, organisations
from portal.demo.scenes.organisations import address_of
from portal.demo.story import Story, one
from portal.events import places
from portal.events.service import events, reminding, telling, tickets
from portal.events.service.events import EventTerms
from portal.extensions import db
from portal.models import PORTAL, Delegate, Event, MembershipTier, Registration, VatCode

#: Who looks after events.
TEAM = "events"
WORDS = ("title_en", "title_nb", "standfirst_en", "standfirst_nb", "text_en", "text_nb")
SETTLED = ("show", "place", "address", "country", "zone", "needs_approval",
           "max_per_organisation", "offer_hours")  # fmt: skip
#: When coordinators are reminded that registration closes, before it does.
REMINDED = timedelta(days=3)


def tell(story: Story) -> None:
    """Add every event with all that happened to it."""
    at = story.calendar.at
    for script in folder("events"):
        entry = script["event"]
        story.tell(at(entry["made"]), make, script)
        if "published" in entry:
            story.tell(at(entry["published"]), publish, entry["key"])
        for booking in script.get("booking", ()):
            story.tell(at(booking["at"]), register, entry["key"], booking)
        for step in script.get("step", ()):
            story.tell(at(step["at"]), STEPS[step["do"]], entry["key"], step)
        closes = fairs.dates(entry, story.calendar)["registration_closes_at"]
        if "cancelled" in entry:
            story.tell(at(entry["cancelled"]), call_off, entry)
        else:
            story.tell(closes - REMINDED + timedelta(minutes=10), remind, entry["key"])


def make(story: Story, script: Entry, *, now: datetime) -> None:
    """Draft an event, with its quotas and its tickets."""
    entry, actor = script["event"], story.actor(TEAM, now=now)
    tiers = [one(MembershipTier, code=code).id for code in entry.get("tiers", ())]
    terms = EventTerms(
        contact_id=story.people[TEAM],
        tier_ids=tuple(tiers),
        **{name: entry[name].strip() for name in WORDS},
        **{name: entry[name] for name in SETTLED if name in entry},
        **fairs.dates(entry, story.calendar),
    )
    event = events.make_event(terms, actor=actor, now=now)
    story.events[entry["key"]] = event
    quotas = {}
    for quota in script["quota"]:
        size = quota.get("size")
        names = tickets.QuotaTerms(name_en=quota["name_en"], name_nb=quota["name_nb"], size=size)
        quotas[quota["key"]] = tickets.add_quota(event, names, actor=actor, now=now).id
    for ticket in script["ticket"]:
        row = tickets.add_ticket(event, ticket_terms(ticket, quotas), actor=actor, now=now)
        story.tickets[entry["key"], ticket["key"]] = row.id


def ticket_terms(ticket: Entry, quotas: dict[str, Any]) -> tickets.TicketTerms:
    """Return what a ticket is called, costs, and takes places from."""
    price = ticket.get("price")
    return tickets.TicketTerms(
        name_en=ticket["name_en"],
        name_nb=ticket["name_nb"],
        about_en=ticket.get("about_en", ""),
        about_nb=ticket.get("about_nb", ""),
        price_ore=price and price * 100,
        vat_code=VatCode.STANDARD if price else None,
        needs_purchase_reference=bool(price),
        quota_ids=tuple(quotas[key] for key in ticket["quotas"]),
    )


def publish(story: Story, key: str, *, now: datetime) -> None:
    """Make an event public."""
    events.publish_event(story.events[key], actor=story.actor(TEAM, now=now), now=now)


def register(story: Story, key: str, entry: Entry, *, now: datetime) -> None:
    """Let an organisation register people."""
    organisation = entry["organisation"]
    people = tuple(
        attendee(story, key, organisation, name=name, ticket=ticket, title=title)
        for name, ticket, *rest in entry["people"]
        for title in (rest or [title_of(organisation, name)])
    )
    wanted = places.Booking(
        organisation_id=story.organisations[organisation].id,
        client_token=f"demo {key} {organisation} {entry['at']}",
        people=people,
        purchase_reference=entry.get("reference", ""),
        note=entry.get("note", ""),
    )
    actor = story.actor(entry["by"], now=now)
    made = places.register(story.events[key], wanted, actor=actor, now=now)
    for delegate in db.session.get_one(Registration, made).delegates:
        story.delegates[key, delegate.name] = delegate


def attendee(
    story: Story, key: str, organisation: str, *, name: str, ticket: str, title: str
) -> places.Attendee:
    """Return somebody to be registered: at their own address when they have an account."""
    return places.Attendee(
        name=name,
        email=email_of(story, organisation, name),
        title=title,
        ticket_id=story.tickets[key, ticket],
    )


def email_of(story: Story, organisation: str, name: str) -> str:
    """Return the address of somebody: that of their account, or one at their organisation."""
    return story.person(name).email if name in story.people else address_of(name, organisation)


def title_of(organisation: str, name: str) -> str:
    """Return what somebody does at an organisation, where the story has said it already."""
    entry = next(each for each in organisations() if each["key"] == organisation)
    return next((title for who, title, *_rest in entry["people"] if who == name), "")


def call_off(story: Story, entry: Entry, *, now: datetime) -> None:
    """Cancel an event, and tell everybody at once."""
    event: Event = story.events[entry["key"]]
    actor = story.actor(TEAM, now=now)
    events.cancel_event(event, reason=entry["reason"], actor=actor, now=now)
    while telling.tell_some(event.id, f"cancelled:{event.sequence}", now=now):
        pass


def remind(story: Story, key: str, *, now: datetime) -> None:
    """Let the portal remind of the end of registration."""
    reminding.remind_of_closing(story.events[key], now=now)


def of_delegates(deed: Callable[..., None]) -> Callable[..., None]:
    """Make a scene of a deed: it is done to everybody whom its entry names."""

    def play(story: Story, key: str, entry: Entry, *, now: datetime) -> None:
        actor = story.actor(entry["by"], now=now) if "by" in entry else PORTAL
        for name in entry["who"]:
            deed(story, story.delegates[key, name], entry, actor=actor, now=now)

    return play


def end(_story: Story, delegate: Delegate, _entry: Entry, *, actor: Any, now: datetime) -> None:
    """Let the portal end an offer that nobody answered."""
    places.expire(delegate, now=now)


def answer(_story: Story, delegate: Delegate, entry: Entry, *, actor: Any, now: datetime) -> None:
    """Withdraw, accept, decline or approve."""
    getattr(places, entry["do"])(delegate, actor=actor, now=now)


def refuse(_story: Story, delegate: Delegate, entry: Entry, *, actor: Any, now: datetime) -> None:
    """Reject or cancel, with a reason."""
    deed = getattr(places, entry["do"])
    deed(delegate, reason=entry["reason"], actor=actor, now=now)


def replace(story: Story, delegate: Delegate, entry: Entry, *, actor: Any, now: datetime) -> None:
    """Let a colleague come instead."""
    organisation = next(
        key for key, row in story.organisations.items() if row.id == delegate.organisation_id
    )
    new = places.NewName(
        name=entry["new"],
        email=email_of(story, organisation, entry["new"]),
        title=title_of(organisation, entry["new"]),
    )
    places.substitute(delegate, new, actor=actor, now=now)


def change(story: Story, delegate: Delegate, entry: Entry, *, actor: Any, now: datetime) -> None:
    """Give somebody another ticket."""
    key = next(key for key, row in story.events.items() if row.id == delegate.event_id)
    ticket = story.tickets[key, entry["ticket"]]
    places.change_ticket(delegate, ticket, actor=actor, now=now)


STEPS = {
    "accept": of_delegates(answer),
    "approve": of_delegates(answer),
    "cancel": of_delegates(refuse),
    "change_ticket": of_delegates(change),
    "expire": of_delegates(end),
    "reject": of_delegates(refuse),
    "substitute": of_delegates(replace),
    "withdraw": of_delegates(answer),
}

"""What staff do with an event, from its draft to its end."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Sentence
from portal.events import rules
from portal.events.deeds import EventDeed
from portal.events.places import events as places
from portal.events.queries import registering
from portal.events.service import telling
from portal.events.service.copying import duplicate_event
from portal.events.service.drafting import (
    EventTerms,
    address_for,
    dated,
    insist,
    insist_on_maximum,
    tiers,
)
from portal.events.service.picturing import Picture, put_picture
from portal.events.workflow import EVENT
from portal.extensions import db
from portal.models import Actor, Event, EventState
from portal.platform import audit
from portal.platform.audit import About
from portal.platform.versions import unchanged

__all__ = [
    "EventTerms",
    "Picture",
    "Relocation",
    "cancel_event",
    "discard_event",
    "duplicate_event",
    "edit_event",
    "make_event",
    "move_event",
    "publish_event",
    "what_lacks",
]

ANNOUNCED = Sentence(N_("People know when and where it is. Move the event instead."))
NOT_A_DRAFT = Sentence(N_("This event was published. Cancel it instead."))
NOTHING_MOVED = Sentence(N_("Nothing is different. Change the time or the place."))
NO_REASON = Sentence(N_("Say why. Everybody who is registered reads it."))
NOT_PUBLISHED = Sentence(N_("This event is not published. Edit its time and place."))
#: What people have been told once an event is published: only a move changes it.
WHEN_AND_WHERE = ("starts_at", "ends_at", "zone", "place", "address", "country")


@dataclass(frozen=True, kw_only=True)
class Relocation:
    """When and where an event takes place from now on."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    address: str = ""
    country: str = "NO"


def make_event(
    terms: EventTerms, *, picture: Picture | None = None, actor: Actor, now: datetime
) -> Event:
    """Draft an event."""
    insist(actor=actor)
    dated(terms)
    event = Event(slug=address_for(terms.title_en), updated_at=now, **terms.columns())
    event.tiers = tiers(terms.tier_ids)
    db.session.add(event)
    db.session.flush()
    put_picture(event, picture, actor=actor)
    audit.record(EventDeed.MADE, event, actor=actor, now=now)
    return event


def edit_event(
    event: Event,
    terms: EventTerms,
    *,
    version: int,
    picture: Picture | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Change what an event says. When and where it is only moves once people know it."""
    insist(actor=actor)
    places.lock(event)
    names = (*terms.columns(), "alternative_en", "alternative_nb")
    theirs = {name: getattr(event, name) for name in names}
    unchanged(event, version, theirs=theirs)
    if reason := rules.settled(event, now=now):
        raise Refused(reason)
    dated(terms)
    for name in WHEN_AND_WHERE if event.state is EventState.PUBLISHED else ():
        if getattr(event, name) != getattr(terms, name):
            raise Mistake(name, ANNOUNCED)
    insist_on_maximum(terms.max_per_organisation, registering.most_of_one(event.id))
    for name, value in terms.columns().items():
        setattr(event, name, value)
    event.tiers = tiers(terms.tier_ids)
    put_picture(event, picture, actor=actor)
    event.updated_at = now
    audit.record(EventDeed.EDITED, event, actor=actor, now=now)
    if event.state is EventState.PUBLISHED:
        places.promote(event, now=now)


def what_lacks(event: Event, *, now: datetime) -> Sequence[Sentence]:
    """Return everything that keeps an event from being published, in the order to mend it."""
    return rules.lacks(event, now=now)


def publish_event(event: Event, *, actor: Actor, now: datetime) -> None:
    """Make an event public."""
    step = EVENT.make("publish", event, actor=actor, now=now)
    event.published_at = event.updated_at = now
    audit.record(EventDeed.PUBLISHED, event, actor=actor, now=now, about=About(step=step))


def move_event(
    event: Event, to: Relocation, *, reason: str, version: int, actor: Actor, now: datetime
) -> None:
    """Hold an event at another time or place. Registrations stand, and everybody is told.

    A window that would close after the event closes when the event ends, and an offer ends then.
    """
    insist(actor=actor)
    places.lock(event)
    unchanged(event, version, theirs=asdict(to))
    if event.state is EventState.DRAFT:
        raise Refused(NOT_PUBLISHED)
    if refused := rules.settled(event, now=now):
        raise Refused(refused)
    if wrong := rules.wrong_dates(to.starts_at, to.ends_at):
        raise Mistake("ends_at", wrong)
    if all(getattr(event, name) == getattr(to, name) for name in WHEN_AND_WHERE):
        raise Refused(NOTHING_MOVED)
    event.previous_starts_at = event.starts_at
    for name in WHEN_AND_WHERE:
        setattr(event, name, getattr(to, name))
    shorten_window(event)
    event.sequence += 1
    event.updated_at = now
    about = About(note=reason, details={"starts_at": to.starts_at.isoformat()})
    audit.record(EventDeed.MOVED, event, actor=actor, now=now, about=about)
    telling.begin(event, "moved")
    places.shorten_offers(event, now=now)
    places.promote(event, now=now)


def shorten_window(event: Event) -> None:
    """Let registration close when the event ends, at the latest."""
    event.registration_closes_at = min(event.registration_closes_at, event.ends_at)
    if event.registration_opens_at >= event.registration_closes_at:
        said = N_("Registration would open after the event is over. Change its window first.")
        raise Mistake("ends_at", Sentence(said))


def cancel_event(event: Event, *, reason: str, actor: Actor, now: datetime) -> None:
    """Call an event off: nobody stays registered, no place stays held, and everybody is told."""
    insist(actor=actor)
    if not reason.strip():
        raise Mistake("reason", NO_REASON)
    books = places.lock(event)
    step = EVENT.make("cancel", event, actor=actor, now=now)
    event.cancelled_at = event.updated_at = now
    event.cancel_reason = reason
    event.sequence += 1
    number = places.end_all(books, reason=reason, actor=actor, now=now)
    about = About(step=step, note=reason, details={"people": number})
    audit.record(EventDeed.CANCELLED, event, actor=actor, now=now, about=about)
    telling.begin(event, "cancelled")


def discard_event(event: Event, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away."""
    insist(actor=actor)
    if event.state is not EventState.DRAFT:
        raise Refused(NOT_A_DRAFT)
    audit.record(EventDeed.DISCARDED, event, actor=actor, now=now)
    for ticket in event.tickets:
        ticket.quotas = []
        db.session.delete(ticket)
    event.tiers = []
    db.session.flush()
    for quota in event.quotas:
        db.session.delete(quota)
    db.session.flush()
    db.session.delete(event)

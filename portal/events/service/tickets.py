"""What staff do with the tickets and the quotas of an event."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Sentence
from portal.events import places, rules
from portal.events.deeds import EventDeed
from portal.events.places import events as locking
from portal.events.queries import events as queries
from portal.events.queries import registering
from portal.events.service.drafting import insist, insist_on_maximum
from portal.extensions import db
from portal.models import Actor, Event, EventState, Quota, TicketType, VatCode
from portal.platform import audit
from portal.platform.audit import About
from portal.platform.versions import unchanged

IN_USE = Sentence(N_("People have this ticket, or had it. Take it off sale instead."))
FIXED = Sentence(N_("People have this ticket, or had it. Make another one for other quotas."))
NEEDED = Sentence(N_("A ticket takes places from this quota. Change the ticket first."))
NO_QUOTA = Sentence(N_("Choose at least one quota that this ticket takes places from."))
NO_VAT = Sentence(N_("Choose how value added tax is added to the price."))
NO_PRICE = Sentence(N_("Only a ticket with a price asks for a purchase reference."))
LAST = Sentence(N_("A published event keeps at least one ticket."))


@dataclass(frozen=True, kw_only=True)
class QuotaTerms:
    """What a quota is called, and how many places it has; None is no limit."""

    name_en: str
    name_nb: str
    size: int | None


@dataclass(frozen=True, kw_only=True)
class TicketTerms:
    """What a ticket is called, costs, and takes places from. None is no price."""

    name_en: str
    name_nb: str
    quota_ids: tuple[UUID, ...]
    about_en: str = ""
    about_nb: str = ""
    price_ore: int | None = None
    vat_code: VatCode | None = None
    needs_purchase_reference: bool = False
    max_per_organisation: int | None = None
    on_sale: bool = True

    def columns(self) -> dict[str, object]:
        """Return what is kept in the ticket's own row."""
        return {name: value for name, value in asdict(self).items() if name != "quota_ids"}


def add_quota(event: Event, terms: QuotaTerms, *, actor: Actor, now: datetime) -> Quota:
    """Add a quota, at the end."""
    editable(event, actor=actor, now=now)
    quota = Quota(event_id=event.id, position=following(event.quotas), **asdict(terms))
    db.session.add(quota)
    note(EventDeed.QUOTA_ADDED, event, part=terms.name_en, actor=actor, now=now)
    db.session.expire(event, ["quotas"])
    return quota


def edit_quota(
    quota: Quota, terms: QuotaTerms, *, version: int, actor: Actor, now: datetime
) -> None:
    """Rename a quota or change its size: never below what is held; more goes to those who wait."""
    unchanged(quota, version, theirs={name: getattr(quota, name) for name in asdict(terms)})
    editable(quota.event, actor=actor, now=now)
    renamed = (quota.name_en, quota.name_nb) != (terms.name_en, terms.name_nb)
    if renamed:
        quota.name_en, quota.name_nb = terms.name_en, terms.name_nb
        db.session.flush()
    if quota.size != terms.size:
        places.resize(quota, terms.size, actor=actor, now=now)
    elif renamed:
        note(EventDeed.QUOTA_EDITED, quota.event, part=terms.name_en, actor=actor, now=now)


def remove_quota(quota: Quota, *, actor: Actor, now: datetime) -> None:
    """Drop a quota that no ticket needs."""
    event = quota.event
    editable(event, actor=actor, now=now)
    if queries.is_needed(quota.id):
        raise Refused(NEEDED)
    db.session.delete(quota)
    note(EventDeed.QUOTA_REMOVED, event, part=quota.name_en, actor=actor, now=now)


def add_ticket(event: Event, terms: TicketTerms, *, actor: Actor, now: datetime) -> TicketType:
    """Add a kind of ticket, at the end."""
    editable(event, actor=actor, now=now)
    sound(terms)
    ticket = TicketType(event_id=event.id, position=following(event.tickets), **terms.columns())
    ticket.quotas = chosen(event, terms.quota_ids)
    db.session.add(ticket)
    note(EventDeed.TICKET_ADDED, event, part=terms.name_en, actor=actor, now=now)
    db.session.expire(event, ["tickets"])
    return ticket


def edit_ticket(
    ticket: TicketType, terms: TicketTerms, *, version: int, actor: Actor, now: datetime
) -> None:
    """Change a ticket. What it takes places from is fixed once somebody has it."""
    event = ticket.event
    editable(event, actor=actor, now=now)
    unchanged(ticket, version, theirs={name: getattr(ticket, name) for name in terms.columns()})
    sound(terms)
    insist_on_maximum(terms.max_per_organisation, registering.most_of_one(event.id, ticket.id))
    quotas = chosen(event, terms.quota_ids)
    if {quota.id for quota in quotas} != {quota.id for quota in ticket.quotas}:
        if queries.is_held(ticket.id):
            raise Mistake("quota_ids", FIXED)
        ticket.quotas = quotas
    for name, value in terms.columns().items():
        setattr(ticket, name, value)
    note(EventDeed.TICKET_EDITED, event, part=terms.name_en, actor=actor, now=now)


def remove_ticket(ticket: TicketType, *, actor: Actor, now: datetime) -> None:
    """Drop a ticket that nobody has or had."""
    event = ticket.event
    editable(event, actor=actor, now=now)
    if queries.is_held(ticket.id):
        raise Refused(IN_USE)
    if event.state is EventState.PUBLISHED and len(event.tickets) == 1:
        raise Refused(LAST)
    ticket.quotas = []
    db.session.flush()
    db.session.delete(ticket)
    note(EventDeed.TICKET_REMOVED, event, part=ticket.name_en, actor=actor, now=now)
    db.session.expire(event, ["tickets"])


def shift(row: Quota | TicketType, *, up: bool, actor: Actor, now: datetime) -> None:
    """Put a quota or a ticket one place earlier or later, and number all afresh."""
    event = row.event
    editable(event, actor=actor, now=now)
    rows: list[Quota | TicketType]
    rows = list(event.quotas) if isinstance(row, Quota) else list(event.tickets)
    place = rows.index(row)
    goal = place - 1 if up else place + 1
    if 0 <= goal < len(rows):
        rows.insert(goal, rows.pop(place))
    for position, each in enumerate(rows, start=1):
        each.position = position
    note(EventDeed.ORDERED, event, part=row.name_en, actor=actor, now=now)


def editable(event: Event, *, actor: Actor, now: datetime) -> None:
    """Let staff go on with an event that is not over, while nobody registers for it."""
    insist(actor=actor)
    locking.lock(event)
    if reason := rules.settled(event, now=now):
        raise Refused(reason)


def sound(terms: TicketTerms) -> None:
    """Insist that a price says what tax is added, and that only a price asks for a reference."""
    if terms.price_ore is not None and terms.vat_code is None:
        raise Mistake("vat_code", NO_VAT)
    if terms.price_ore is None and terms.needs_purchase_reference:
        raise Mistake("needs_purchase_reference", NO_PRICE)
    if not terms.quota_ids:
        raise Mistake("quota_ids", NO_QUOTA)


def chosen(event: Event, ids: tuple[UUID, ...]) -> list[Quota]:
    """Return quotas of an event."""
    found = [quota for quota in event.quotas if quota.id in ids]
    if not found:
        raise Mistake("quota_ids", NO_QUOTA)
    return found


def following(rows: Sequence[Quota] | Sequence[TicketType]) -> int:
    """Return the position after the last."""
    return max((row.position for row in rows), default=0) + 1


def note(deed: EventDeed, event: Event, *, part: str, actor: Actor, now: datetime) -> None:
    """Write down what was done with a part of an event."""
    event.updated_at = now
    audit.record(deed, event, actor=actor, now=now, about=About(details={"part": part}))

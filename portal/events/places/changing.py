"""What changes while the place stays: another name, another ticket, another number of places."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.events import policy, rules
from portal.events.deeds import DelegateDeed, EventDeed
from portal.events.mails import answers as letters
from portal.events.places import admission, quotas
from portal.events.places.answering import take_up
from portal.events.places.books import Books, open_books
from portal.events.places.queue import settle
from portal.events.places.registering import register
from portal.events.places.steps import record, write
from portal.events.places.wanted import Attendee, Booking, clean
from portal.events.queries.holders import holders
from portal.extensions import db
from portal.models import (
    ACTIVE_STATES,
    Actor,
    Delegate,
    DelegateState,
    Event,
    FormerDelegate,
    Person,
    Quota,
)
from portal.platform import audit, mail
from portal.platform.audit import About

ONLY_CONFIRMED = Sentence(N_("Only a confirmed place can be given to a colleague."))
NOT_NOW = Sentence(N_("The ticket can be changed of a confirmed place and of a request."))
SAME_TICKET = Sentence(N_("This is the ticket already. Choose another."))
FULL = Sentence(N_("This ticket is full, or others wait for it. You keep the ticket you have."))
STILL_THERE = Sentence(N_("This registration has not ended."))
TOO_FEW = Sentence(N_("More places are held than that. Choose a higher number."))


@dataclass(frozen=True, kw_only=True)
class NewName:
    """The colleague who comes instead."""

    name: str
    email: str
    phone: str = ""
    title: str = ""


def substitute(delegate: Delegate, new: NewName, *, actor: Actor, now: datetime) -> None:
    """Give a confirmed place to a colleague. It is never free in between."""
    _books, delegate = take_up(delegate, now=now, settling=False)
    insist(delegate, actor=actor, now=now)
    if delegate.state is not DelegateState.CONFIRMED:
        raise Refused(ONLY_CONFIRMED)
    email = clean(new.email)
    admission.check_name(new.name, field="name")
    found = holders(delegate.event_id, [email], but=delegate.id)
    if found.taken:
        raise Mistake("email", admission.REGISTERED)
    farewell, former_id = letters.replaced(delegate), delegate.person_id
    delegate.replaced_name = delegate.name
    delegate.name, delegate.email = " ".join(new.name.split()), email
    delegate.phone, delegate.title = new.phone, new.title
    known = found.people.get(email)
    delegate.person = known and db.session.get_one(Person, known.id)
    write(delegate, "substitute", before=delegate.state.value, actor=actor, now=now)
    remember(former_id, delegate, now=now)
    record(DelegateDeed.SUBSTITUTED, delegate, actor=actor, now=now)
    mail.queue(*farewell, *letters.substituted(delegate))


def remember(former_id: UUID | None, delegate: Delegate, *, now: datetime) -> None:
    """Keep who had the place, for their own calendar: there it falls away."""
    db.session.flush()
    if former_id is None or former_id == delegate.person_id:
        return
    left = FormerDelegate(
        delegate_id=delegate.id, person_id=former_id, left_at=now, sequence=delegate.sequence
    )
    db.session.add(left)


def correct(
    delegate: Delegate, *, name: str, phone: str, title: str, actor: Actor, now: datetime
) -> None:
    """Mend the spelling of a name, a number or a title: the person stays the same."""
    _books, delegate = take_up(delegate, now=now, settling=False)
    insist(delegate, actor=actor, now=now, may=policy.speaks_for)
    admission.check_name(name, field="name")
    if delegate.state not in ACTIVE_STATES:
        raise Refused(Sentence(N_("This registration has ended. It stays as it was.")))
    delegate.name, delegate.phone, delegate.title = " ".join(name.split()), phone, title
    delegate.updated_at = now
    record(DelegateDeed.CORRECTED, delegate, actor=actor, now=now)


def insist(
    delegate: Delegate,
    *,
    actor: Actor,
    now: datetime,
    may: Callable[[Actor, Delegate], bool] = policy.binds,
) -> None:
    """Let those go on who may, while the event is not over."""
    if not may(actor, delegate):
        raise NotAllowed
    if reason := rules.too_late(delegate, now=now):
        raise Refused(reason)


def change_ticket(
    delegate: Delegate,
    ticket_id: UUID,
    *,
    purchase_reference: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Give somebody another ticket: its places are taken before the old ones are let go."""
    books, delegate = take_up(delegate, now=now)
    insist(delegate, actor=actor, now=now)
    check_change(books, delegate, ticket_id, actor=actor)
    check_new_reference(books, delegate, ticket_id, reference=purchase_reference)
    old, new = books.needs(delegate.ticket_id), books.needs(ticket_id)
    confirmed = delegate.state is DelegateState.CONFIRMED
    more = new - old
    if confirmed and (
        books.somebody_waits_for(more) or not books.has_room(more) or not books.hold(more)
    ):
        raise Refused(FULL)
    ticket = books.tickets[ticket_id]
    delegate.ticket_id = ticket_id
    delegate.price_ore, delegate.currency = ticket.price_ore, ticket.currency
    delegate.vat_code = ticket.vat_code
    write(delegate, "change_ticket", before=delegate.state.value, actor=actor, now=now)
    record(DelegateDeed.TICKET_CHANGED, delegate, actor=actor, now=now)
    db.session.refresh(delegate, ["ticket"])
    mail.queue(*letters.ticket_changed(delegate))
    if confirmed:
        books.let_go(old - new)
        settle(books, now=now)


def check_change(books: Books, delegate: Delegate, ticket_id: UUID, *, actor: Actor) -> None:
    """Insist that the new ticket is one that this delegate may have."""
    if delegate.state not in {DelegateState.CONFIRMED, DelegateState.REQUESTED}:
        raise Refused(NOT_NOW)
    if ticket_id == delegate.ticket_id:
        raise Mistake("ticket_id", SAME_TICKET)
    ticket = books.tickets.get(ticket_id)
    if ticket is None or not ticket.quotas:
        raise Mistake("ticket_id", admission.NO_TICKET)
    if not (ticket.on_sale or policy.event_staff(actor)):
        raise Mistake("ticket_id", admission.NOT_ON_SALE)
    admission.check_maximum_of(books, delegate.organisation_id, ticket)


def check_new_reference(
    books: Books, delegate: Delegate, ticket_id: UUID, *, reference: str
) -> None:
    """Insist on a purchase reference where the new ticket asks for one; keep what is given."""
    registration = delegate.registration
    given = reference.strip() or registration.purchase_reference
    if books.tickets[ticket_id].needs_purchase_reference and not given:
        raise Mistake("purchase_reference", admission.NO_REFERENCE)
    registration.purchase_reference = given


def reinstate(
    delegate: Delegate, *, purchase_reference: str = "", actor: Actor, now: datetime
) -> UUID:
    """Register somebody again whose registration ended: a new row, in the order of today.

    What ended stays ended. Asked twice, it is done once. Returns the key of the registration.
    """
    if not policy.event_staff(actor):
        raise NotAllowed
    if delegate.state in ACTIVE_STATES:
        raise Refused(STILL_THERE)
    again = Attendee(
        name=delegate.name,
        email=delegate.email,
        ticket_id=delegate.ticket_id,
        phone=delegate.phone,
        title=delegate.title,
    )
    wanted = Booking(
        organisation_id=delegate.organisation_id,
        client_token=f"reinstated:{delegate.id}",
        people=(again,),
        purchase_reference=purchase_reference or delegate.registration.purchase_reference,
        deed=DelegateDeed.REINSTATED,
    )
    return register(delegate.event, wanted, actor=actor, now=now)


def resize(quota: Quota, size: int | None, *, actor: Actor, now: datetime) -> None:
    """Change how many places there are: never fewer than are held; more go to those who wait."""
    event: Event = quota.event
    if not policy.runs(actor, event):
        raise NotAllowed
    books = open_books(quota.event_id)
    before = books.rooms[quota.id].size
    if not quotas.resize(quota.id, size):
        raise Mistake("size", TOO_FEW)
    books.rooms[quota.id].size = size
    db.session.refresh(quota)
    told = {"part": quota.name_en, "before": before, "after": size}
    audit.record(EventDeed.QUOTA_RESIZED, event, actor=actor, now=now, about=About(details=told))
    settle(books, now=now)


def promote(event: Event, *, now: datetime) -> None:
    """Let offers end whose time is up and offer what is free: the sweep, and after a pause."""
    settle(open_books(event.id), now=now)

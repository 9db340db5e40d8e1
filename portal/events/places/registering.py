"""Registering several people in one go, once for each time that it was meant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.events import policy, rules
from portal.events.deeds import DelegateDeed
from portal.events.mails import registering as letters
from portal.events.places import admission
from portal.events.places.books import Books, open_books
from portal.events.places.queue import settle
from portal.events.places.steps import write
from portal.events.places.wanted import Attendee, Booking
from portal.events.queries import booking, holders
from portal.extensions import db
from portal.models import Actor, Delegate, DelegateState, Event, Organisation, Registration
from portal.platform import audit, mail
from portal.platform.audit import About

TOKEN_USED = Sentence(N_("This form was sent before, for something else. Open it afresh."))


def register(event: Event, wanted: Booking, *, actor: Actor, now: datetime) -> Registration:
    """Register people, each confirmed, waiting or awaiting approval, in the order given.

    Staff register on behalf of an organisation, also outside the window; never past a quota, a
    maximum or somebody who waits. Replayed, it changes nothing.
    """
    books = open_books(event.id)
    if known := booking.replayed(wanted.client_token):
        return the_same(known, event=event, actor=actor)
    settle(books, now=now)
    organisation = admission.check(books, wanted, actor=actor, now=now)
    known_people = holders.people(attendee.address for attendee in wanted.people)
    admission.insist_on_one_each(wanted, known_people)
    registration = Registration(
        event=books.event,
        organisation=organisation,
        registered_by=booking.person(actor.id),
        client_token=wanted.client_token,
        purchase_reference=wanted.purchase_reference,
        note=wanted.note,
        language=actor.language,
    )
    db.session.add(registration)
    delegates = []
    for attendee in wanted.people:
        asked = rules.asks_staff(books.event, organisation) and not policy.event_staff(actor)
        seat = find_seat(books, attendee.ticket_id, asked=asked, now=now)
        person = known_people.get(attendee.address)
        told = seat | {"person": person, "updated_at": now}
        delegates.append(as_delegate(books, registration, attendee, **told))
    keep(registration, delegates, deed=wanted.deed, actor=actor, now=now)
    mail.queue(*letters.registered(registration, delegates, books.tickets))
    return registration


def the_same(known: Registration, *, event: Event, actor: Actor) -> Registration:
    """Return what was registered before with this token, to whoever registered it."""
    if known.event_id != event.id or known.registered_by_id != actor.id:
        raise Refused(TOKEN_USED)
    return known


def find_seat(books: Books, ticket_id: UUID, *, asked: bool, now: datetime) -> dict[str, Any]:
    """Find how somebody new begins: staff who are asked come first, then the order of places.

    Confirmed when nobody waits and there is room, which is held; else last on the list.
    """
    if asked:
        return {"state": DelegateState.REQUESTED}
    wanted = books.needs(ticket_id)
    waits = books.somebody_waits_for(wanted)
    if not waits and books.has_room(wanted) and books.hold(wanted):
        return {"state": DelegateState.CONFIRMED}
    return {"state": DelegateState.WAITLISTED} | queue_up(books, ticket_id, now=now)


def queue_up(books: Books, ticket_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Give somebody the last place in the queue."""
    books.waited_for |= books.needs(ticket_id)
    return {"waitlisted_at": now, "waiting_number": books.number_in_line()}


def as_delegate(
    books: Books,
    registration: Registration,
    attendee: Attendee,
    **more: Any,
) -> Delegate:
    """Make the row of one person."""
    organisation: Organisation = registration.organisation
    ticket = books.tickets[attendee.ticket_id]
    delegate = Delegate(
        event=books.event,
        registration=registration,
        ticket_id=ticket.id,
        organisation=organisation,
        organisation_name=organisation.display_name,
        organisation_key=organisation.name_key,
        name=" ".join(attendee.name.split()),
        email=attendee.address,
        phone=attendee.phone,
        title=attendee.title,
        price_ore=ticket.price_ore,
        currency=ticket.currency,
        vat_code=ticket.vat_code,
        **more,
    )
    db.session.add(delegate)
    return delegate


def keep(
    registration: Registration,
    delegates: Sequence[Delegate],
    *,
    deed: DelegateDeed,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down what was done."""
    db.session.flush()
    for delegate in delegates:
        write(delegate, "register", before=None, actor=actor, now=now)
    organisation_id = registration.organisation_id
    behalf = None if actor.belongs_to(organisation_id) else organisation_id
    about = About(
        organisation_id=organisation_id,
        on_behalf_of_id=behalf,
        details={"people": len(delegates), "title": registration.event.title_en},
    )
    audit.record(deed, registration, actor=actor, now=now, about=about)

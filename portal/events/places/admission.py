"""Whether people may be registered: asked under the lock, before any place is held."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.legible import WEB_ADDRESS
from portal.core.wording import N_, Bilingual, Sentence
from portal.events import policy, rules
from portal.events.places.books import Books
from portal.events.places.wanted import Attendee, Booking
from portal.events.queries import registering
from portal.events.queries.booking import Ticket
from portal.events.queries.holders import Holders
from portal.models import Actor

#: As many people as one form takes.
MOST = 100

NOBODY = Sentence(N_("Say who is to be registered."))
TOO_MANY = Sentence(N_("Register at most %(most)s people at once."), {"most": MOST})
NO_ORGANISATION = Sentence(N_("Choose the organisation that these people come from."))
NOT_MEANT = Sentence(N_("This event is for members of other kinds than this organisation."))
NO_TICKET = Sentence(N_("Choose a ticket."))
NOT_ON_SALE = Sentence(N_("This ticket is not given out any more. Choose another."))
NO_REFERENCE = Sentence(N_("Give the reference that your invoice should carry."))
NO_NAME = Sentence(N_("Write the name."))
NOT_A_NAME = Sentence(N_("Write a name, without a web address."))
NO_ADDRESS = Sentence(N_("Write the e-mail address."))
TWICE = Sentence(N_("This e-mail address is here twice. Everybody has their own."))
REGISTERED = Sentence(N_("Somebody with this e-mail address is registered for this event already."))


def check(
    books: Books,
    wanted: Booking,
    *,
    organisation: Any,
    known: Holders,
    actor: Actor,
    now: datetime,
) -> None:
    """Insist on all that the event asks of those who register."""
    staff = policy.event_staff(actor)
    closed = rules.not_held if staff else rules.not_open
    if reason := closed(books.event, now=now):
        raise Refused(reason)
    if organisation is None or not policy.registers_from(actor, organisation.id):
        raise Mistake("organisation_id", NO_ORGANISATION)
    insist_on_right(wanted, actor=actor)
    if organisation.some_alone and not staff:
        insist_on_meant(books, organisation.id, now=now)
    check_people(books, wanted, taken=known.taken, any_ticket=staff)
    check_reference(books, wanted)
    chosen = Counter(attendee.ticket_id for attendee in wanted.people)
    check_maxima(books, organisation.id, chosen)
    insist_on_one_each(wanted, known.people)


def insist_on_meant(books: Books, organisation_id: UUID, *, now: datetime) -> None:
    """Insist that an event for some kinds of membership is for that of an organisation."""
    today = now.astimezone(ZoneInfo(books.event.zone)).date()
    if not registering.is_for(books.event.id, organisation_id, today=today):
        raise Refused(NOT_MEANT)


def insist_on_right(wanted: Booking, *, actor: Actor) -> None:
    """Let people register themselves, and those who bind the organisation register colleagues."""
    if policy.registers_colleagues(actor, wanted.organisation_id):
        return
    if any(attendee.address != actor.email for attendee in wanted.people):
        said = N_("You can register yourself. Ask a representative of your organisation to"
                  " register colleagues.")  # fmt: skip
        raise NotAllowed(Sentence(said))


def check_people(
    books: Books, wanted: Booking, *, taken: Collection[str], any_ticket: bool
) -> None:
    """Insist on a name, an address of their own and a ticket for everybody."""
    if not wanted.people:
        raise Refused(NOBODY)
    if len(wanted.people) > MOST:
        raise Refused(TOO_MANY)
    emails = [attendee.address for attendee in wanted.people]
    for number, attendee in enumerate(wanted.people):
        check_person(number, attendee)
        if emails[number] in emails[:number]:
            raise Mistake(f"people-{number}-email", TWICE)
        if emails[number] in taken:
            raise Mistake(f"people-{number}-email", REGISTERED)
        check_ticket(books, number, attendee, any_ticket=any_ticket)


def insist_on_one_each(wanted: Booking, people: Mapping[str, Any]) -> None:
    """Insist that nobody stands in a form twice, by two addresses that both are theirs."""
    seen: set[UUID] = set()
    for number, attendee in enumerate(wanted.people):
        person = people.get(attendee.address)
        if person is not None and person.id in seen:
            raise Mistake(f"people-{number}-email", REGISTERED)
        seen |= {person.id} if person else set()


def check_person(number: int, attendee: Attendee) -> None:
    """Insist on a name and an address."""
    check_name(attendee.name, field=f"people-{number}-name")
    if "@" not in attendee.email:
        raise Mistake(f"people-{number}-email", NO_ADDRESS)


def check_name(name: str, *, field: str) -> None:
    """Insist on a name, and on nothing to open in it: letters to the delegate carry it."""
    if not name.strip():
        raise Mistake(field, NO_NAME)
    if WEB_ADDRESS.search(name):
        raise Mistake(field, NOT_A_NAME)


def check_ticket(books: Books, number: int, attendee: Attendee, *, any_ticket: bool) -> None:
    """Insist on a ticket of this event that is given out; staff give out any."""
    ticket = books.tickets.get(attendee.ticket_id)
    if ticket is None or not ticket.quotas:
        raise Mistake(f"people-{number}-ticket_id", NO_TICKET)
    if not (ticket.on_sale or any_ticket):
        raise Mistake(f"people-{number}-ticket_id", NOT_ON_SALE)


def check_reference(books: Books, wanted: Booking) -> None:
    """Insist on a purchase reference where a ticket asks for one."""
    asked = any(books.tickets[each.ticket_id].needs_purchase_reference for each in wanted.people)
    if asked and not wanted.purchase_reference.strip():
        raise Mistake("purchase_reference", NO_REFERENCE)


def check_maxima(books: Books, organisation_id: UUID, more: Counter[UUID]) -> None:
    """Insist that an organisation keeps within what it may have, in all and of each ticket."""
    most = books.event.max_per_organisation
    tickets = {id: books.tickets[id] for id in more}
    if most is None and all(ticket.max_per_organisation is None for ticket in tickets.values()):
        return
    now_active = registering.active_of(organisation_id, books.event.id)
    if most is not None and sum(now_active.values()) + sum(more.values()) > most:
        said = N_("One organisation can register at most %(most)s people for this event.")
        raise Mistake("people", Sentence(said, {"most": most}))
    for id, ticket in tickets.items():
        insist_on_maximum(ticket, now_active.get(id, 0) + more[id])


def check_maximum_of(books: Books, organisation_id: UUID, ticket: Ticket) -> None:
    """Insist that an organisation may have one more of a ticket."""
    if ticket.max_per_organisation is not None:
        now_active = registering.active_of(organisation_id, books.event.id)
        insist_on_maximum(ticket, now_active.get(ticket.id, 0) + 1)


def insist_on_maximum(ticket: Ticket, number: int) -> None:
    """Insist that so many of a ticket are not too many for one organisation."""
    limit = ticket.max_per_organisation
    if limit is not None and number > limit:
        said = N_("One organisation can have at most %(most)s of the ticket “%(ticket)s”.")
        told = {"most": limit, "ticket": Bilingual.of(ticket, "name")}
        raise Mistake("ticket_id", Sentence(said, told))

"""Registering several people in one go, once for each time that it was meant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.events import policy, rules
from portal.events.mails import registering as letters
from portal.events.places import admission
from portal.events.places.books import Books, open_books
from portal.events.places.made import DELEGATE, REGISTRATION, NewDelegate, NewRegistration
from portal.events.places.queue import settle
from portal.events.places.steps import HISTORY, line
from portal.events.places.wanted import Attendee, Booking, Held
from portal.events.queries import registering
from portal.models import Actor, DelegateState, Registration
from portal.platform import audit, mail
from portal.platform.audit import About
from portal.platform.database import write

TOKEN_USED = Sentence(N_("This form was sent before, for something else. Open it afresh."))


def register(event: Held, wanted: Booking, *, actor: Actor, now: datetime) -> UUID:
    """Register people, each confirmed, waiting or awaiting approval, in the order given.

    Staff register on behalf of an organisation, also outside the window; never past a quota, a
    maximum or somebody who waits. Replayed, it changes nothing. Returns the registration's key.
    """
    books = open_books(event.id)
    settle(books, now=now)
    organisation, known = registering.asked(
        wanted.organisation_id,
        [attendee.address for attendee in wanted.people],
        event_id=event.id,
        client_token=wanted.client_token,
    )
    if organisation and organisation.replayed_id:
        return the_same(organisation, event=event, actor=actor)
    given: dict[str, Any] = {"organisation": organisation, "known": known}
    admission.check(books, wanted, **given, actor=actor, now=now)
    made = NewRegistration(event=books.event, organisation=organisation, registered_by=actor)
    asked = rules.asks_staff(books.event, organisation) and not policy.event_staff(actor)
    delegates = []
    for attendee in wanted.people:
        seat = find_seat(books, attendee.ticket_id, asked=asked, now=now)
        told = seat | {"person": known.people.get(attendee.address)}
        delegates.append(as_delegate(books, made, attendee, **told))
    keep(made, delegates, wanted, actor=actor, now=now)
    mail.queue(*letters.registered(made, delegates))
    return made.id


def the_same(known: Any, *, event: Held, actor: Actor) -> UUID:
    """Return what was registered before with this token, to whoever registered it."""
    if known.event_id != event.id or known.registered_by_id != actor.id:
        raise Refused(TOKEN_USED)
    id: UUID = known.replayed_id
    return id


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
    registration: NewRegistration,
    attendee: Attendee,
    **more: Any,
) -> NewDelegate:
    """Put together what is kept of one person."""
    return NewDelegate(
        registration=registration,
        ticket=books.tickets[attendee.ticket_id],
        name=" ".join(attendee.name.split()),
        email=attendee.address,
        phone=attendee.phone,
        title=attendee.title,
        **more,
    )


def keep(
    made: NewRegistration,
    delegates: Sequence[NewDelegate],
    wanted: Booking,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down what was done."""
    form = {name: getattr(wanted, name) for name in ("client_token", "purchase_reference", "note")}
    write(REGISTRATION, [made.columns() | form])
    write(DELEGATE, [delegate.columns(now=now) for delegate in delegates])
    write(
        HISTORY, [line(each, "register", before=None, actor=actor, now=now) for each in delegates]
    )
    organisation_id = made.organisation.id
    about = About(
        organisation_id=organisation_id,
        on_behalf_of_id=None if actor.belongs_to(organisation_id) else organisation_id,
        details={"people": len(delegates), "title": made.event.title_en},
    )
    audit.record_of(wanted.deed, Registration, made.id, actor=actor, now=now, about=about)

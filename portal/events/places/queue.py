"""The waiting list: who gets a place that is free, in the transaction that frees it.

First come, first served, for each quota: nobody passes an earlier waiter with whom they share one.
So whoever cannot be served keeps back all behind them who wait for any of the same quotas.
"""

from datetime import datetime
from uuid import UUID

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.events import rules
from portal.events.deeds import DelegateDeed
from portal.events.mails import answers as letters
from portal.events.places.books import Books, open_books
from portal.events.places.steps import record, step
from portal.events.queries import booking
from portal.models import PORTAL, Actor, Delegate, DelegateState
from portal.platform import mail

NOT_NEXT = Sentence(N_("Somebody waits longer for the same places. Their turn comes first."))
NO_ROOM = Sentence(N_("Every place is held. Nothing was changed."))


def settle(books: Books, *, now: datetime) -> None:
    """Let offers end whose time is up, also while no sweep has come by, and pass them on."""
    late = now - rules.BREATH
    if books.first_end and books.first_end <= late:
        for id in booking.overdue(books.event.id, now=late):
            lapse(books, booking.delegate_afresh(id), now=now)
    promote(books, now=now)


def lapse(books: Books, delegate: Delegate, *, now: datetime) -> None:
    """Let one offer end: whoever did not answer loses the place."""
    made = step(delegate, "expire", actor=PORTAL, now=now)
    books.let_go(books.needs(delegate.ticket_id))
    record(DelegateDeed.EXPIRED, delegate, actor=PORTAL, now=now, step=made)
    mail.queue(*letters.expired(delegate))


def promote(books: Books, *, now: datetime) -> None:
    """Offer every place that is free to whoever is next for it, unless that is paused or closed."""
    if not rules.promotes(books.event, now=now):
        return
    kept_back: set[UUID] = set()
    waiting = list(books.heads)
    while waiting:
        head = waiting.pop(0)
        wanted = books.needs(head.ticket_id)
        if wanted & kept_back or not (books.has_room(wanted) and books.hold(wanted)):
            kept_back |= wanted
            continue
        give(books, booking.delegate_afresh(head.id), actor=PORTAL, now=now)
        waiting, kept_back = list(books.heads), set()  # who is kept back keeps others back, too


def give(books: Books, delegate: Delegate, *, actor: Actor, now: datetime) -> None:
    """Offer a place, which is held already, to somebody who waits; they answer by an hour."""
    until = rules.offer_until(books.event, now=now)
    made = step(delegate, "promote", actor=actor, now=now, until=until)
    record(DelegateDeed.OFFERED, delegate, actor=actor, now=now, step=made)
    mail.queue(*letters.offered(delegate))
    books.read_heads()


def offer(delegate: Delegate, *, actor: Actor, now: datetime) -> None:
    """Offer the free place by hand: also while that is paused or closed, never out of turn."""
    books = open_books(delegate.event_id)
    settle(books, now=now)
    delegate = booking.delegate_afresh(delegate.id)
    if delegate.state is DelegateState.WAITLISTED:
        hold_in_turn(books, delegate)
    give(books, delegate, actor=actor, now=now)


def hold_in_turn(books: Books, delegate: Delegate) -> None:
    """Hold a place for somebody who waits. Raises Refused when it is another's turn, or none is."""
    wanted = books.needs(delegate.ticket_id)
    earlier = [head for head in books.heads if head.number < (delegate.waiting_number or 0)]
    if any(books.needs(head.ticket_id) & wanted for head in earlier):
        raise Refused(NOT_NEXT)
    if not (books.has_room(wanted) and books.hold(wanted)):
        raise Refused(NO_ROOM)

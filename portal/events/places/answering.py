"""What becomes of a delegate: approved or not, accepted, declined, withdrawn, cancelled."""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, update

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Sentence
from portal.core.workflow import Step
from portal.events import rules
from portal.events.deeds import DelegateDeed
from portal.events.mails import answers as letters
from portal.events.places.books import Books, open_books
from portal.events.places.queue import lapse, settle
from portal.events.places.registering import queue_up
from portal.events.places.steps import record, step
from portal.events.queries import booking
from portal.events.workflow import DELEGATE
from portal.extensions import db
from portal.models import HOLDING_STATES, Actor, Delegate, DelegateState
from portal.platform import mail

NO_REASON = Sentence(N_("Say why. Those who are told read it."))
TOO_LATE = Sentence(N_("This offer has ended, and the place has gone to the next."))


def approve(delegate: Delegate, *, actor: Actor, now: datetime) -> None:
    """Let somebody come: into a place when there is one and nobody waits, else onto the list."""
    books, delegate = take_up(delegate, now=now)
    wanted = books.needs(delegate.ticket_id)
    move = "approve"
    if delegate.state is DelegateState.REQUESTED:
        free = not books.somebody_waits_for(wanted) and books.has_room(wanted)
        move = "approve" if free and books.hold(wanted) else "wait"
    if move == "wait":
        with db.session.no_autoflush:  # the row is whole again only with its state
            for name, value in queue_up(books, delegate.ticket_id, now=now).items():
                setattr(delegate, name, value)
    made = step(delegate, move, actor=actor, now=now)
    record(DelegateDeed.APPROVED, delegate, actor=actor, now=now, step=made)
    mail.queue(*letters.approved(delegate))


def reject(delegate: Delegate, *, reason: str, actor: Actor, now: datetime) -> None:
    """Tell somebody that they cannot come, and why."""
    insist_on_reason(reason)
    _books, delegate = take_up(delegate, now=now)
    made = step(delegate, "reject", actor=actor, now=now, reason=reason)
    record(DelegateDeed.REJECTED, delegate, actor=actor, now=now, step=made, reason=reason)
    mail.queue(*letters.rejected(delegate))


def accept(delegate: Delegate, *, actor: Actor, now: datetime) -> None:
    """Take the offered place, which is held already; never a moment after its end."""
    _books, delegate = take_up(delegate, now=now, settling=False)
    lasting = rules.too_late(delegate, now=now) is None
    offered = DELEGATE.offers("accept", delegate, actor=actor)
    if lasting and offered and not still_open(delegate, now=now):
        raise Refused(TOO_LATE)
    made = step(delegate, "accept", actor=actor, now=now)
    record(DelegateDeed.ACCEPTED, delegate, actor=actor, now=now, step=made)
    mail.queue(*letters.accepted(delegate))


def still_open(delegate: Delegate, *, now: datetime) -> bool:
    """Tell whether an offer stands, by a statement that changes nothing when it does not."""
    standing = update(Delegate).where(
        Delegate.id == delegate.id,
        Delegate.state == DelegateState.OFFERED,
        Delegate.offer_expires_at > now,
    )
    touched: CursorResult[Any] = db.session.connection().execute(standing.values(updated_at=now))
    return touched.rowcount == 1


def decline(delegate: Delegate, *, actor: Actor, now: datetime) -> None:
    """Turn the offered place down; it goes to the next at once."""
    books, delegate = take_up(delegate, now=now, settling=False)
    made = leave(books, delegate, "decline", actor=actor, now=now)
    record(DelegateDeed.DECLINED, delegate, actor=actor, now=now, step=made)
    mail.queue(*letters.withdrawn(delegate))
    settle(books, now=now)


def withdraw(delegate: Delegate, *, actor: Actor, now: datetime) -> None:
    """Step back, from whatever state; a place that was held goes to the next at once."""
    books, delegate = take_up(delegate, now=now, settling=False)
    made = leave(books, delegate, "withdraw", actor=actor, now=now)
    record(DelegateDeed.WITHDRAWN, delegate, actor=actor, now=now, step=made)
    mail.queue(*letters.withdrawn(delegate))
    settle(books, now=now)


def cancel(delegate: Delegate, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take somebody's registration away, and say why."""
    insist_on_reason(reason)
    books, delegate = take_up(delegate, now=now, settling=False)
    made = leave(books, delegate, "cancel", actor=actor, now=now, reason=reason)
    record(DelegateDeed.CANCELLED, delegate, actor=actor, now=now, step=made, reason=reason)
    mail.queue(*letters.cancelled(delegate))
    settle(books, now=now)


def expire(delegate: Delegate, *, now: datetime) -> None:
    """Let an offer end that nobody answered; the place goes to the next."""
    books, delegate = take_up(delegate, now=now, settling=False)
    lapse(books, delegate, now=now)
    settle(books, now=now)


def leave(
    books: Books, delegate: Delegate, move: str, *, actor: Actor, now: datetime, reason: str = ""
) -> Step:
    """Make a move that ends it, and let go what was held: once, since only one move can."""
    held = delegate.state in HOLDING_STATES
    made = step(delegate, move, actor=actor, now=now, reason=reason)
    if held:
        books.let_go(books.needs(delegate.ticket_id))
    elif made.before is DelegateState.WAITLISTED:
        db.session.flush()
        books.read_heads()
    return made


def take_up(delegate: Delegate, *, now: datetime, settling: bool = True) -> tuple[Books, Delegate]:
    """Lock the places of the delegate's event; then read the delegate as they are now."""
    books = open_books(delegate.event_id)
    if settling:
        settle(books, now=now)
    return books, booking.delegate_afresh(delegate.id)


def end_all(books: Books, *, reason: str, actor: Actor, now: datetime) -> int:
    """End everything at an event that is cancelled: nobody active is left, no place is held."""
    delegates = booking.active(books.event.id)
    for delegate in delegates:
        leave_for_good(books, delegate, reason=reason, actor=actor, now=now)
    return len(delegates)


def leave_for_good(
    books: Books, delegate: Delegate, *, reason: str, actor: Actor, now: datetime
) -> None:
    """End one registration of an event that is cancelled."""
    held = delegate.state in HOLDING_STATES
    step(delegate, "cancel", actor=actor, now=now, reason=reason)
    if held:
        books.let_go(books.needs(delegate.ticket_id))


def insist_on_reason(reason: str) -> None:
    """Insist that a decision against somebody says why."""
    if not reason.strip():
        raise Mistake("reason", NO_REASON)

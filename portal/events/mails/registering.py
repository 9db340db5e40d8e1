"""Letters about what was registered in one go."""

from collections.abc import Sequence
from typing import Any

from portal.core.wording import N_, Sentence
from portal.events.mails.letters import COORDINATES, OPEN, Words, about, about_event, to_delegate
from portal.models import DelegateState
from portal.platform import mail
from portal.platform.mail import Letter

WHERE = N_("“%(event)s” begins on %(starts)s in %(place)s. Your ticket: %(ticket)s.")
OTHERWISE = N_("If you cannot come, withdraw in good time, so that somebody else gets the place.")
WAITS = N_(
    "Every place for your ticket is held, or others wait for it. When it is your turn, we offer you"
    " a place by e-mail, and you have %(hours)s hours to accept it."
)
APPROVAL = N_(
    "The event team reads this registration and approves it or not. This is not the waiting list:"
    " you hear from us when it is decided."
)
UNCONFIRMED = N_(
    "Nobody has confirmed %(organisation)s yet. Until we have, the event team approves each of its"
    " registrations, and no place is held before that."
)

OWN = {
    DelegateState.CONFIRMED: Words(N_("You have a place at “%(event)s”"), (WHERE, OTHERWISE)),
    DelegateState.WAITLISTED: Words(
        N_("You are on the waiting list for “%(event)s”"), (WAITS, WHERE)
    ),
    DelegateState.REQUESTED: Words(
        N_("We received your registration for “%(event)s”"), (APPROVAL, WHERE)
    ),
}
REGISTERED_YOU = N_("%(by)s of %(organisation)s registered you for “%(event)s”.")
SOMEBODY_REGISTERED_YOU = N_(
    "%(address)s registered you for “%(event)s”. We have not looked at their organisation yet."
)
SUMMARY = N_("You registered people of %(organisation)s for “%(event)s”")
ONE = N_("%(name)s: %(state)s")
THEY_WAIT = N_(
    "When it is the turn of somebody who waits, they and you get an e-mail, and %(hours)s hours to"
    " accept the place."
)


def registered(registration: Any, delegates: Sequence[Any]) -> list[Letter]:
    """Tell everybody how they stand, and whoever registered them how all of them do."""
    coordinator = registration.registered_by
    letters = [first(delegate) for delegate in delegates]
    if any(delegate.email != coordinator.email for delegate in delegates):
        letters.append(summary(registration, delegates))
    return letters


def first(delegate: Any) -> Letter:
    """Tell a delegate that they are registered, and by whom if it was somebody else.

    Of an organisation that nobody confirmed no name goes along: it could be an advertisement.
    """
    words = OWN[delegate.state]
    if delegate.registration.registered_by.email != delegate.email:
        known = delegate.organisation.confirmed_at is not None
        by = REGISTERED_YOU if known else SOMEBODY_REGISTERED_YOU
        words = Words(words.subject, (by, *words.paragraphs))
    return to_delegate(delegate, words, told=about(delegate))


def summary(registration: Any, delegates: Sequence[Any]) -> Letter:
    """Tell whoever registered people how each of them stands."""
    told = about_event(registration.event) | {
        "organisation": registration.organisation.display_name
    }
    lines = [Sentence(ONE, {"name": each.name, "state": each.state}) for each in delegates]
    if any(each.state is DelegateState.WAITLISTED for each in delegates):
        lines.append(Sentence(THEY_WAIT, told))
    if registration.organisation.confirmed_at is None:
        lines.append(Sentence(UNCONFIRMED, told))
    return Letter(
        **mail.to(registration.registered_by),
        subject=Sentence(SUMMARY, told),
        paragraphs=tuple(lines),
        button=(OPEN, mail.link("/events/registrations")),
        why=COORDINATES,
    )

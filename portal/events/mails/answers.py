"""Letters about what became of one delegate."""

from portal.core.wording import N_, InZone, Sentence
from portal.events.mails.letters import OPEN_EVENT, Words, about, reader, to_both, to_delegate
from portal.events.mails.registering import OTHERWISE, OWN, WHERE
from portal.models import Delegate, DelegateState
from portal.platform import mail
from portal.platform.mail import Letter

WHY = N_("Why: %(reason)s")
ASK = N_("Ask %(contact)s whatever you want to know.")
#: What somebody wrote, as it is.
SAID = "%(said)s"

OF_OTHERS = {
    DelegateState.CONFIRMED: Words(
        N_("%(name)s has a place at “%(event)s”"),
        (N_("%(name)s has a place at “%(event)s”, with the ticket “%(ticket)s”."),),
    ),
    DelegateState.WAITLISTED: Words(
        N_("%(name)s is on the waiting list for “%(event)s”"),
        (N_("%(name)s is approved. Every place is held, or others wait for it; so %(name)s is on"
            " the waiting list, in the order of today."),),
    ),
}  # fmt: skip


def approved(delegate: Delegate) -> list[Letter]:
    """Tell that somebody may come, into a place or onto the waiting list."""
    return to_both(delegate, OWN[delegate.state], OF_OTHERS[delegate.state])


def accepted(delegate: Delegate) -> list[Letter]:
    """Confirm that an offered place is taken."""
    return to_both(delegate, OWN[delegate.state], OF_OTHERS[delegate.state])


def rejected(delegate: Delegate) -> list[Letter]:
    """Tell that somebody cannot come, and why."""
    own = Words(
        N_("We cannot give you a place at “%(event)s”"),
        (N_("You asked to come to “%(event)s”. We cannot approve it this time."), WHY, ASK),
    )
    other = Words(
        N_("%(name)s cannot come to “%(event)s”"),
        (N_("We could not approve the registration of %(name)s for “%(event)s”."), WHY, ASK),
    )
    return to_both(delegate, own, other)


def offered(delegate: Delegate) -> list[Letter]:
    """Tell that it is somebody's turn, and until when."""
    own = Words(
        N_("It is your turn: a place at “%(event)s”"),
        (
            N_("A place at “%(event)s” is free, and it is yours until %(until)s. Accept it before"
               " then; after that, it goes to the next."),
            N_("If you cannot come, please decline it, so that the next need not wait."),
            WHERE,
        ),
    )  # fmt: skip
    other = Words(
        N_("It is the turn of %(name)s: a place at “%(event)s”"),
        (
            N_("A place at “%(event)s” is free for %(name)s, until %(until)s. You or %(name)s can"
               " accept or decline it; after that, it goes to the next."),
        ),
    )  # fmt: skip
    return to_both(delegate, own, other)


def offer_ends(delegate: Delegate) -> list[Letter]:
    """Remind of an offer before it ends."""
    own = Words(
        N_("Answer by %(until)s: your place at “%(event)s”"),
        (N_("You have not answered yet. The place is yours until %(until)s; after that, it goes"
            " to the next."),),
    )  # fmt: skip
    other = Words(
        N_("Answer by %(until)s: the place of %(name)s at “%(event)s”"),
        (N_("The place that is offered to %(name)s goes to the next after %(until)s. You can accept"
            " or decline it for them."),),
    )  # fmt: skip
    return to_both(delegate, own, other)


def expired(delegate: Delegate) -> list[Letter]:
    """Tell that an offer has ended without an answer."""
    own = Words(
        N_("The offer of a place at “%(event)s” has ended"),
        (N_("You did not answer in time, so the place goes to the next. You can register again; you"
            " then wait behind those who wait now."),),
    )  # fmt: skip
    other = Words(
        N_("The offer of a place to %(name)s at “%(event)s” has ended"),
        (N_("Nobody answered in time, so the place goes to the next."),),
    )
    return to_both(delegate, own, other)


def withdrawn(delegate: Delegate) -> list[Letter]:
    """Confirm that somebody does not come."""
    own = Words(
        N_("You are not registered for “%(event)s” any more"),
        (N_("Your registration for “%(event)s” is withdrawn. Thank you for telling."),),
    )
    other = Words(
        N_("%(name)s does not come to “%(event)s”"),
        (N_("The registration of %(name)s for “%(event)s” is withdrawn."),),
    )
    return to_both(delegate, own, other)


def cancelled(delegate: Delegate) -> list[Letter]:
    """Tell that staff took a registration away, and why."""
    own = Words(
        N_("Your registration for “%(event)s” is cancelled"),
        (N_("We had to cancel your registration for “%(event)s”."), WHY, ASK),
    )
    other = Words(
        N_("The registration of %(name)s for “%(event)s” is cancelled"),
        (N_("We had to cancel the registration of %(name)s for “%(event)s”."), WHY, ASK),
    )
    return to_both(delegate, own, other)


def replaced(delegate: Delegate) -> list[Letter]:
    """Tell whoever had the place that a colleague comes instead; to be put together before."""
    words = Words(
        N_("A colleague comes to “%(event)s” in your place"),
        (N_("Your place at “%(event)s” was given to a colleague. You need do nothing."),),
    )
    told = about(delegate)
    letter = Letter(
        **reader(delegate),
        subject=Sentence(words.subject, told),
        paragraphs=tuple(Sentence(text, told) for text in words.paragraphs),
        button=(OPEN_EVENT, mail.link(f"/events/{delegate.event.slug}")),
        why=Sentence(N_("You get this because you were registered for this event.")),
    )
    return [letter]


def substituted(delegate: Delegate) -> list[Letter]:
    """Tell the colleague that the place is theirs."""
    given = N_("%(organisation)s gave you the place of a colleague.")
    if delegate.organisation.confirmed_at is None:
        given = N_("The place of somebody else was given to you.")
    words = Words(N_("You have a place at “%(event)s”"), (given, WHERE, OTHERWISE))
    return [to_delegate(delegate, words, told=about(delegate))]


def ticket_changed(delegate: Delegate) -> list[Letter]:
    """Tell that the ticket is another one now."""
    own = Words(
        N_("Your ticket for “%(event)s” has changed"),
        (N_("Your ticket for “%(event)s” is now “%(ticket)s”."),),
    )
    other = Words(
        N_("The ticket of %(name)s for “%(event)s” has changed"),
        (N_("The ticket of %(name)s for “%(event)s” is now “%(ticket)s”."),),
    )
    return to_both(delegate, own, other)


def event_moved(delegate: Delegate) -> list[Letter]:
    """Tell that an event takes place at another time or place; the registration stays."""
    event = delegate.event
    before = InZone(event.previous_starts_at or event.starts_at, event.zone)
    words = Words(
        N_("“%(event)s” has moved"),
        (
            N_("“%(event)s” was to begin on %(before)s. It now begins on %(starts)s, ends on"
               " %(ends)s, and takes place in %(place)s."),
            N_("Your registration stands. Calendars that follow the portal move by themselves."),
            OTHERWISE,
            ASK,
        ),
    )  # fmt: skip
    return [to_delegate(delegate, words, told=about(delegate, before=before))]


def event_cancelled(delegate: Delegate) -> list[Letter]:
    """Tell that an event does not take place, and why."""
    words = Words(
        N_("“%(event)s” is cancelled"),
        (
            N_("“%(event)s”, which was to begin on %(starts)s in %(place)s, does not take place."
               " Your registration has ended; you need do nothing."),
            WHY,
            ASK,
        ),
    )  # fmt: skip
    return [to_delegate(delegate, words, told=about(delegate))]


def message(delegate: Delegate, *, subject: str, text: str) -> Letter:
    """Pass on what staff write to delegates."""
    told = about(delegate)
    letter = to_delegate(delegate, Words("", ()), told=told)
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return Letter(
        **reader(delegate),
        subject=Sentence(SAID, {"said": subject}),
        paragraphs=tuple(Sentence(SAID, {"said": part}) for part in paragraphs),
        button=letter.button,
        why=letter.why,
    )

"""Letters about an event as a whole, to coordinators and to whoever answers for it."""

from portal.core.wording import N_, Sentence
from portal.events.mails.letters import COORDINATES, OPEN_EVENT, Words, about_event
from portal.models import Event, Person
from portal.platform import mail
from portal.platform.mail import Letter

CONTACT = Sentence(N_("You get this because delegates are told to ask you about this event."))


def to_coordinator(event: Event, person: Person, words: Words, **more: object) -> Letter:
    """Write to somebody who registered people for an event."""
    told = about_event(event) | more
    return Letter(
        **mail.to(person),
        subject=Sentence(words.subject, told),
        paragraphs=tuple(Sentence(text, told) for text in words.paragraphs),
        button=(OPEN_EVENT, mail.link(f"/events/{event.slug}")),
        why=COORDINATES,
    )


def moved(event: Event, person: Person) -> Letter:
    """Tell a coordinator that an event has moved."""
    words = Words(
        N_("“%(event)s” has moved"),
        (
            N_("“%(event)s” now begins on %(starts)s, ends on %(ends)s, and takes place in"
               " %(place)s. The people you registered are told, and their registrations stand."),
            N_("If somebody cannot come now, withdraw them or give the place to a colleague."),
        ),
    )  # fmt: skip
    return to_coordinator(event, person, words)


def cancelled(event: Event, person: Person) -> Letter:
    """Tell a coordinator that an event is cancelled."""
    words = Words(
        N_("“%(event)s” is cancelled"),
        (
            N_("“%(event)s” does not take place. The people you registered are told, and their"
               " registrations have ended."),
            N_("Why: %(reason)s"),
        ),
    )  # fmt: skip
    return to_coordinator(event, person, words, reason=event.cancel_reason)


def closes_soon(event: Event, person: Person) -> Letter:
    """Remind a coordinator that registration is about to close."""
    words = Words(
        N_("Registration for “%(event)s” closes on %(closes)s"),
        (
            N_("Until then you can register more colleagues, change tickets or withdraw."),
            N_("Places that become free later are not offered by themselves any more."),
        ),
    )
    return to_coordinator(event, person, words)


def closes_soon_for_staff(event: Event, *, requested: int, waiting: int) -> Letter:
    """Remind whoever answers for an event what is open when registration closes."""
    told = about_event(event) | {"requested": requested, "waiting": waiting}
    return Letter(
        **mail.to(event.contact),
        subject=Sentence(N_("Registration for “%(event)s” closes on %(closes)s"), told),
        paragraphs=(
            Sentence(N_("Awaiting approval: %(requested)s. Waiting: %(waiting)s."), told),
            Sentence(N_("After that, free places are offered by hand alone.")),
        ),
        button=(
            Sentence(N_("Open the delegates")),
            mail.link(f"/events/{event.slug}/delegates"),
        ),
        why=CONTACT,
    )

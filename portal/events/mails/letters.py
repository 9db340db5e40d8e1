"""How a letter about a delegate is put together, for the delegate and for who registered them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.core.wording import N_, Bilingual, InZone, Sentence
from portal.models import Delegate, Person
from portal.platform import mail
from portal.platform.mail import Letter

OPEN_OWN = Sentence(N_("Open your registration"))
OPEN = Sentence(N_("Open the registration"))
OPEN_EVENT = Sentence(N_("Open the event"))
YOURS = Sentence(N_("You get this because you are registered for this event."))
COORDINATES = Sentence(N_("You get this because you registered people for this event."))


@dataclass(frozen=True)
class Words:
    """The subject and the paragraphs of a letter, not yet filled in."""

    subject: str
    paragraphs: tuple[str, ...]


def about_event(event: Any) -> dict[str, object]:
    """Return what letters say of an event, or of what was read of it."""
    return {
        "event": Bilingual.of(event, "title"),
        "place": event.place,
        "starts": InZone(event.starts_at, event.zone),
        "ends": InZone(event.ends_at, event.zone),
        "closes": InZone(event.registration_closes_at, event.zone),
        "contact": event.contact_name,
        "hours": event.offer_hours,
    }


def about(delegate: Any, **more: object) -> dict[str, object]:
    """Return what letters say of a delegate, or of one who is only now made."""
    told = about_event(delegate.event)
    told |= {
        "name": delegate.name,
        "organisation": delegate.organisation_name,
        "by": delegate.registration.registered_by.name,
        "address": delegate.registration.registered_by.email,
        "reason": delegate.closed_reason,
        "ticket": Bilingual.of(delegate.ticket, "name"),
    }
    if delegate.offer_expires_at:
        told["until"] = InZone(delegate.offer_expires_at, delegate.event.zone)
    return told | more


def reader(delegate: Any) -> Mapping[str, Any]:
    """Return whom a letter to a delegate goes to, whether we know them or not."""
    if delegate.person is not None:
        return {**mail.to(delegate.person), "address": delegate.email}
    return {
        "address": delegate.email,
        "name": delegate.name,
        "language": delegate.registration.language,
    }


def to_delegate(delegate: Any, words: Words, *, told: Mapping[str, object]) -> Letter:
    """Write to the delegate. Who has no account is led to the event, where everybody may look."""
    known = delegate.person is not None
    path = f"/events/delegates/{delegate.id}" if known else f"/events/{delegate.event.slug}"
    return Letter(
        **reader(delegate),
        subject=Sentence(words.subject, told),
        paragraphs=tuple(Sentence(text, told) for text in words.paragraphs),
        button=(OPEN_OWN if known else OPEN_EVENT, mail.link(path)),
        why=YOURS,
    )


def to_coordinator(delegate: Delegate, words: Words, *, told: Mapping[str, object]) -> list[Letter]:
    """Write to whoever registered the delegate, unless they are the same or have left."""
    coordinator: Person = delegate.registration.registered_by
    if coordinator.email == delegate.email or not delegate.registration.coordinates_still:
        return []
    letter = Letter(
        **mail.to(coordinator),
        subject=Sentence(words.subject, told),
        paragraphs=tuple(Sentence(text, told) for text in words.paragraphs),
        button=(OPEN, mail.link(f"/events/delegates/{delegate.id}")),
        why=COORDINATES,
    )
    return [letter]


def to_both(delegate: Delegate, own: Words, other: Words, **more: object) -> list[Letter]:
    """Write to the delegate, and of the delegate to whoever registered them."""
    told = about(delegate, **more)
    return [to_delegate(delegate, own, told=told), *to_coordinator(delegate, other, told=told)]

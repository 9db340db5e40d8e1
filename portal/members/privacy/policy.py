"""Who may do what with people's own data."""

from portal.members.policy import administrator, membership_staff
from portal.models import (
    PORTAL,
    Actor,
    PageRevision,
    Person,
    PersonalExport,
    PrivacyKind,
    PrivacyRequest,
    RetentionRun,
)


def handles(actor: Actor, request: PrivacyRequest) -> bool:
    """Staff who look after membership, for anybody but themselves."""
    return membership_staff(actor) and request.person_id != actor.id


def finishes(actor: Actor, request: PrivacyRequest) -> bool:
    """Those who handle requests; to erase, another of them than the one who checked who asks."""
    second = actor.id != request.checked_by_id
    return handles(actor, request) and (second or request.kind is not PrivacyKind.ERASE)


def withdraws(actor: Actor, request: PrivacyRequest) -> bool:
    """The person whose data it is about."""
    return request.person_id == actor.id


def closes(actor: Actor, person: Person) -> bool:
    """The portal, when nobody answered; else staff who look after membership, not themselves."""
    return actor is PORTAL or (membership_staff(actor) and person.id != actor.id)


def makes_copy(actor: Actor, copy: PersonalExport) -> bool:
    """The portal itself, when its worker has put a copy together or its days are over."""
    return actor is PORTAL


def clears(actor: Actor, _run: RetentionRun) -> bool:
    """Administrators of the portal."""
    return actor is PORTAL or administrator(actor)


def announces(actor: Actor, _text: PageRevision) -> bool:
    """Administrators of the portal."""
    return administrator(actor)

"""Who may do what with events and delegates."""

from uuid import UUID

from portal.models import (
    PORTAL,
    Actor,
    Delegate,
    Event,
    Quota,
    Registration,
    StaffRole,
    TicketType,
)


def event_staff(actor: Actor) -> bool:
    """Staff who look after events."""
    return actor.works_on(StaffRole.EVENTS)


def runs(actor: Actor, _event: Event) -> bool:
    """Staff who look after events."""
    return event_staff(actor)


def keeps_quota(actor: Actor, _quota: Quota) -> bool:
    """Staff who look after events."""
    return event_staff(actor)


def keeps_ticket(actor: Actor, _ticket: TicketType) -> bool:
    """Staff who look after events."""
    return event_staff(actor)


def registers(actor: Actor, _event: Event) -> bool:
    """Everybody who belongs to an organisation, and staff on its behalf."""
    return bool(actor.standings) or event_staff(actor)


def registers_own(actor: Actor, _sheet: object) -> bool:
    """Everybody who belongs to an organisation."""
    return bool(actor.standings)


def registers_for(actor: Actor, _sheet: object) -> bool:
    """Staff who look after events, for an organisation that is on the phone."""
    return event_staff(actor)


def registers_colleagues(actor: Actor, organisation_id: UUID) -> bool:
    """Those who bind the organisation, and staff on its behalf."""
    return actor.represents(organisation_id) or event_staff(actor)


def registers_from(actor: Actor, organisation_id: UUID) -> bool:
    """Everybody who belongs to the organisation, and staff on its behalf."""
    return actor.belongs_to(organisation_id) or event_staff(actor)


def looks_after(actor: Actor, _delegate: Delegate) -> bool:
    """Staff who look after events."""
    return event_staff(actor)


def is_the_portal(actor: Actor, _delegate: Delegate) -> bool:
    """The portal itself, when a date or a free place demands it."""
    return actor is PORTAL


def portal_or_staff(actor: Actor, delegate: Delegate) -> bool:
    """The portal when a place becomes free, and staff who look after events."""
    return actor is PORTAL or looks_after(actor, delegate)


def binds(actor: Actor, delegate: Delegate) -> bool:
    """Those who bind the delegate's organisation, and staff on its behalf."""
    return actor.represents(delegate.organisation_id) or event_staff(actor)


def speaks_for(actor: Actor, delegate: Delegate) -> bool:
    """The delegate, those who bind the organisation, and staff on its behalf."""
    is_it = delegate.person_id is not None and delegate.person_id == actor.id
    return is_it or binds(actor, delegate)


def sees_registration(actor: Actor, registration: Registration) -> bool:
    """Whoever registered and belongs to the organisation still, those who bind it, and staff."""
    of = registration.organisation_id
    mine = registration.registered_by_id == actor.id and actor.belongs_to(of)
    return mine or registers_colleagues(actor, of)

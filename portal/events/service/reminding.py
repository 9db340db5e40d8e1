"""Reminders, each sent once: offers that end soon, and registration that closes soon."""

from datetime import datetime

from portal.events import rules
from portal.events.deeds import DelegateDeed, EventDeed
from portal.events.mails import answers, events
from portal.events.places import events as places
from portal.events.queries import booking
from portal.events.queries import sweeping as queries
from portal.extensions import db
from portal.models import PORTAL, Delegate, DelegateState, Event, EventState, Reminder
from portal.platform import audit, mail


def remind_of_offer(delegate: Delegate, *, now: datetime) -> bool:
    """Remind of an offer that ends soon. Returns whether a letter was written."""
    places.lock(delegate.event)
    delegate = booking.delegate_afresh(delegate.id)
    until = delegate.offer_expires_at
    if delegate.state is not DelegateState.OFFERED or until is None:
        return False
    if queries.was_reminded(delegate.id, queries.OFFER_RULE):
        return False
    if not rules.reminds(queries.offered_at(delegate), until, now=now):
        return False
    db.session.add(Reminder(subject_id=delegate.id, rule=queries.OFFER_RULE, sent_at=now))
    audit.record(DelegateDeed.OFFER_REMINDED, delegate, actor=PORTAL, now=now)
    mail.queue(*answers.offer_ends(delegate))
    return True


def remind_of_closing(event: Event, *, now: datetime) -> bool:
    """Remind coordinators and staff that registration closes. Returns whether it was time."""
    places.lock(event)
    if event.state is not EventState.PUBLISHED or now >= event.registration_closes_at:
        return False
    if queries.was_reminded(event.id, queries.CLOSING_RULE):
        return False
    db.session.add(Reminder(subject_id=event.id, rule=queries.CLOSING_RULE, sent_at=now))
    audit.record(EventDeed.CLOSING_REMINDED, event, actor=PORTAL, now=now)
    mail.queue(
        events.closes_soon_for_staff(
            event,
            requested=queries.in_state(event, DelegateState.REQUESTED),
            waiting=queries.in_state(event, DelegateState.WAITLISTED),
        ),
        *(events.closes_soon(event, person) for person in queries.coordinators(event)),
    )
    return True

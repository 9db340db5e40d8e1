"""Counters against rows: invariants 1 to 5, 10 and 12."""

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.core.wording import N_
from portal.events.accounts.words import Check
from portal.models import (
    ACTIVE_STATES,
    HOLDING_STATES,
    Delegate,
    DelegateState,
    Event,
    EventState,
    Quota,
    Registration,
    TicketType,
    ticket_quota,
)

HOLDERS = (
    select(func.count(Delegate.id))
    .join(ticket_quota, ticket_quota.c.ticket_id == Delegate.ticket_id)
    .where(ticket_quota.c.quota_id == Quota.id, Delegate.state.in_(HOLDING_STATES))
    .correlate(Quota)
    .scalar_subquery()
)
#: Everybody active, with how many share their address at their event.
NAMESAKES = (
    select(
        Delegate.id,
        Delegate.event_id,
        func.count().over(partition_by=(Delegate.event_id, Delegate.email)).label("number"),
    )
    .where(Delegate.state.in_(ACTIVE_STATES))
    .subquery()
)

same = aliased(Delegate)
AS_MANY = (
    select(func.count(same.id))
    .where(
        same.event_id == Delegate.event_id,
        same.organisation_id == Delegate.organisation_id,
        same.state.in_(ACTIVE_STATES),
    )
    .correlate(Delegate)
    .scalar_subquery()
)
OF_TICKET = (
    select(func.count(same.id))
    .where(
        same.ticket_id == Delegate.ticket_id,
        same.organisation_id == Delegate.organisation_id,
        same.state.in_(ACTIVE_STATES),
    )
    .correlate(Delegate)
    .scalar_subquery()
)

CHECKS: tuple[Check, ...] = (
    Check(
        invariant=1,
        about=N_("This quota holds fewer than none or more than its size."),
        subject_type="quota",
        statement=select(Quota.id, Quota.event_id).where(
            or_(Quota.held < 0, Quota.held > Quota.size)
        ),
        event=Quota.event_id,
    ),
    Check(
        invariant=2,
        about=N_("This quota counts other places than its delegates hold."),
        subject_type="quota",
        statement=select(Quota.id, Quota.event_id).where(Quota.held != HOLDERS),
        event=Quota.event_id,
    ),
    Check(
        invariant=2,
        about=N_("This delegate holds a place, and the ticket takes none from any quota."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id).where(
            Delegate.state.in_(HOLDING_STATES),
            ~exists().where(ticket_quota.c.ticket_id == Delegate.ticket_id),
        ),
        event=Delegate.event_id,
    ),
    Check(
        invariant=3,
        about=N_("This delegate has the end of an offer, and no offer; or the other way round."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id).where(
            (Delegate.state == DelegateState.OFFERED) != Delegate.offer_expires_at.is_not(None)
        ),
        event=Delegate.event_id,
    ),
    Check(
        invariant=4,
        about=N_("This delegate is registered for the event twice."),
        subject_type="delegate",
        statement=select(NAMESAKES.c.id, NAMESAKES.c.event_id).where(NAMESAKES.c.number > 1),
        event=NAMESAKES.c.event_id,
    ),
    Check(
        invariant=10,
        about=N_("This registration has nobody in it, or somebody of elsewhere."),
        subject_type="registration",
        statement=select(Registration.id, Registration.event_id)
        .outerjoin(Delegate, Delegate.registration_id == Registration.id)
        .where(
            or_(
                Delegate.id.is_(None),
                Delegate.event_id != Registration.event_id,
                Delegate.organisation_id != Registration.organisation_id,
            )
        )
        .distinct(),
        event=Registration.event_id,
    ),
    Check(
        invariant=10,
        about=N_("This delegate has a ticket of another event."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id)
        .join(TicketType, TicketType.id == Delegate.ticket_id)
        .where(TicketType.event_id != Delegate.event_id),
        event=Delegate.event_id,
    ),
    Check(
        invariant=12,
        about=N_("This delegate is registered for an event that is cancelled or a draft."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id)
        .join(Event, Event.id == Delegate.event_id)
        .where(Delegate.state.in_(ACTIVE_STATES), Event.state != EventState.PUBLISHED),
        event=Delegate.event_id,
    ),
    Check(
        invariant=5,
        about=N_("The organisation of this delegate has more delegates than it may."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id)
        .join(Event, Event.id == Delegate.event_id)
        .where(
            Delegate.state.in_(ACTIVE_STATES),
            and_(
                Event.max_per_organisation.is_not(None),
                Event.max_per_organisation < AS_MANY,
            ),
        ),
        event=Delegate.event_id,
    ),
    Check(
        invariant=5,
        about=N_("The organisation of this delegate has more of this ticket than it may."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id)
        .join(TicketType, TicketType.id == Delegate.ticket_id)
        .where(
            Delegate.state.in_(ACTIVE_STATES),
            TicketType.max_per_organisation.is_not(None),
            TicketType.max_per_organisation < OF_TICKET,
        ),
        event=Delegate.event_id,
    ),
)

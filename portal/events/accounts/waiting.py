"""The waiting list against free places, and the order of offers: invariants 6 and 7.

Somebody waits rightly when one of their quotas is full, or when somebody who has waited longer
wants one of them too.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from portal.core.wording import N_
from portal.events.accounts.words import Check
from portal.models import (
    Delegate,
    DelegateHistory,
    DelegateState,
    Event,
    EventState,
    Quota,
    ticket_quota,
)

earlier = aliased(Delegate, name="earlier")
mine = aliased(ticket_quota, name="mine")
theirs = aliased(ticket_quota, name="theirs")
began = aliased(DelegateHistory, name="began")
ended = aliased(DelegateHistory, name="ended")


def share(ticket: Any, other: Any) -> ColumnElement[bool]:
    """Return what is true of two tickets that take places from one quota."""
    both = exists().where(
        mine.c.quota_id == theirs.c.quota_id,
        mine.c.ticket_id == ticket,
        theirs.c.ticket_id == other,
    )
    return both.correlate_except(mine, theirs)


def stopped_before(step: Any) -> ColumnElement[bool]:
    """Return what is true of somebody who began to wait and stopped before another's step."""
    stopped = exists().where(
        ended.delegate_id == began.delegate_id,
        ended.before == DelegateState.WAITLISTED.value,
        ended.seq > began.seq,
        ended.seq < step.seq,
    )
    return stopped.correlate_except(ended)


FULL = exists().where(
    mine.c.ticket_id == Delegate.ticket_id,
    mine.c.quota_id == Quota.id,
    Quota.size.is_not(None),
    Quota.held >= Quota.size,
)
BEHIND = exists().where(
    earlier.event_id == Delegate.event_id,
    earlier.state == DelegateState.WAITLISTED,
    earlier.waiting_number < Delegate.waiting_number,
    share(Delegate.ticket_id, earlier.ticket_id),
)


def forgotten(*, now: datetime) -> Check:
    """Find those who wait although it is their turn and there is room."""
    open_now = and_(
        Event.state == EventState.PUBLISHED,
        Event.promotion_paused.is_(False),
        Event.registration_opens_at <= now,
        Event.registration_closes_at > now,
        Event.ends_at > now,
    )
    return Check(
        invariant=6,
        about=N_("This delegate waits, and there is room."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id)
        .join(Event, Event.id == Delegate.event_id)
        .where(Delegate.state == DelegateState.WAITLISTED, open_now, ~FULL, ~BEHIND),
        event=Delegate.event_id,
    )


offer = aliased(DelegateHistory, name="offer")
offered = aliased(Delegate, name="offered")

#: Somebody who had begun to wait before this offer was made, and had not stopped.
STILL_WAITED = and_(
    began.event_id == offer.event_id,
    began.after == DelegateState.WAITLISTED.value,
    or_(began.before.is_(None), began.before != DelegateState.WAITLISTED.value),
    began.seq < offer.seq,
    earlier.id == began.delegate_id,
    earlier.waiting_number < offered.waiting_number,
    ~stopped_before(offer),
    share(offer.ticket_id, began.ticket_id),
)
PASSED = Check(
    invariant=7,
    about=N_("This delegate was offered a place before somebody who had waited longer for it."),
    subject_type="delegate",
    statement=select(offered.id, offered.event_id)
    .join(offer, offer.delegate_id == offered.id)
    .where(offer.move == "promote", exists().where(STILL_WAITED)),
    event=offered.event_id,
)

#: Who registers while somebody waits for the same places is not confirmed at once either.
came = aliased(DelegateHistory, name="came")
newcomer = aliased(Delegate, name="newcomer")
JUMPED = Check(
    invariant=7,
    about=N_("This delegate was confirmed at once, past somebody who waited for the place."),
    subject_type="delegate",
    statement=select(newcomer.id, newcomer.event_id)
    .join(came, came.delegate_id == newcomer.id)
    .where(
        came.move.in_(("register", "approve")),
        came.after == DelegateState.CONFIRMED.value,
        exists().where(
            began.event_id == came.event_id,
            began.after == DelegateState.WAITLISTED.value,
            began.seq < came.seq,
            share(came.ticket_id, began.ticket_id),
            ~stopped_before(came),
        ),
    ),
    event=newcomer.event_id,
)

CHECKS = (PASSED, JUMPED)

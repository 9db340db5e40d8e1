"""The history against the rows, and against what may happen at all: invariants 8, 9 and 11."""

from sqlalchemy import case, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from portal.core.wording import N_
from portal.events.accounts.words import Check
from portal.events.workflow import DELEGATE
from portal.models import HOLDING_STATES, Delegate, DelegateHistory, Event
from portal.models import DelegateState as D

HOLDING = [state.value for state in HOLDING_STATES]

#: How a history may begin, and which step may follow which state.
BEGINNINGS = [D.REQUESTED.value, D.WAITLISTED.value, D.CONFIRMED.value]
LAWFUL = sorted(
    {(move.name, source.value, move.target.value) for move in DELEGATE for source in move.sources}
    | {("substitute", "confirmed", "confirmed"), ("shorten", "offered", "offered")}
    | {("change_ticket", state, state) for state in ("confirmed", "requested")}
)

line = aliased(DelegateHistory, name="line")
previous = aliased(DelegateHistory, name="previous")
BEFORE = (
    select(previous.after)
    .where(previous.delegate_id == line.delegate_id, previous.seq < line.seq)
    .order_by(previous.seq.desc())
    .limit(1)
    .correlate(line)
    .scalar_subquery()
)
LAST = (
    select(previous.after)
    .where(previous.delegate_id == Delegate.id)
    .order_by(previous.seq.desc())
    .limit(1)
    .correlate(Delegate)
    .scalar_subquery()
)
#: Places taken less places let go, as the history has it.
TAKEN = (
    select(
        func.coalesce(
            func.sum(
                case((line.after.in_(HOLDING), 1), else_=0)
                - case((line.before.in_(HOLDING), 1), else_=0)
            ),
            0,
        )
    )
    .where(line.delegate_id == Delegate.id)
    .correlate(Delegate)
    .scalar_subquery()
)

CHECKS = (
    Check(
        invariant=8,
        about=N_("This delegate took a place and let go another number of them."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id).where(
            case((Delegate.state.in_(HOLDING_STATES), 1), else_=0) != TAKEN
        ),
        event=Delegate.event_id,
    ),
    Check(
        invariant=9,
        about=N_("The history of this delegate ends in another state, or there is none."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id).where(
            or_(LAST.is_(None), Delegate.state != LAST)
        ),
        event=Delegate.event_id,
    ),
    Check(
        invariant=9,
        about=N_("A line in the history of this delegate does not follow the one before."),
        subject_type="delegate",
        statement=select(line.delegate_id, line.event_id).where(
            func.coalesce(BEFORE, "") != func.coalesce(line.before, "")
        ),
        event=line.event_id,
    ),
    Check(
        invariant=9,
        about=N_("This delegate made a step that cannot be made."),
        subject_type="delegate",
        statement=select(line.delegate_id, line.event_id).where(
            case(
                (line.before.is_(None), line.after.not_in(BEGINNINGS)),
                else_=tuple_(line.move, line.before, line.after).not_in(LAWFUL),
            )
        ),
        event=line.event_id,
    ),
    Check(
        invariant=11,
        about=N_("This delegate accepted an offer that had ended."),
        subject_type="delegate",
        statement=select(line.delegate_id, line.event_id).where(
            line.move == "accept",
            or_(line.offer_expires_at.is_(None), line.at >= line.offer_expires_at),
        ),
        event=line.event_id,
    ),
    Check(
        invariant=11,
        about=N_("The offer to this delegate lasts longer than the event."),
        subject_type="delegate",
        statement=select(Delegate.id, Delegate.event_id)
        .join(Event, Event.id == Delegate.event_id)
        .where(Delegate.state == D.OFFERED, Delegate.offer_expires_at > Event.ends_at),
        event=Delegate.event_id,
    ),
    Check(
        invariant=11,
        about=N_("The offer to this delegate ended before its time."),
        subject_type="delegate",
        statement=select(line.delegate_id, line.event_id).where(
            line.move == "expire", line.at < line.offer_expires_at
        ),
        event=line.event_id,
    ),
)

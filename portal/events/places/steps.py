"""One step of a delegate: the state, its line in the history, and what calendars ask for."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert

from portal.core.workflow import Step
from portal.events.deeds import DelegateDeed
from portal.events.workflow import DELEGATE
from portal.extensions import db
from portal.models import PORTAL, Actor, Delegate, DelegateHistory
from portal.platform import audit, database
from portal.platform.audit import About

HISTORY = insert(DelegateHistory.__table__)  # type: ignore[arg-type]  # typed as FromClause


def step(
    delegate: Delegate,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    until: datetime | None = None,
) -> Step:
    """Make a move of the workflow and write it down. `until` is the end of an offer that begins."""
    ending = delegate.offer_expires_at
    with db.session.no_autoflush:  # the row is whole again only when its companions are set
        made = DELEGATE.make(name, delegate, actor=actor, now=now)
        delegate.offer_expires_at = until
    delegate.closed_reason = reason
    offer = until or ending
    write(delegate, name, before=made.before.value, actor=actor, now=now, until=offer)
    return made


def write(
    delegate: Delegate,
    move: str,
    *,
    before: str | None,
    actor: Actor,
    now: datetime,
    until: datetime | None = None,
) -> None:
    """Write a line of the history, and let calendars know that there is something new."""
    if before is not None:
        delegate.updated_at = now
        delegate.sequence += 1
    db.session.flush()
    database.write(
        HISTORY, [line(delegate, move, before=before, actor=actor, now=now, until=until)]
    )


def line(
    delegate: Any,
    move: str,
    *,
    before: str | None,
    actor: Actor,
    now: datetime,
    until: datetime | None = None,
) -> dict[str, Any]:
    """Return a line of the history of a delegate, or of one who is only now made."""
    return {
        "event_id": delegate.event_id,
        "delegate_id": delegate.id,
        "ticket_id": delegate.ticket_id,
        "at": now,
        "move": move,
        "before": before,
        "after": delegate.state.value,
        "actor_id": None if actor is PORTAL else actor.id,
        "reason": delegate.closed_reason,
        "offer_expires_at": until,
    }


def record(
    deed: DelegateDeed,
    delegate: Delegate,
    *,
    actor: Actor,
    now: datetime,
    step: Step | None = None,
    reason: str = "",
) -> None:
    """Write the deed in the audit trail, once, for the delegate's organisation."""
    behalf = None
    if actor is not PORTAL and not actor.belongs_to(delegate.organisation_id):
        behalf = delegate.organisation_id
    about = About(
        organisation_id=delegate.organisation_id, on_behalf_of_id=behalf, step=step, note=reason
    )
    audit.record(deed, delegate, actor=actor, now=now, about=about)

"""What is looked up of milestones: one of them, those that wait, those whose day is past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, and_, bindparam, or_, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Cohort,
    Milestone,
    MilestoneState,
    Organisation,
    Participation,
    Reminder,
    StaffRole,
    StandIn,
    kind_of,
    own,
)
from portal.platform.database import read
from portal.programmes.rules import EDITABLE, MILESTONE_NEAR, MISSED_AFTER, PRESENT

#: How many milestones one sweep deals with; the next goes on.
AT_ONCE = 500
NEAR = "milestone-near"


def milestone(id: UUID, *, actor: Actor) -> Milestone:
    """Return a milestone with its company and cohort. Raises Missing otherwise."""
    found = Milestone.visible_to(actor).where(Milestone.id == id)
    return present(db.session.scalar(found.options(*around())))


def any_milestone(id: UUID) -> Milestone:
    """Return a milestone to the portal itself, which needs nobody's leave."""
    return present(
        db.session.scalar(select(Milestone).where(Milestone.id == id).options(*around()))
    )


def around() -> Sequence[Any]:
    """Return how a milestone is loaded with its company, cohort and owner."""
    company = joinedload(Milestone.participation)
    cohort = company.joinedload(Participation.cohort)
    return (
        cohort.joinedload(Cohort.programme),
        cohort.joinedload(Cohort.manager),
        company.joinedload(Participation.organisation),
        company.joinedload(Participation.responsible),
        joinedload(Milestone.owner),
    )


@dataclass(frozen=True)
class Moved:
    """A milestone and the move that somebody asks for."""

    milestone: Milestone
    move: str

    @property
    def participation(self) -> Participation:
        """Whose milestone it is."""
        return self.milestone.participation


def milestone_to_move(id: UUID, move: str, *, actor: Actor) -> Moved:
    """Return a milestone with the move that its address names. Raises Missing otherwise."""
    return Moved(milestone(id, actor=actor), move)


def missed(*, now: datetime) -> Sequence[UUID]:
    """Return the milestones whose day and the week after it are past: for the portal alone."""
    past = now.date() - MISSED_AFTER
    found = (
        select(Milestone.id)
        .join(Milestone.participation)
        .where(Milestone.state.in_(EDITABLE), Milestone.due_on < past)
        .where(Participation.state.in_(PRESENT))
    )
    return db.session.scalars(found.order_by(Milestone.due_on, Milestone.id).limit(AT_ONCE)).all()


def to_remind(*, now: datetime) -> Sequence[UUID]:
    """Return the milestones whose day is near and that nobody was reminded of: for the portal."""
    today = now.date()
    sent = select(Reminder.id).where(Reminder.subject_id == Milestone.id, Reminder.rule == NEAR)
    found = (
        select(Milestone.id)
        .join(Milestone.participation)
        .where(Milestone.state.in_(EDITABLE), Milestone.due_on >= today)
        .where(Milestone.due_on <= today + MILESTONE_NEAR, ~sent.exists())
        .where(Participation.state.in_(PRESENT))
    )
    return db.session.scalars(found.order_by(Milestone.due_on, Milestone.id).limit(AT_ONCE)).all()


def on_desk(actor: Actor, *, now: datetime, most: int = 15) -> Sequence[Any]:
    """Return the milestones that wait for this person: one statement.

    Those to be read wait for staff; those whose day comes wait for the company.
    """
    near = now.date() + MILESTONE_NEAR * 4
    return read(near_or_submitted(kind_of(actor)), near=near, most=most, **own(actor)).all()


@cache
def near_or_submitted(actor: StandIn) -> Select[Any]:
    """Put together, once for each kind of reader, the statement for the desk's milestones."""
    mine = Participation.organisation_id.in_(actor.organisation_ids)
    due = Milestone.due_on <= bindparam("near", type_=Date)
    company = and_(mine, Milestone.state.in_(EDITABLE), due)
    staff = and_(~mine, Milestone.state == MilestoneState.SUBMITTED)
    wanted = or_(company, staff) if actor.works_on(StaffRole.PROGRAMMES) else company
    found: Any = (
        select(
            Milestone.id, Milestone.title, Milestone.state, Milestone.due_on,
            Milestone.submitted_at, Organisation.display_name,
        )
        .join(Milestone.participation)
        .join(Participation.organisation)
        .where(wanted, Participation.state.in_(PRESENT))
        .order_by(Milestone.due_on, Milestone.id)
        .limit(bindparam("most"))
    )  # fmt: skip
    return found  # type: ignore[no-any-return]  # columns of many types

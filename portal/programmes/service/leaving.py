"""What somebody looked after for a company stays the company's when they leave it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from portal.extensions import db
from portal.models import Milestone, MilestoneState, Participation

#: What is over keeps the name of whoever saw to it.
OVER = (MilestoneState.ACHIEVED, MilestoneState.DROPPED)


def give_up_tasks(person_id: UUID, organisation_id: UUID, *, now: datetime) -> None:
    """Let nobody be responsible, or see to a milestone, for a company that they left."""
    ours = Participation.organisation_id == organisation_id
    responsible = update(Participation).where(ours, Participation.responsible_id == person_id)
    db.session.execute(responsible.values(responsible_id=None, version=Participation.version + 1))
    seen_to = update(Milestone).where(
        Milestone.owner_id == person_id,
        Milestone.state.not_in(OVER),
        Milestone.participation_id.in_(select(Participation.id).where(ours)),
    )
    db.session.execute(seen_to.values(owner_id=None, version=Milestone.version + 1))

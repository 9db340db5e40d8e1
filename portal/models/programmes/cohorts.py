"""Who takes part in a cohort, and the milestones they work towards."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.actor import Actor
from portal.models.base import Row
from portal.models.members.organisations import Organisation
from portal.models.members.people import Person
from portal.models.members.words import StaffRole
from portal.models.programmes.applications import Application
from portal.models.programmes.calls import Cohort
from portal.models.programmes.words import MilestoneState, ParticipationState


class Participation(Row):
    """One company in one cohort. One without an application came another way: `reason` says how."""

    __tablename__ = "participation"
    __table_args__ = (
        Index(None, "cohort_id", "organisation_id", unique=True),
        Index(None, "organisation_id"),
        CheckConstraint(
            "(state IN ('graduated', 'left_early', 'terminated')) = (left_on IS NOT NULL)",
            name="left_iff_over",
        ),
    )

    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    application_id: Mapped[UUID | None] = mapped_column(ForeignKey("application.id"), index=True)
    state: Mapped[ParticipationState] = mapped_column(default=ParticipationState.ONBOARDING)
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    cohort: Mapped[Cohort] = relationship()
    organisation: Mapped[Organisation] = relationship()
    application: Mapped[Application | None] = relationship()
    responsible: Mapped[Person | None] = relationship()
    milestones: Mapped[list[Milestone]] = relationship(
        back_populates="participation", order_by="(Milestone.due_on, Milestone.id)"
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Participation]:
        """Select what this person may see: programme staff all, companies their own."""
        if actor.works_on(StaffRole.PROGRAMMES):
            return select(cls)
        return select(cls).where(cls.organisation_id.in_(actor.organisation_ids))


class Milestone(Row):
    """Something a company means to reach by a day. `original_due_on` stays when the day moves."""

    __tablename__ = "milestone"
    __table_args__ = (
        Index(None, "participation_id", "due_on"),
        Index(None, "state", "due_on"),
        CheckConstraint(
            "(state IN ('achieved')) = (assessed_at IS NOT NULL)", name="assessed_iff_achieved"
        ),
    )

    participation_id: Mapped[UUID] = mapped_column(ForeignKey("participation.id"))
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    original_due_on: Mapped[date]
    due_on: Mapped[date]
    state: Mapped[MilestoneState] = mapped_column(default=MilestoneState.PLANNED)
    evidence: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    assessed_at: Mapped[datetime | None]
    assessed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    participation: Mapped[Participation] = relationship(back_populates="milestones")
    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Milestone]:
        """Select what this person may see: programme staff all, companies their own."""
        if actor.works_on(StaffRole.PROGRAMMES):
            return select(cls)
        own = Participation.organisation_id.in_(actor.organisation_ids)
        return select(cls).join(Participation).where(own)

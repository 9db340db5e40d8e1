"""Two rows that are one person or one organisation: proposed, looked at, brought together."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, false, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import Row
from portal.models.members.organisations import Organisation
from portal.models.members.people import Person
from portal.models.members.words import StaffRole

PROPOSED = text("state = 'proposed'")


class MergeState(Word):
    """What became of a proposal to bring two rows together."""

    PROPOSED = "proposed", N_("Waits for a second pair of eyes"), "wait"
    DONE = "done", N_("Brought together"), "good"
    DECLINED = "declined", N_("Kept apart"), "bad"
    WITHDRAWN = "withdrawn", N_("Taken back")


class MergeRecord(Row):
    """Two people, or two organisations, that staff hold to be one.

    `lost` becomes a part of `kept` once somebody else than the proposer agrees. Rows are never
    removed: who or what was lost says where it went. `counted` is how much there was to move by
    table when it was proposed, `moved` how much moved, was ended or stayed when it was done.
    """

    __tablename__ = "merge_record"
    __table_args__ = (
        CheckConstraint(
            "(kept_person_id IS NULL) = (lost_person_id IS NULL)"
            " AND (kept_organisation_id IS NULL) = (lost_organisation_id IS NULL)"
            " AND (kept_person_id IS NULL) <> (kept_organisation_id IS NULL)",
            name="two_of_a_kind",
        ),
        CheckConstraint(
            "(kept_person_id IS NULL OR kept_person_id <> lost_person_id)"
            " AND (kept_organisation_id IS NULL OR kept_organisation_id <> lost_organisation_id)",
            name="two_and_not_one",
        ),
        CheckConstraint(
            "(state = 'proposed') = (answered_at IS NULL)"
            " AND (answered_at IS NULL) = (answered_by_id IS NULL)",
            name="answered_iff_over",
        ),
        CheckConstraint("state <> 'done' OR answered_by_id <> proposed_by_id", name="four_eyes"),
        Index(
            "uq_merge_record_person",
            "lost_person_id",
            unique=True,
            sqlite_where=PROPOSED,
            postgresql_where=PROPOSED,
        ),
        Index(
            "uq_merge_record_organisation",
            "lost_organisation_id",
            unique=True,
            sqlite_where=PROPOSED,
            postgresql_where=PROPOSED,
        ),
        Index("ix_merge_record_queue", "state", "created_at", "id"),
        Index("ix_merge_record_newest", "created_at", "id"),
    )

    kept_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    lost_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    kept_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    lost_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[MergeState] = mapped_column(default=MergeState.PROPOSED)
    reason: Mapped[str] = mapped_column(default="")
    counted: Mapped[dict[str, Any]]
    moved: Mapped[dict[str, Any]]
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")

    kept_person: Mapped[Person | None] = relationship(foreign_keys=kept_person_id)
    lost_person: Mapped[Person | None] = relationship(foreign_keys=lost_person_id)
    kept_organisation: Mapped[Organisation | None] = relationship(foreign_keys=kept_organisation_id)
    lost_organisation: Mapped[Organisation | None] = relationship(foreign_keys=lost_organisation_id)
    proposed_by: Mapped[Person] = relationship(foreign_keys=proposed_by_id)
    answered_by: Mapped[Person | None] = relationship(foreign_keys=answered_by_id)

    @property
    def of_people(self) -> bool:
        """Whether people are brought together, and not organisations."""
        return self.kept_person_id is not None

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[MergeRecord]:
        """Select what this person may see: staff who look after membership, everything."""
        everything = select(cls)
        return everything if actor.works_on(StaffRole.MEMBERSHIP) else everything.where(false())

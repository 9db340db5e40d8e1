"""Lists of members that staff bring in: what was uploaded, what would become of it, what did."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import Row
from portal.models.members.people import Person
from portal.models.members.words import StaffRole


class ImportState(Word):
    """How far a list has come. Nothing of it is anybody's record before it is being written."""

    MATCHING = "matching", N_("Columns to match"), "wait"
    CHECKING = "checking", N_("Being checked"), "progress"
    READY = "ready", N_("Ready to be confirmed"), "wait"
    WRITING = "writing", N_("Being written"), "progress"
    DONE = "done", N_("Done"), "good"
    DISCARDED = "discarded", N_("Thrown away")


class ImportVerdict(Word):
    """What would become of a row, as the preview says it."""

    NEW = "new", N_("New"), "good"
    CHANGED = "changed", N_("Changes"), "progress"
    SAME = "same", N_("Unchanged")
    WRONG = "wrong", N_("Cannot be imported"), "bad"


class ImportOutcome(Word):
    """What became of a row when it was its turn to be written."""

    WRITTEN = "written", N_("Written"), "good"
    REFUSED = "refused", N_("Refused"), "bad"


class MemberImport(Row):
    """A list of organisations, people and memberships, from its upload to its last row.

    `header` is the row that holds the headings. `columns` says which field stands in which column,
    `defaults` what is taken where the list says nothing. `reached` is the last row that was checked
    or written, `handled` how many were; whoever goes on with the work goes on from there. `round`
    counts how often the columns were matched. `tallies` counts rows by verdict and outcome.
    `kinds` are the codes of the kinds of membership that begin by it; where one of them takes two,
    the first who confirms is kept, and the second has the list written.
    """

    __tablename__ = "member_import"
    __table_args__ = (
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="by_somebody"),
        CheckConstraint(
            "(state IN ('writing', 'done')) = (confirmed_at IS NOT NULL)", name="confirmed_first"
        ),
        CheckConstraint("(state = 'done') = (finished_at IS NOT NULL)", name="finished_iff_done"),
        CheckConstraint(
            "first_confirmed_by_id IS NULL OR confirmed_by_id IS NULL"
            " OR first_confirmed_by_id <> confirmed_by_id",
            name="two_people",
        ),
        Index("ix_member_import_newest", "created_at", "id"),
    )

    name: Mapped[str]
    state: Mapped[ImportState] = mapped_column(default=ImportState.MATCHING)
    header: Mapped[int]
    headings: Mapped[list[Any]]
    columns: Mapped[dict[str, Any]]
    defaults: Mapped[dict[str, Any]]
    round: Mapped[int] = mapped_column(default=0)
    total: Mapped[int]
    reached: Mapped[int] = mapped_column(default=0)
    handled: Mapped[int] = mapped_column(default=0)
    moved_at: Mapped[datetime]
    tallies: Mapped[dict[str, Any]]
    kinds: Mapped[list[Any]] = mapped_column(default=list)
    uploaded_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    first_confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    uploaded_by: Mapped[Person] = relationship(foreign_keys=uploaded_by_id)
    first_confirmed_by: Mapped[Person | None] = relationship(foreign_keys=first_confirmed_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[MemberImport]:
        """Select what this person may see: staff who look after membership, everything."""
        everything = select(cls)
        return everything if actor.works_on(StaffRole.MEMBERSHIP) else everything.where(false())


class ImportRow(Row):
    """One row of such a list, as it was typed, with what the preview says and what became of it.

    `number` is the row's number in the file. `steps` are what writing it does, `findings` what is
    wrong with it and in which column; both are sentences as `portal.members.importing` keeps them.
    """

    __tablename__ = "member_import_row"
    __table_args__ = (
        CheckConstraint(
            "outcome IS NULL OR verdict IN ('new', 'changed')", name="written_if_previewed"
        ),
        Index(None, "import_id", "number", unique=True),
        Index("ix_member_import_row_verdict", "import_id", "verdict", "number", "id"),
        Index("ix_member_import_row_outcome", "import_id", "outcome", "number", "id"),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("member_import.id"))
    number: Mapped[int]
    cells: Mapped[list[Any]]
    verdict: Mapped[ImportVerdict | None]
    steps: Mapped[list[Any]]
    findings: Mapped[list[Any]]
    outcome: Mapped[ImportOutcome | None]

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[ImportRow]:
        """Select the rows of the lists that this person may see."""
        everything = select(cls)
        return everything if actor.works_on(StaffRole.MEMBERSHIP) else everything.where(false())

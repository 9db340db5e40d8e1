"""What people ask of us about their own data, and what we remove because its time is over."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, false, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import Base, Row, append_only
from portal.models.members.people import Person
from portal.models.members.words import StaffRole
from portal.models.platform import SEQUENCE

UNDER_WAY = text("state IN ('received', 'checked')")
BEING_MADE = text("state = 'waiting'")


class PrivacyKind(Word):
    """What somebody asks for, each of them a right of theirs."""

    ACCESS = "access", N_("See what we hold about them")
    RECTIFY = "rectify", N_("Have something corrected")
    ERASE = "erase", N_("Have their data erased")
    OBJECT = "object", N_("Object to how we use their data")


class PrivacyState(Word):
    """How far such a request has come."""

    RECEIVED = "received", N_("Received"), "wait"
    CHECKED = "checked", N_("Identity checked"), "progress"
    DONE = "done", N_("Done"), "good"
    REFUSED = "refused", N_("Request refused"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class ExportState(Word):
    """How far the copy of somebody's data has come."""

    WAITING = "waiting", N_("Being put together"), "progress"
    READY = "ready", N_("Ready"), "good"
    GONE = "gone", N_("Deleted")


class RunState(Word):
    """How far a clearing of old data has come."""

    COUNTED = "counted", N_("Counted, not cleared"), "wait"
    RUNNING = "running", N_("Under way"), "progress"
    DONE = "done", N_("Done"), "good"


class PrivacyRequest(Row):
    """What somebody asks of us about their data, by when we owe an answer, and what it was.

    `due_at` is the first moment that is too late: the day after the one with the same number, a
    calendar month after the request came, or three once it is extended. Whoever checked who asks
    does not erase. `preview` is how much of each kind was there when the identity was checked.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("(checked_at IS NULL) = (checked_by_id IS NULL)", name="checked_by_whom"),
        CheckConstraint(
            "state NOT IN ('checked', 'done') OR checked_at IS NOT NULL", name="checked_first"
        ),
        CheckConstraint(
            "(state IN ('done', 'refused', 'withdrawn')) = (closed_at IS NOT NULL)",
            name="closed_iff_over",
        ),
        CheckConstraint("state <> 'refused' OR answer <> ''", name="refused_with_reason"),
        CheckConstraint(
            "kind <> 'erase' OR state <> 'done' OR closed_by_id <> checked_by_id",
            name="four_eyes",
        ),
        CheckConstraint("(extended_at IS NULL) = (extension = '')", name="extended_with_reason"),
        CheckConstraint("due_at > received_at", name="due_later"),
        Index(
            "uq_privacy_request_under_way",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=UNDER_WAY,
            postgresql_where=UNDER_WAY,
        ),
        Index(
            "ix_privacy_request_due",
            "due_at",
            "id",
            sqlite_where=UNDER_WAY,
            postgresql_where=UNDER_WAY,
        ),
        Index(None, "received_at", "id"),
        Index(None, "person_id", "received_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[PrivacyKind]
    state: Mapped[PrivacyState] = mapped_column(default=PrivacyState.RECEIVED)
    wish: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    extended_at: Mapped[datetime | None]
    extension: Mapped[str] = mapped_column(default="")
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    identity: Mapped[str] = mapped_column(default="")
    preview: Mapped[dict[str, Any]] = mapped_column(default=dict)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)
    checked_by: Mapped[Person | None] = relationship(foreign_keys=checked_by_id)
    closed_by: Mapped[Person | None] = relationship(foreign_keys=closed_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[PrivacyRequest]:
        """Select what this person may see: staff who look after people all, others their own."""
        if actor.works_on(StaffRole.MEMBERSHIP):
            return select(cls)
        return select(cls).where(cls.person_id == actor.id)


class PersonalExport(Row):
    """A copy of everything that is kept about somebody, for them alone, for a few days.

    `handled` of `total` topics are in it so far.
    """

    __tablename__ = "personal_export"
    __table_args__ = (
        CheckConstraint("(state = 'ready') = (file_id IS NOT NULL)", name="file_iff_ready"),
        CheckConstraint("state <> 'ready' OR expires_at IS NOT NULL", name="ready_for_a_while"),
        Index(
            "uq_personal_export_being_made",
            "person_id",
            unique=True,
            sqlite_where=BEING_MADE,
            postgresql_where=BEING_MADE,
        ),
        Index(None, "person_id", "asked_at"),
        Index(None, "state", "expires_at"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    state: Mapped[ExportState] = mapped_column(default=ExportState.WAITING)
    asked_at: Mapped[datetime]
    handled: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    file_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[PersonalExport]:
        """Select the copies that this person may have: their own, and nobody another's."""
        return select(cls).where(cls.person_id == actor.id)


class RetentionRun(Row):
    """One clearing of what is kept no longer: first counted, then perhaps run, batch by batch.

    `tallies` says by rule how much was `due` when it was counted, and how much is `done`. Without
    `counted_by_id` it is the nightly one.
    """

    __tablename__ = "retention_run"
    __table_args__ = (
        CheckConstraint(
            "(state = 'counted') = (started_at IS NULL)", name="started_unless_counted"
        ),
        CheckConstraint("(state = 'done') = (finished_at IS NOT NULL)", name="finished_iff_done"),
        Index(None, "counted_at", "id"),
    )

    rules: Mapped[list[Any]]
    state: Mapped[RunState] = mapped_column(default=RunState.COUNTED)
    handled: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tallies: Mapped[dict[str, Any]]
    counted_at: Mapped[datetime]
    counted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime | None]
    moved_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[RetentionRun]:
        """Select what this person may see: administrators all, others none."""
        everything = select(cls)
        if StaffRole.ADMINISTRATOR in actor.staff:
            return everything
        return everything.where(false())


class MaterialChange(Row):
    """That a version of the terms or the privacy notice changes what people agreed to.

    Everybody is asked again at their next sign-in. Written, never changed.
    """

    __tablename__ = "material_change"

    revision_id: Mapped[UUID] = mapped_column(ForeignKey("page_revision.id"), unique=True)
    summary_en: Mapped[str]
    summary_nb: Mapped[str]
    announced_at: Mapped[datetime]
    announced_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


append_only(MaterialChange.__table__)  # type: ignore[arg-type]  # typed as FromClause


class AuditRedaction(Base):
    """That the names in one line of the audit were taken out, for whom, and when. Never changed.

    Only of lines that are named here may `actor_name` and `note` be emptied; a trigger sees to it.
    """

    __tablename__ = "audit_redaction"

    seq: Mapped[int] = mapped_column(
        SEQUENCE, ForeignKey("audit_event.seq"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime]


append_only(AuditRedaction.__table__)  # type: ignore[arg-type]  # typed as FromClause

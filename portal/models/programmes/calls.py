"""Programmes, their cohorts, and the calls with the questions that they ask."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.actor import Actor
from portal.models.base import Row, append_only
from portal.models.members.people import Person
from portal.models.members.words import StaffRole
from portal.models.programmes.words import (
    CallState,
    CohortState,
    FormState,
    ProgrammeKind,
    QuestionKind,
)

DRAFT_FORM = text("state = 'draft'")


class Programme(Row):
    """An incubator or accelerator that the cluster runs year after year."""

    __tablename__ = "programme"

    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[ProgrammeKind]
    name_en: Mapped[str]
    name_nb: Mapped[str]
    summary_en: Mapped[str] = mapped_column(default="")
    summary_nb: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    text_nb: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[Programme]:
        """Select what a visitor may see: staff everything, the public what is not archived."""
        if actor and actor.works_on(StaffRole.PROGRAMMES):
            return select(cls)
        return select(cls).where(cls.archived_at.is_(None))


class Cohort(Row):
    """The companies that go through a programme together. Places live here and nowhere else.

    `held` counts open offers and taken places; only `portal.programmes.places` changes it.
    """

    __tablename__ = "cohort"
    __table_args__ = (
        CheckConstraint("held BETWEEN 0 AND capacity", name="held_within_capacity"),
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
    )

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    name_en: Mapped[str]
    name_nb: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    capacity: Mapped[int]
    held: Mapped[int] = mapped_column(default=0)
    state: Mapped[CohortState] = mapped_column(default=CohortState.PLANNED)
    manager_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))

    programme: Mapped[Programme] = relationship()
    manager: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[Cohort]:
        """Select what a visitor may see: staff everything, the public what a programme shows."""
        if actor and actor.works_on(StaffRole.PROGRAMMES):
            return select(cls)
        shown = Programme.visible_to(actor).with_only_columns(Programme.id)
        return select(cls).where(cls.programme_id.in_(shown))


class Agreement(Row):
    """A version of what a company signs when it accepts a place. Written, never changed."""

    __tablename__ = "agreement"
    __table_args__ = (Index(None, "cohort_id", "number", unique=True),)

    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    number: Mapped[int]
    text_en: Mapped[str]
    text_nb: Mapped[str]
    at: Mapped[datetime]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


append_only(Agreement.__table__)  # type: ignore[arg-type]  # typed as FromClause


class Call(Row):
    """An invitation to apply for places in a cohort.

    Open from `opens_at` (inclusive) to `closes_at` (exclusive), both instants; `zone` is the IANA
    zone that they are shown in. `decision_on` is the day by which applicants are promised an
    answer. `offer_days` is how long an offer stays open.
    """

    __tablename__ = "call"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint(
            "(published_at IS NULL AND state IN ('draft', 'cancelled', 'archived'))"
            " OR (published_at IS NOT NULL AND state <> 'draft')",
            name="published_iff_public",
        ),
        CheckConstraint("offer_days BETWEEN 1 AND 60", name="offer_days_sensible"),
        Index(None, "state", "closes_at"),
        Index(None, "closes_at", "id"),
    )

    programme_id: Mapped[UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title_en: Mapped[str]
    title_nb: Mapped[str]
    summary_en: Mapped[str] = mapped_column(default="")
    summary_nb: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    text_nb: Mapped[str] = mapped_column(default="")
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(default="Europe/Oslo")
    decision_on: Mapped[date]
    offer_days: Mapped[int] = mapped_column(default=14)
    state: Mapped[CallState] = mapped_column(default=CallState.DRAFT)
    previewed_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship()
    cohort: Mapped[Cohort] = relationship()
    contact: Mapped[Person] = relationship()
    criteria: Mapped[list[Criterion]] = relationship(
        back_populates="call", order_by="Criterion.position"
    )

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[Call]:
        """Select what a visitor may see: programme staff everything, the public what is out."""
        if actor and actor.works_on(StaffRole.PROGRAMMES):
            return select(cls)
        return select(cls).where(cls.published_at.is_not(None))


class Criterion(Row):
    """One term that an applicant has to meet; staff tick it for every application."""

    __tablename__ = "criterion"
    __table_args__ = (Index(None, "call_id", "position"),)

    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id"))
    position: Mapped[int]
    text_en: Mapped[str]
    text_nb: Mapped[str]

    call: Mapped[Call] = relationship(back_populates="criteria")


class FormVersion(Row):
    """The questions of a call as they stand or stood. Once published they never change."""

    __tablename__ = "form_version"
    __table_args__ = (
        Index(None, "call_id", "number", unique=True),
        Index(
            "uq_form_version_draft",
            "call_id",
            unique=True,
            sqlite_where=DRAFT_FORM,
            postgresql_where=DRAFT_FORM,
        ),
        CheckConstraint("(state = 'draft') = (published_at IS NULL)", name="published_iff_frozen"),
    )

    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id"))
    number: Mapped[int]
    state: Mapped[FormState] = mapped_column(default=FormState.DRAFT)
    published_at: Mapped[datetime | None]

    call: Mapped[Call] = relationship()
    sections: Mapped[list[Section]] = relationship(
        back_populates="form", order_by="Section.position"
    )

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[FormVersion]:
        """Select what a visitor may see: programme staff everything, others what was published."""
        if actor and actor.works_on(StaffRole.PROGRAMMES):
            return select(cls)
        return select(cls).where(cls.state != FormState.DRAFT)


class Section(Row):
    """A page of questions that belong together."""

    __tablename__ = "section"
    __table_args__ = (Index(None, "form_version_id", "position"),)

    form_version_id: Mapped[UUID] = mapped_column(ForeignKey("form_version.id"))
    position: Mapped[int]
    title_en: Mapped[str]
    title_nb: Mapped[str]

    form: Mapped[FormVersion] = relationship(back_populates="sections")
    questions: Mapped[list[Question]] = relationship(
        back_populates="section", order_by="Question.position"
    )


class Question(Row):
    """One thing that a call asks.

    `key` is stable through all versions of the form: answers are kept under it. `options` is a
    list of {"code", "en", "nb"}. `word_limit` belongs to long texts, `unit` to numbers.
    """

    __tablename__ = "question"
    __table_args__ = (
        Index(None, "form_version_id", "key", unique=True),
        Index(None, "section_id", "position"),
        CheckConstraint(
            "(kind IN ('single', 'multiple')) OR options_count = 0", name="options_for_choices"
        ),
    )

    form_version_id: Mapped[UUID] = mapped_column(ForeignKey("form_version.id"))
    section_id: Mapped[UUID] = mapped_column(ForeignKey("section.id"))
    position: Mapped[int]
    key: Mapped[str]
    kind: Mapped[QuestionKind]
    label_en: Mapped[str]
    label_nb: Mapped[str]
    help_en: Mapped[str] = mapped_column(default="")
    help_nb: Mapped[str] = mapped_column(default="")
    required: Mapped[bool] = mapped_column(default=True)
    word_limit: Mapped[int | None]
    unit: Mapped[str] = mapped_column(default="")
    options: Mapped[list[Any]] = mapped_column(default=list)
    options_count: Mapped[int] = mapped_column(default=0)

    section: Mapped[Section] = relationship(back_populates="questions")

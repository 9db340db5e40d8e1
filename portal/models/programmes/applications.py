"""Applications: the answers, what was sent, what was decided, what was offered."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Select, false, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.actor import Actor
from portal.models.base import BY_LETTER, Row, append_only
from portal.models.members.organisations import Organisation
from portal.models.members.people import Person
from portal.models.members.words import StaffRole
from portal.models.programmes.calls import Agreement, Call, Cohort, Criterion
from portal.models.programmes.words import (
    LIVE_STATES,
    ApplicationState,
    DecisionState,
    OfferState,
    Outcome,
)

LIVE = text("state IN (" + ", ".join(f"'{state.value}'" for state in LIVE_STATES) + ")")
LIVE_DECISION = text("state IN ('draft', 'approved')")
OPEN = text("state = 'open'")
NEVER_SENT = "state IN ('draft', 'lapsed')"


class Application(Row):
    """One organisation's answer to one call. It changes state only through its workflow.

    `applicant_name` and `applicant_key` (case-folded) are the organisation's name as it was when
    the application was begun and sent: staff lists sort and search by them. `waiting_rank` is the
    place on the waiting list, 1 being next.
    """

    __tablename__ = "application"
    __table_args__ = (
        Index(
            "uq_application_live",
            "call_id",
            "organisation_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        CheckConstraint("(submitted_at IS NULL) = (reference IS NULL)", name="reference_iff_sent"),
        CheckConstraint(
            f"submitted_at IS NOT NULL OR {NEVER_SENT} OR state = 'withdrawn'",
            name="submitted_iff_sent",
        ),
        CheckConstraint(
            "(state = 'waitlisted') = (waiting_rank IS NOT NULL)", name="rank_iff_waiting"
        ),
        Index("ix_application_by_sent", "call_id", "submitted_at", "id"),
        Index("ix_application_by_name", "call_id", "applicant_key", "id"),
        Index("ix_application_by_reference", "call_id", "reference", "id"),
        Index("ix_application_by_state", "call_id", "state", "submitted_at", "id"),
        Index("ix_application_state_name", "call_id", "state", "applicant_key", "id"),
        Index("ix_application_own", "organisation_id", "id"),
    )

    call_id: Mapped[UUID] = mapped_column(ForeignKey("call.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    applicant_name: Mapped[str]
    applicant_key: Mapped[str] = mapped_column(BY_LETTER)
    lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reference: Mapped[str | None] = mapped_column(BY_LETTER, unique=True)
    state: Mapped[ApplicationState] = mapped_column(default=ApplicationState.DRAFT)
    submitted_at: Mapped[datetime | None]
    waiting_rank: Mapped[int | None]
    closed_reason: Mapped[str] = mapped_column(default="")

    call: Mapped[Call] = relationship()
    organisation: Mapped[Organisation] = relationship()
    lead: Mapped[Person | None] = relationship()
    answers: Mapped[list[Answer]] = relationship(order_by="Answer.key")
    revisions: Mapped[list[ApplicationRevision]] = relationship(
        order_by="ApplicationRevision.number"
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Application]:
        """Select what this person may see: their organisations' own; programme staff what was sent.

        Staff also see a draft, since they help to fill it in by phone. Every way to an application
        goes through here: page, list, file, search, export.
        """
        if actor.works_on(StaffRole.PROGRAMMES):
            return select(cls)
        return select(cls).where(cls.organisation_id.in_(actor.organisation_ids))


class Answer(Row):
    """The answer to one question as it stands in the draft.

    `value` is text, a number as text, a list of option codes, "yes"/"no", an ISO date, a link, or
    the id of a stored file; None when an answer was taken back. `version` lets two people edit one
    draft and lose nothing.
    """

    __tablename__ = "answer"
    __table_args__ = (Index(None, "application_id", "key", unique=True),)

    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    key: Mapped[str]
    value: Mapped[Any] = mapped_column(JSON)
    edited_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    edited_at: Mapped[datetime]

    edited_by: Mapped[Person | None] = relationship()


class ApplicationRevision(Row):
    """What was sent, as it was sent. Written, never changed.

    `checksum` is the SHA-256 of the answers in canonical JSON.
    """

    __tablename__ = "application_revision"
    __table_args__ = (Index(None, "application_id", "number", unique=True),)

    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    number: Mapped[int]
    form_version_id: Mapped[UUID] = mapped_column(ForeignKey("form_version.id"))
    answers: Mapped[dict[str, Any]]
    checksum: Mapped[str]
    submitted_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime]


append_only(ApplicationRevision.__table__)  # type: ignore[arg-type]  # typed as FromClause


class EligibilityCheck(Row):
    """Whether one application meets one criterion, as one of the staff sees it."""

    __tablename__ = "eligibility_check"
    __table_args__ = (Index(None, "application_id", "criterion_id", unique=True),)

    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    criterion_id: Mapped[UUID] = mapped_column(ForeignKey("criterion.id"))
    met: Mapped[bool]
    note: Mapped[str] = mapped_column(default="")
    checked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime]

    criterion: Mapped[Criterion] = relationship()


class ApplicationDecision(Row):
    """What was decided about an application, by whom, and who agreed.

    The applicant reads `feedback` when the decision is published; `rationale` stays with staff.
    Whoever prepared a decision does not approve it.
    """

    __tablename__ = "application_decision"
    __table_args__ = (
        Index(
            "uq_application_decision_live",
            "application_id",
            unique=True,
            sqlite_where=LIVE_DECISION,
            postgresql_where=LIVE_DECISION,
        ),
        Index(None, "application_id", "created_at"),
        Index(None, "state", "application_id"),
        CheckConstraint("approved_by_id <> prepared_by_id", name="four_eyes"),
        CheckConstraint(
            "state NOT IN ('approved', 'published') OR approved_by_id IS NOT NULL",
            name="approved_by_somebody",
        ),
        CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name="published_when"
        ),
    )

    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    outcome: Mapped[Outcome]
    rationale: Mapped[str] = mapped_column(default="")
    feedback: Mapped[str] = mapped_column(default="")
    waiting_rank: Mapped[int | None]
    state: Mapped[DecisionState] = mapped_column(default=DecisionState.DRAFT)
    prepared_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()
    prepared_by: Mapped[Person] = relationship(foreign_keys=prepared_by_id)
    approved_by: Mapped[Person | None] = relationship(foreign_keys=approved_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[ApplicationDecision]:
        """Select what this person may see: programme staff all, applicants what is published."""
        if actor.works_on(StaffRole.PROGRAMMES):
            return select(cls)
        own = Application.organisation_id.in_(actor.organisation_ids)
        published = cls.state == DecisionState.PUBLISHED
        return select(cls).join(Application).where(own, published)


class Offer(Row):
    """A place held for an applicant until it answers or the offer expires (exclusive)."""

    __tablename__ = "offer"
    __table_args__ = (
        Index(
            "uq_offer_open",
            "application_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(None, "application_id", "offered_at"),
        Index(None, "cohort_id", "state"),
        Index(None, "state", "expires_at"),
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered_iff_over"),
        CheckConstraint(
            "(state = 'accepted') = (accepted_name IS NOT NULL)", name="name_iff_accepted"
        ),
    )

    application_id: Mapped[UUID] = mapped_column(ForeignKey("application.id"))
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("application_decision.id"))
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    agreement_id: Mapped[UUID] = mapped_column(ForeignKey("agreement.id"))
    state: Mapped[OfferState] = mapped_column(default=OfferState.OPEN)
    offered_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    accepted_name: Mapped[str | None]
    answer_note: Mapped[str] = mapped_column(default="")

    application: Mapped[Application] = relationship()
    cohort: Mapped[Cohort] = relationship()
    agreement: Mapped[Agreement] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Offer]:
        """Select what this person may see: programme staff all, applicants their own."""
        if actor.works_on(StaffRole.PROGRAMMES):
            return select(cls)
        own = Application.organisation_id.in_(actor.organisation_ids)
        return select(cls).join(Application).where(or_(false(), own))


class Reminder(Row):
    """That somebody was reminded of something once, so that nobody is reminded twice."""

    __tablename__ = "reminder"
    __table_args__ = (Index(None, "subject_id", "rule", unique=True),)

    subject_id: Mapped[UUID]
    rule: Mapped[str]
    sent_at: Mapped[datetime]

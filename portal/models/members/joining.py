"""Becoming a member: what it costs, who asks for it, and what was said on the way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import BY_LETTER, Row, append_only_but_emptied
from portal.models.events.words import VatCode
from portal.models.members.membership import Membership, MembershipTier
from portal.models.members.organisations import Organisation
from portal.models.members.people import Person
from portal.models.members.words import SizeClass, StaffRole


class PriceBand(Word):
    """For whom a price is: one class of size, or all that have none of their own."""

    ANY = "any", N_("Any size")
    MICRO = "micro", N_("Fewer than 10 people")
    SMALL = "small", N_("10 to 49 people")
    MEDIUM = "medium", N_("50 to 249 people")
    LARGE = "large", N_("250 people or more")


class JoiningState(Word):
    """How far an organisation has come with becoming a member."""

    DRAFT = "draft", N_("Draft")
    SUBMITTED = "submitted", N_("With us"), "progress"
    ASKED = "asked", N_("We have a question"), "wait"
    DEFERRED = "deferred", N_("Taken up again later"), "wait"
    APPROVED = "approved", N_("Approved"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")


#: The states in which an organisation still has something going; it may have one at a time.
OPEN_JOINING = (
    JoiningState.DRAFT,
    JoiningState.SUBMITTED,
    JoiningState.ASKED,
    JoiningState.DEFERRED,
)
#: The states in which somebody has to answer in the end, and so a day is promised.
QUEUED_JOINING = OPEN_JOINING[1:]
#: The states in which an application is over.
DECIDED_JOINING = (JoiningState.APPROVED, JoiningState.DECLINED, JoiningState.WITHDRAWN)

OPEN = text("state IN (" + ", ".join(f"'{state.value}'" for state in OPEN_JOINING) + ")")
DECIDED = text("state IN (" + ", ".join(f"'{state.value}'" for state in DECIDED_JOINING) + ")")
WAITS = text("state = 'submitted'")
QUEUED = text("state IN (" + ", ".join(f"'{state.value}'" for state in QUEUED_JOINING) + ")")


class TierPrice(Row):
    """What a year of a membership costs an organisation of a size, from a day and perhaps to one.

    In hundredths, without value added tax. `to_on` is the first day without: exclusive. Prices of
    one tier and band never overlap; whoever keeps one locks the tier and looks.
    """

    __tablename__ = "tier_price"
    __table_args__ = (
        CheckConstraint("price_ore >= 0", name="price_is_no_debt"),
        CheckConstraint("to_on IS NULL OR to_on > from_on", name="has_length"),
        Index(None, "tier_id", "band", "from_on", unique=True),
    )

    tier_id: Mapped[UUID] = mapped_column(ForeignKey("membership_tier.id"))
    band: Mapped[PriceBand]
    price_ore: Mapped[int]
    currency: Mapped[str] = mapped_column(default="NOK")
    vat_code: Mapped[VatCode]
    from_on: Mapped[date]
    to_on: Mapped[date | None]

    tier: Mapped[MembershipTier] = relationship()

    @classmethod
    def visible_to(cls, _actor: Actor | None) -> Select[TierPrice]:
        """Select the prices that this visitor may know: everybody all."""
        return select(cls)


class JoiningTerms(Row):
    """What the cluster promises to those who would like to join: one row, or what is said below.

    `promised_days` is within how many days an answer comes, `answer_days` how long a question to
    the applicant may stay without one. Where `two_approve`, nobody becomes a member by one
    person's word, whichever the tier.
    """

    __tablename__ = "joining_terms"
    __table_args__ = (
        CheckConstraint("single = 1", name="only_one"),
        CheckConstraint("promised_days > 0", name="promises_a_day"),
        CheckConstraint("answer_days > 7", name="time_to_answer"),
    )

    single: Mapped[int] = mapped_column(default=1, unique=True)
    promised_days: Mapped[int] = mapped_column(default=14)
    answer_days: Mapped[int] = mapped_column(default=60)
    two_approve: Mapped[bool] = mapped_column(default=False)
    who_en: Mapped[str] = mapped_column(default="")
    who_nb: Mapped[str] = mapped_column(default="")
    appeal_en: Mapped[str] = mapped_column(default="")
    appeal_nb: Mapped[str] = mapped_column(default="")


class MembershipApplication(Row):
    """An organisation's wish to become a member. It changes state only through its workflow.

    `answers` are by question, as the form of `form_version` asked them. The size, the price and the
    moment by which we promised an answer are what they were when it was sent. `answer_by` is the
    end of the time for an answer to our question. Where two have to approve, the first is kept here
    until the second does.
    """

    __tablename__ = "membership_application"
    __table_args__ = (
        Index(
            "uq_membership_application_open",
            "organisation_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        CheckConstraint("(submitted_at IS NULL) = (reference IS NULL)", name="reference_iff_sent"),
        CheckConstraint("(submitted_at IS NULL) = (promised_at IS NULL)", name="promised_iff_sent"),
        CheckConstraint("(submitted_at IS NULL) = (size IS NULL)", name="size_iff_sent"),
        CheckConstraint(
            "(submitted_at IS NULL) = (terms_revision_id IS NULL)", name="terms_iff_sent"
        ),
        CheckConstraint("(price_ore IS NULL) = (vat_code IS NULL)", name="vat_iff_price"),
        CheckConstraint(
            "submitted_at IS NOT NULL OR state IN ('draft', 'withdrawn')", name="sent_unless_draft"
        ),
        CheckConstraint("(state = 'asked') = (answer_by IS NOT NULL)", name="answer_iff_asked"),
        CheckConstraint(
            "(state = 'deferred') = (deferred_until IS NOT NULL)", name="until_iff_deferred"
        ),
        CheckConstraint(
            "(state = 'approved') = (membership_id IS NOT NULL)", name="member_iff_approved"
        ),
        CheckConstraint(
            "(first_approved_by_id IS NULL) = (first_approved_at IS NULL)", name="first_by_somebody"
        ),
        CheckConstraint(
            "(state IN ('approved', 'declined', 'withdrawn')) = (decided_at IS NOT NULL)",
            name="decided_iff_over",
        ),
        Index(
            "ix_membership_application_queue",
            "promised_at",
            "id",
            sqlite_where=QUEUED,
            postgresql_where=QUEUED,
        ),
        Index(
            "ix_membership_application_waiting",
            "promised_at",
            "id",
            sqlite_where=WAITS,
            postgresql_where=WAITS,
        ),
        Index("ix_membership_application_sent", "submitted_at", "id"),
        Index(
            "ix_membership_application_decided",
            "state",
            "submitted_at",
            "id",
            sqlite_where=DECIDED,
            postgresql_where=DECIDED,
        ),
        Index("ix_membership_application_own", "organisation_id", "id"),
        Index("ix_membership_application_asked", "answer_by"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    applicant_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    tier_id: Mapped[UUID] = mapped_column(ForeignKey("membership_tier.id"))
    state: Mapped[JoiningState] = mapped_column(default=JoiningState.DRAFT)
    reference: Mapped[str | None] = mapped_column(BY_LETTER, unique=True)
    form_version: Mapped[int]
    answers: Mapped[dict[str, Any]]
    billing_email: Mapped[str] = mapped_column(default="")
    invoice_reference: Mapped[str] = mapped_column(default="")
    submitted_at: Mapped[datetime | None]
    promised_at: Mapped[datetime | None]
    size: Mapped[SizeClass | None]
    price_ore: Mapped[int | None]
    vat_code: Mapped[VatCode | None]
    terms_revision_id: Mapped[UUID | None] = mapped_column(ForeignKey("page_revision.id"))
    handler_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answer_by: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    deferred_until: Mapped[date | None]
    first_approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    first_approved_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")
    membership_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership.id"))

    organisation: Mapped[Organisation] = relationship()
    tier: Mapped[MembershipTier] = relationship()
    membership: Mapped[Membership | None] = relationship()
    applicant: Mapped[Person] = relationship(foreign_keys=applicant_id)
    handler: Mapped[Person | None] = relationship(foreign_keys=handler_id)
    first_approved_by: Mapped[Person | None] = relationship(foreign_keys=first_approved_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[MembershipApplication]:
        """Select what this person may see: their organisations' own; staff what was sent."""
        own = cls.organisation_id.in_(actor.represented_ids)
        if actor.works_on(StaffRole.MEMBERSHIP):
            return select(cls).where(or_(cls.submitted_at.is_not(None), own))
        return select(cls).where(own)


class JoiningMessage(Row):
    """A question to an applicant, or the answer to it. Written, never changed.

    But emptied, long after an application came to nothing.
    """

    __tablename__ = "joining_message"
    __table_args__ = (Index(None, "application_id", "id"),)

    application_id: Mapped[UUID] = mapped_column(ForeignKey("membership_application.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    from_us: Mapped[bool]
    text: Mapped[str]
    at: Mapped[datetime]

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[JoiningMessage]:
        """Select what was said about the applications that this person may see."""
        seen = MembershipApplication.visible_to(actor).with_only_columns(MembershipApplication.id)
        return select(cls).where(cls.application_id.in_(seen))


append_only_but_emptied(
    JoiningMessage.__table__,  # type: ignore[arg-type]  # typed as FromClause
    "text",
    where="EXISTS (SELECT 1 FROM membership_application"
    " WHERE membership_application.id = OLD.application_id"
    " AND membership_application.state IN ('declined', 'withdrawn'))",
    function="portal_refuse_all_but_clearing",
)

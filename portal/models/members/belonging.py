"""Membership over the years: its terms, what members ask for, and how it ends."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import Base, Row, append_only
from portal.models.members.membership import Membership, MembershipTier
from portal.models.members.people import Person
from portal.models.members.words import StaffRole

PROPOSED, ASKED = text("state = 'proposed'"), text("state = 'asked'")


class ResignationTakes(Word):
    """When a resignation takes effect, as the statutes say."""

    PERIOD_END = "period_end", N_("At the end of the period that is paid for")
    NOTICE = "notice", N_("After the months of notice")


class MembershipTurn(Word):
    """What became of a membership when a day began, as its people and staff are told."""

    RENEWAL_DUE = "renewal_due", N_("Renewal is due"), "wait"
    LAPSED = "lapsed", N_("Lapsed"), "bad"
    REINSTATED = "reinstated", N_("Counts again"), "good"
    OVER = "over", N_("Ended")


class ExclusionState(Word):
    """How far the exclusion of a member has come."""

    PROPOSED = "proposed", N_("Waits for a second person"), "wait"
    DECIDED = "decided", N_("Decided"), "bad"
    DROPPED = "dropped", N_("Dropped")


class TierRequestState(Word):
    """What became of a member’s wish for another year or another kind of membership."""

    ASKED = "asked", N_("With us"), "progress"
    GRANTED = "granted", N_("Agreed"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")


class TierRequestTakes(Word):
    """From when a member would like what it asks for."""

    AT_ONCE = "at_once", N_("As soon as it is agreed")
    NEXT_PERIOD = "next_period", N_("With the next period")


class MembershipTerms(Row):
    """What the statutes say of membership, in one row. Without it the defaults hold.

    `grace_days` is how long a membership counts after its last day; `reinstatement_months` how long
    after that a lapsed member may come back with the same number.
    """

    __tablename__ = "membership_terms"
    __table_args__ = (
        CheckConstraint("single = 1", name="only_one"),
        CheckConstraint("grace_days >= 0", name="grace_is_counted"),
        CheckConstraint("reinstatement_months >= 0", name="return_is_counted"),
        CheckConstraint("notice_months >= 0", name="notice_is_counted"),
    )

    single: Mapped[int] = mapped_column(default=1, unique=True)
    grace_days: Mapped[int] = mapped_column(default=60)
    reinstatement_months: Mapped[int] = mapped_column(default=12)
    resignation: Mapped[ResignationTakes] = mapped_column(default=ResignationTakes.PERIOD_END)
    notice_months: Mapped[int] = mapped_column(default=3)
    two_exclude: Mapped[bool] = mapped_column(default=True)


class FormerSuspension(Base):
    """A suspension that another one followed. Never changed: what counted on a day stays known."""

    __tablename__ = "former_suspension"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="has_length"),
        Index(None, "membership_id", "from_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]


append_only(FormerSuspension.__table__)  # type: ignore[arg-type]  # typed as FromClause


class MembershipNotice(Base):
    """That the turn of a membership was told. Written once for each turn and day, never changed."""

    __tablename__ = "membership_notice"
    __table_args__ = (
        Index("uq_membership_notice", "membership_id", "turn", "on_day", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    turn: Mapped[MembershipTurn]
    on_day: Mapped[date]
    told_at: Mapped[datetime]


append_only(MembershipNotice.__table__)  # type: ignore[arg-type]  # typed as FromClause


class Exclusion(Row):
    """That staff would exclude a member, and what was decided. `from_on` is the first day without.

    Where the terms ask for two people, whoever proposed it does not decide it.
    """

    __tablename__ = "exclusion"
    __table_args__ = (
        Index(
            "uq_exclusion_proposed",
            "membership_id",
            unique=True,
            sqlite_where=PROPOSED,
            postgresql_where=PROPOSED,
        ),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided_iff_over"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="by_somebody"),
    )

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    state: Mapped[ExclusionState] = mapped_column(default=ExclusionState.PROPOSED)
    reason: Mapped[str]
    from_on: Mapped[date]
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    membership: Mapped[Membership] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=proposed_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Exclusion]:
        """Select what this person may see: staff who look after membership, everything."""
        everything = select(cls)
        return everything if actor.works_on(StaffRole.MEMBERSHIP) else everything.where(false())


class TierRequest(Row):
    """That a member asks for another year, or another kind of membership, and what was decided.

    The price is that of a year as it was shown; None where there was none. Where two people decide
    about the tier, the first is kept here until the second does.
    """

    __tablename__ = "tier_request"
    __table_args__ = (
        Index(
            "uq_tier_request_asked",
            "membership_id",
            unique=True,
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        ),
        Index(
            "ix_tier_request_waiting",
            "created_at",
            "id",
            sqlite_where=ASKED,
            postgresql_where=ASKED,
        ),
        Index(None, "membership_id", "created_at"),
        CheckConstraint("price_ore >= 0", name="price_is_no_debt"),
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided_iff_over"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="by_somebody"),
        CheckConstraint(
            "(first_approved_by_id IS NULL) = (first_approved_at IS NULL)", name="first_by_somebody"
        ),
        CheckConstraint("state <> 'declined' OR answer <> ''", name="declined_with_reason"),
    )

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    tier_id: Mapped[UUID] = mapped_column(ForeignKey("membership_tier.id"))
    takes: Mapped[TierRequestTakes]
    message: Mapped[str] = mapped_column(default="")
    price_ore: Mapped[int | None]
    state: Mapped[TierRequestState] = mapped_column(default=TierRequestState.ASKED)
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    first_approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    first_approved_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")

    membership: Mapped[Membership] = relationship()
    tier: Mapped[MembershipTier] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)
    first_approved_by: Mapped[Person | None] = relationship(foreign_keys=first_approved_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[TierRequest]:
        """Select what this person may see: membership staff all, others what their own asked."""
        if actor.works_on(StaffRole.MEMBERSHIP):
            return select(cls)
        own = select(Membership.id).where(Membership.organisation_id.in_(actor.organisation_ids))
        return select(cls).where(cls.membership_id.in_(own))

"""What a membership brings: so many of something in each year, and what was used of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import Base, Row, append_only
from portal.models.members.membership import Membership, MembershipTier


class BenefitYear(Word):
    """For how long the quantity of a benefit is given."""

    CALENDAR = "calendar", N_("Each calendar year")
    MEMBERSHIP = "membership", N_("Each period of membership")


class Benefit(Row):
    """What a tier promises: so many of something in each year. Withdrawn, never removed.

    The same `key` in several tiers is the same benefit: who changes tier takes along what was used.
    """

    __tablename__ = "benefit"
    __table_args__ = (
        Index(None, "tier_id", "key", unique=True),
        CheckConstraint("quantity > 0", name="some_of_it"),
    )

    tier_id: Mapped[UUID] = mapped_column(ForeignKey("membership_tier.id"))
    key: Mapped[str]
    label_en: Mapped[str]
    label_nb: Mapped[str]
    quantity: Mapped[int]
    unit_en: Mapped[str] = mapped_column(default="")
    unit_nb: Mapped[str] = mapped_column(default="")
    year: Mapped[BenefitYear] = mapped_column(default=BenefitYear.CALENDAR)
    rank: Mapped[int] = mapped_column(default=1)
    withdrawn_on: Mapped[date | None]

    tier: Mapped[MembershipTier] = relationship()

    @classmethod
    def visible_to(cls, _actor: Actor | None) -> Select[Benefit]:
        """Select the benefits that this visitor may see: everybody all, as on the price list."""
        return select(cls)


class BenefitUse(Base):
    """That a member used some of a benefit: a line of a ledger, never changed.

    A mistake is put right by a line that takes back what another says: `corrects_id`. What staff
    gave beyond the promise is `goodwill` and not counted against it.
    """

    __tablename__ = "benefit_use"
    __table_args__ = (
        Index("ix_benefit_use_ledger", "membership_id", "recorded_at", "id"),
        CheckConstraint("quantity <> 0", name="some_of_it"),
        CheckConstraint("(quantity < 0) = (corrects_id IS NOT NULL)", name="taken_back_by_line"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    benefit_id: Mapped[UUID] = mapped_column(ForeignKey("benefit.id"), index=True)
    used_on: Mapped[date]
    quantity: Mapped[int]
    reference: Mapped[str] = mapped_column(default="")
    goodwill: Mapped[bool] = mapped_column(default=False)
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("benefit_use.id"), unique=True)
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)

    benefit: Mapped[Benefit] = relationship()
    membership: Mapped[Membership] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[BenefitUse]:
        """Select what this person may see: staff everything, others their own organisations'."""
        if actor.is_staff_of_any:
            return select(cls)
        own = select(Membership.id).where(Membership.organisation_id.in_(actor.organisation_ids))
        return select(cls).where(cls.membership_id.in_(own))


append_only(BenefitUse.__table__)  # type: ignore[arg-type]  # typed as FromClause

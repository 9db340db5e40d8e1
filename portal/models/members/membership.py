"""Membership of the cluster: tiers, dated periods, and those who would like to join."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Select,
    bindparam,
    exists,
    false,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from portal.models.actor import Actor
from portal.models.base import Row
from portal.models.members.organisations import Organisation
from portal.models.members.people import Person
from portal.models.members.words import EndReason, EnquiryState, MembershipYear, StaffRole

LIVE = text("ends_on IS NULL")
ENDS, RESTS = text("end_reason IS NOT NULL"), text("suspended_from IS NOT NULL")
UNANSWERED = text("state IN ('new', 'taken')")

#: For so long after its last day a membership that was not renewed still counts, unless the terms
#: of the cluster say otherwise: `portal.platform.cluster.grace`.
GRACE = timedelta(days=60)
#: The days that decide whose membership counts, in statements that are put together once.
TODAY, GRACE_SINCE = bindparam("today", type_=Date), bindparam("grace_since", type_=Date)


class MembershipTier(Row):
    """A kind of membership, Gold among them. Never removed: old periods name it.

    `seats` is how many people may hold a role for one member; None is no limit. `year` is how long
    its periods are. Where `two_approve`, nobody becomes such a member by one person's word.
    """

    __tablename__ = "membership_tier"
    __table_args__ = (
        CheckConstraint("seats > 0", name="seats_for_somebody"),
        CheckConstraint("votes >= 0", name="votes_are_counted"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str]
    name_nb: Mapped[str]
    about_en: Mapped[str] = mapped_column(default="")
    about_nb: Mapped[str] = mapped_column(default="")
    rank: Mapped[int]
    open_to_apply: Mapped[bool] = mapped_column(default=True)
    seats: Mapped[int | None]
    votes: Mapped[int] = mapped_column(default=1)
    year: Mapped[MembershipYear] = mapped_column(default=MembershipYear.CALENDAR)
    two_approve: Mapped[bool] = mapped_column(default=False)


class Membership(Row):
    """An organisation's membership. Its status is read from its dates, never written down.

    `ends_on` and the periods' `to_on` are the first day without: exclusive. `end_note` says why in
    the words of whoever ended it.
    """

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_live",
            "organisation_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        CheckConstraint("(ends_on IS NULL) = (end_reason IS NULL)", name="reason_iff_ended"),
        CheckConstraint(
            "suspended_to IS NULL OR suspended_to > suspended_from", name="suspension_has_length"
        ),
        CheckConstraint(
            "notice_given_on IS NULL OR end_reason = 'resigned'", name="notice_is_of_leaving"
        ),
        Index("ix_membership_ends_on", "ends_on", "id"),
        Index(
            "ix_membership_end_reason",
            "end_reason",
            "number",
            "id",
            sqlite_where=ENDS,
            postgresql_where=ENDS,
        ),
        Index(
            "ix_membership_suspended", "suspended_from", sqlite_where=RESTS, postgresql_where=RESTS
        ),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    number: Mapped[int] = mapped_column(unique=True)
    approved_at: Mapped[datetime]
    ends_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None]
    end_note: Mapped[str] = mapped_column(default="")
    notice_given_on: Mapped[date | None]
    suspended_from: Mapped[date | None]
    suspended_to: Mapped[date | None]

    organisation: Mapped[Organisation] = relationship()
    periods: Mapped[list[MembershipPeriod]] = relationship(
        back_populates="membership", order_by="MembershipPeriod.from_on"
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Membership]:
        """Select what this person may see: staff everything, others their own organisations'."""
        if actor.is_staff_of_any:
            return select(cls)
        return select(cls).where(cls.organisation_id.in_(actor.organisation_ids))


def own_first_day(context: Any) -> date:
    """Return the first day of a period that was not split from another."""
    day: date = context.get_current_parameters()["from_on"]
    return day


class MembershipPeriod(Row):
    """A stretch of membership in one tier; renewal is a new period, a change of tier splits one.

    `year_from_on` is the first day of the period that both parts of a split one were.
    """

    __tablename__ = "membership_period"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="has_length"),
        CheckConstraint("year_from_on <= from_on", name="part_of_its_year"),
        Index(None, "membership_id", "from_on", unique=True),
        Index("ix_membership_period_to_on", "to_on", "membership_id"),
        Index("ix_membership_period_tier", "tier_id", "to_on", "from_on", "membership_id"),
        Index("ix_membership_period_from_on", "from_on", "membership_id"),
    )

    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"))
    tier_id: Mapped[UUID] = mapped_column(ForeignKey("membership_tier.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    year_from_on: Mapped[date] = mapped_column(default=own_first_day)

    membership: Mapped[Membership] = relationship(back_populates="periods")
    tier: Mapped[MembershipTier] = relationship()


def counts_now() -> Sequence[ColumnElement[bool]]:
    """Return what is true of a membership and a period of it that count today, grace included.

    `TODAY` and `GRACE_SINCE` are gaps.
    """
    return (
        or_(Membership.ends_on.is_(None), Membership.ends_on > TODAY),
        or_(
            Membership.suspended_from.is_(None),
            Membership.suspended_from > TODAY,
            Membership.suspended_to <= TODAY,
        ),
        MembershipPeriod.membership_id == Membership.id,
        MembershipPeriod.from_on <= TODAY,
        MembershipPeriod.to_on > GRACE_SINCE,
    )


def is_latest() -> ColumnElement[bool]:
    """Return what is true of the latest period that began: who changed tier has the new one."""
    later = aliased(MembershipPeriod)
    newer = exists().where(
        later.membership_id == MembershipPeriod.membership_id,
        later.from_on <= TODAY,
        later.from_on > MembershipPeriod.from_on,
    )
    return ~newer


def shown_to_all() -> Sequence[ColumnElement[bool]]:
    """Return what is true of an organisation that has a public page: a member that wants one."""
    counts = exists().where(Membership.organisation_id == Organisation.id, *counts_now())
    return (Organisation.listed.is_(true()), Organisation.confirmed_at.is_not(None), counts)


class MembershipEnquiry(Row):
    """Somebody who is not here yet would like their company to join: a task for staff."""

    __tablename__ = "membership_enquiry"
    __table_args__ = (
        Index(None, "state", "created_at"),
        Index(None, "created_at"),
        Index(
            "ix_membership_enquiry_unanswered",
            "created_at",
            "id",
            sqlite_where=UNANSWERED,
            postgresql_where=UNANSWERED,
        ),
    )

    organisation_name: Mapped[str]
    name: Mapped[str]
    email: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    message: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    state: Mapped[EnquiryState] = mapped_column(default=EnquiryState.NEW)
    handled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    handled_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(default="")

    handled_by: Mapped[Person | None] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[MembershipEnquiry]:
        """Select what this person may see: staff who look after membership, everything."""
        everything = select(cls)
        return everything if actor.works_on(StaffRole.MEMBERSHIP) else everything.where(false())

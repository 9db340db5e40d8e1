"""Runs of renewals: which memberships, what each would get, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, false, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import Row
from portal.models.members.membership import MembershipTier
from portal.models.members.organisations import Organisation
from portal.models.members.people import Person
from portal.models.members.words import StaffRole


class RenewalState(Word):
    """How far a run of renewals has come. No membership is renewed before it runs."""

    GATHERING = "gathering", N_("Looking up members"), "progress"
    READY = "ready", N_("Ready to be started"), "wait"
    RUNNING = "running", N_("Renewing"), "progress"
    STOPPED = "stopped", N_("Stopped"), "wait"
    DONE = "done", N_("Done"), "good"
    DISCARDED = "discarded", N_("Thrown away")


class RenewalVerdict(Word):
    """What a run does with a membership, and why one is left out."""

    RENEW = "renew", N_("To be renewed"), "good"
    RESIGNED = "resigned", N_("Left out: it ends")
    SUSPENDED = "suspended", N_("Left out: suspended"), "wait"
    UNCONFIRMED = "unconfirmed", N_("Left out: the organisation is not confirmed"), "wait"
    BY_HAND = "by_hand", N_("Left out by hand")


class RenewalOutcome(Word):
    """What became of a line when it was its turn."""

    RENEWED = "renewed", N_("Renewed"), "good"
    SKIPPED = "skipped", N_("Not renewed: it was changed meanwhile"), "bad"


class RenewalRun(Row):
    """Renewal of all memberships whose period ends in a window, from its preview to its last line.

    `last_from` and `last_until` are the first and the last of their last days. `reached`
    is the number of the last membership that was looked up or renewed, `handled` how many were.
    `tallies` counts lines by verdict and outcome.
    """

    __tablename__ = "renewal_run"
    __table_args__ = (
        CheckConstraint("last_until >= last_from", name="window_has_length"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="by_somebody"),
        CheckConstraint(
            "(state IN ('running', 'stopped', 'done')) = (confirmed_at IS NOT NULL)",
            name="confirmed_first",
        ),
        CheckConstraint("(state = 'done') = (finished_at IS NOT NULL)", name="finished_iff_done"),
        Index("ix_renewal_run_newest", "created_at", "id"),
    )

    last_from: Mapped[date]
    last_until: Mapped[date]
    tier_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership_tier.id"))
    state: Mapped[RenewalState] = mapped_column(default=RenewalState.GATHERING)
    part: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    reached: Mapped[int] = mapped_column(default=0)
    handled: Mapped[int] = mapped_column(default=0)
    moved_at: Mapped[datetime]
    tallies: Mapped[dict[str, Any]]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    tier: Mapped[MembershipTier | None] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=made_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[RenewalRun]:
        """Select what this person may see: staff who look after membership, everything."""
        everything = select(cls)
        return everything if actor.works_on(StaffRole.MEMBERSHIP) else everything.where(false())


class RenewalLine(Row):
    """One membership in such a run: the period it would get, what is decided, what became of it."""

    __tablename__ = "renewal_line"
    __table_args__ = (
        CheckConstraint("to_on > from_on", name="has_length"),
        CheckConstraint("outcome IS NULL OR verdict = 'renew'", name="renewed_if_previewed"),
        Index(None, "run_id", "number", unique=True),
        Index("ix_renewal_line_verdict", "run_id", "verdict", "number", "id"),
        Index("ix_renewal_line_outcome", "run_id", "outcome", "number", "id"),
    )

    run_id: Mapped[UUID] = mapped_column(ForeignKey("renewal_run.id"))
    number: Mapped[int]
    membership_id: Mapped[UUID] = mapped_column(ForeignKey("membership.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    tier_id: Mapped[UUID] = mapped_column(ForeignKey("membership_tier.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    verdict: Mapped[RenewalVerdict]
    outcome: Mapped[RenewalOutcome | None]

    run: Mapped[RenewalRun] = relationship()
    organisation: Mapped[Organisation] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[RenewalLine]:
        """Select the lines of the runs that this person may see."""
        everything = select(cls)
        return everything if actor.works_on(StaffRole.MEMBERSHIP) else everything.where(false())

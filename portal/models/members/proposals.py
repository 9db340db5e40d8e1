"""Changes to what staff must check of an organisation, and roles that need somebody new."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import Row
from portal.models.members.organisations import Organisation
from portal.models.members.people import Person
from portal.models.members.words import AffiliationRole, NumberKind

OPEN = text("state = 'open'")


class ProposalState(Word):
    """What became of a change that an organisation proposed."""

    OPEN = "open", N_("Waits for the cluster’s staff"), "wait"
    ACCEPTED = "accepted", N_("Made"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    REPLACED = "replaced", N_("Replaced by a newer one")
    WITHDRAWN = "withdrawn", N_("Taken back")


class OrganisationProposal(Row):
    """What an organisation would like to be called or registered as, until staff looked at it."""

    __tablename__ = "organisation_proposal"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered_iff_over"),
        CheckConstraint("(number_kind = 'none') = (number IS NULL)", name="number_iff_registered"),
        CheckConstraint("length(country) = 2", name="country_of_two_letters"),
        Index(
            "uq_organisation_proposal_open",
            "organisation_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_organisation_proposal_queue", "state", "created_at", "id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.OPEN)
    display_name: Mapped[str]
    legal_name: Mapped[str]
    number_kind: Mapped[NumberKind]
    number: Mapped[str | None]
    country: Mapped[str]
    message: Mapped[str] = mapped_column(default="")
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(default="")

    organisation: Mapped[Organisation] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=proposed_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[OrganisationProposal]:
        """Select what this person may see: staff everything, others their own organisations'."""
        if actor.is_staff_of_any:
            return select(cls)
        return select(cls).where(cls.organisation_id.in_(actor.organisation_ids))


class SuccessionState(Word):
    """Whether somebody took over."""

    OPEN = "open", N_("Name a successor"), "wait"
    DONE = "done", N_("Handed over"), "good"
    DROPPED = "dropped", N_("Not needed")


class SuccessionCause(Word):
    """Why a role needs somebody new."""

    LEFT = "left", N_("The person left")
    BLOCKED = "blocked", N_("The account is blocked")
    UNREACHABLE = "unreachable", N_("Mail to the person comes back")


class Succession(Row):
    """A role in an organisation that nobody can be reached in any more."""

    __tablename__ = "succession"
    __table_args__ = (
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_iff_over"),
        Index(
            "uq_succession_open",
            "organisation_id",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index("ix_succession_queue", "state", "created_at", "id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[AffiliationRole]
    cause: Mapped[SuccessionCause]
    state: Mapped[SuccessionState] = mapped_column(default=SuccessionState.OPEN)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Succession]:
        """Select what this person may see: staff everything, others their own organisations'."""
        if actor.is_staff_of_any:
            return select(cls)
        return select(cls).where(cls.organisation_id.in_(actor.organisation_ids))

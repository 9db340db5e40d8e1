"""The domains of organisations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import BY_LETTER, Row
from portal.models.members.organisations import Organisation

VERIFIED, WAITS = text("verified_at IS NOT NULL"), text("verified_at IS NULL")


class DomainProof(Word):
    """How it was shown that a domain is an organisation's."""

    STAFF = "staff", N_("Confirmed by our staff")
    MAIL = "mail", N_("An administrator has a confirmed address there")


class OrganisationDomain(Row):
    """A domain of the internet that is an organisation's, once that is verified.

    Whoever has a proven address there is offered to ask for a place. It gives no right.
    """

    __tablename__ = "organisation_domain"
    __table_args__ = (
        CheckConstraint("domain = lower(domain)", name="domain_in_lower_case"),
        CheckConstraint("(verified_at IS NULL) = (method IS NULL)", name="method_iff_verified"),
        Index(
            "uq_organisation_domain_verified",
            "domain",
            unique=True,
            sqlite_where=VERIFIED,
            postgresql_where=VERIFIED,
        ),
        Index("uq_organisation_domain_once", "organisation_id", "domain", unique=True),
        Index("ix_organisation_domain_list", "domain", "id"),
        Index(
            "ix_organisation_domain_waiting",
            "created_at",
            "id",
            sqlite_where=WAITS,
            postgresql_where=WAITS,
        ),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    domain: Mapped[str] = mapped_column(BY_LETTER)
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    method: Mapped[DomainProof | None]

    organisation: Mapped[Organisation] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[OrganisationDomain]:
        """Select what this person may keep: staff all, others those of their organisations."""
        if actor.is_staff_of_any:
            return select(cls)
        return select(cls).where(cls.organisation_id.in_(actor.organisation_ids))

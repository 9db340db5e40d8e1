"""Who is invited to an organisation, and who asks to belong to one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from portal.models.actor import Actor
from portal.models.base import Row
from portal.models.members.addresses import EmailAddress
from portal.models.members.organisations import Organisation
from portal.models.members.people import Person
from portal.models.members.words import AffiliationRole, InvitationState, RequestState

PENDING = text("state = 'pending'")
OPEN = text("state = 'open'")


class Invitation(Row):
    """A letter that lets the holder of one address join one organisation, until it expires.

    `holder_id` is whose proven address it is, if we know: any of their addresses will do.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_pending",
            "organisation_id",
            "email",
            unique=True,
            sqlite_where=PENDING,
            postgresql_where=PENDING,
        ),
        CheckConstraint("(state = 'pending') = (answered_at IS NULL)", name="answered_iff_over"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(index=True)
    holder_id: Mapped[UUID | None] = column_property(
        select(EmailAddress.person_id)
        .where(EmailAddress.address == email, EmailAddress.verified_at.is_not(None))
        .scalar_subquery()
    )
    role: Mapped[AffiliationRole]
    message: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    token_hash: Mapped[str] = mapped_column(unique=True)
    invited_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.PENDING)
    answered_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    invited_by: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Invitation]:
        """Select what this person may see: staff everything, others their own organisations'."""
        if actor.is_staff_of_any:
            return select(cls)
        return select(cls).where(cls.organisation_id.in_(actor.organisation_ids))


class JoinRequest(Row):
    """Somebody asks to belong to an organisation that is already here."""

    __tablename__ = "join_request"
    __table_args__ = (
        Index(
            "uq_join_request_open",
            "organisation_id",
            "person_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="answered_iff_over"),
        Index("ix_join_request_queue", "state", "created_at", "id"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    message: Mapped[str] = mapped_column(default="")
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[JoinRequest]:
        """Select what this person may see: staff everything, others what they asked or answer."""
        if actor.is_staff_of_any:
            return select(cls)
        mine = cls.person_id == actor.id
        return select(cls).where(mine | cls.organisation_id.in_(actor.organisation_ids))

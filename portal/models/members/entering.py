"""Ways in besides the password: links by mail, and others who vouch for people."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Select, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.actor import Actor
from portal.models.base import Base, Row
from portal.models.members.people import Person


class SignInLink(Row):
    """A link that signs somebody in, once, in the browser that asked. Only hashes are kept."""

    __tablename__ = "sign_in_link"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    browser_hash: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class IssuerIdentity(Row):
    """Somebody as another issuer knows them: by issuer and subject, and never by an address.

    `claimed` is the address that the issuer told when it was linked, for its owner to know it by.
    """

    __tablename__ = "issuer_identity"
    __table_args__ = (Index("uq_issuer_identity_subject", "issuer", "subject", unique=True),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    claimed: Mapped[str] = mapped_column(default="")
    last_used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[IssuerIdentity]:
        """Select what this person may unlink: their own."""
        return select(cls).where(cls.person_id == actor.id)


class UsedAnswer(Base):
    """An answer of an issuer that was used, so that it is used once."""

    __tablename__ = "used_answer"

    digest: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)

"""What somebody shows besides a password: passkeys, an authenticator app, recovery codes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Select, false, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.actor import Actor
from portal.models.base import Row
from portal.models.members.factor_words import RemovalState
from portal.models.members.people import Person
from portal.models.members.words import StaffRole


class Passkey(Row):
    """A key that a person's device holds for us. We keep its public half alone.

    `credential_id` and `public_key` are base64url. `sign_count` only grows; a key that counts
    backwards has a twin somewhere. `synced` says that it can be copied to other devices of the
    person, `backed_up` that it was.
    """

    __tablename__ = "passkey"
    __table_args__ = (CheckConstraint("sign_count >= 0", name="counts_up"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    credential_id: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str]
    name: Mapped[str]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[Any]]
    synced: Mapped[bool]
    backed_up: Mapped[bool]
    last_used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Passkey]:
        """Select the passkeys that this person may rename and remove: their own."""
        return select(cls).where(cls.person_id == actor.id)


class AuthenticatorApp(Row):
    """An app that shows a code every half minute. Its secret follows from `salt` and our own key.

    `last_step` is the half minute of the last code that was taken: it and older ones are refused.
    Until a code of it was seen, it is not confirmed and opens nothing.
    """

    __tablename__ = "authenticator_app"
    __table_args__ = (
        Index(
            "uq_authenticator_app_confirmed",
            "person_id",
            unique=True,
            sqlite_where=text("confirmed_at IS NOT NULL"),
            postgresql_where=text("confirmed_at IS NOT NULL"),
        ),
        Index(
            "uq_authenticator_app_waiting",
            "person_id",
            unique=True,
            sqlite_where=text("confirmed_at IS NULL"),
            postgresql_where=text("confirmed_at IS NULL"),
        ),
        CheckConstraint("confirmed_at IS NULL OR last_step IS NOT NULL", name="confirmed_by_code"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    salt: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None] = mapped_column(BigInteger)

    person: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[AuthenticatorApp]:
        """Select the app that this person may remove: their own."""
        return select(cls).where(cls.person_id == actor.id)


class RecoveryCode(Row):
    """A code on paper that works once. Only an Argon2id hash of it is kept.

    `active_at` is when its owner tried one of the same sheet: until then the sheet opens nothing,
    and the one before it still does.
    """

    __tablename__ = "recovery_code"
    __table_args__ = (
        Index(None, "person_id", "used_at"),
        CheckConstraint("used_at IS NULL OR active_at IS NOT NULL", name="used_once_active"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str]
    active_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[RecoveryCode]:
        """Select the codes that this person may count: their own."""
        return select(cls).where(cls.person_id == actor.id)


class FactorRemoval(Row):
    """Somebody lost what they sign in with, and asks us to take it away. Two of us have to agree.

    `check_note` says how the first of them made sure who is asking.
    """

    __tablename__ = "factor_removal"
    __table_args__ = (
        CheckConstraint(
            "(checked_by_id IS NULL) = (checked_at IS NULL)", name="checked_by_somebody"
        ),
        CheckConstraint(
            "(state = 'done') = (approved_by_id IS NOT NULL)", name="done_iff_approved"
        ),
        CheckConstraint(
            "approved_by_id IS NULL OR approved_by_id <> checked_by_id", name="two_people"
        ),
        CheckConstraint(
            "state NOT IN ('checked', 'done') OR checked_at IS NOT NULL", name="checked_first"
        ),
        CheckConstraint(
            "(state IN ('asked', 'checked')) = (closed_at IS NULL)", name="closed_iff_over"
        ),
        Index(
            "uq_factor_removal_live",
            "person_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ix_factor_removal_open",
            "created_at",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[RemovalState] = mapped_column(default=RemovalState.ASKED)
    reason: Mapped[str]
    check_note: Mapped[str] = mapped_column(default="")
    checked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    checked_by: Mapped[Person | None] = relationship(foreign_keys=checked_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[FactorRemoval]:
        """Select the requests that this person may handle: administrators all, others none."""
        everything = select(cls)
        return everything if StaffRole.ADMINISTRATOR in actor.staff else everything.where(false())

"""People, how they sign in, and what they may do for the cluster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    and_,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.core.alphabet import name_key
from portal.models.actor import Actor
from portal.models.base import BY_LETTER, Called, Row, append_only
from portal.models.members.factor_words import FactorKind, SignInWay
from portal.models.members.words import PersonState, StaffRole, TokenPurpose


class Person(Row):
    """Someone we know: with a password they can sign in, without one staff act for them.

    `email` is kept in lower case. `password_hash` is an Argon2id hash in its own notation. Who
    turned out to be somebody else says whom: `merged_into_id`.
    `factor_since` is since when the person has a second factor: a passkey, or an app that is
    confirmed. Browsers that signed in before `browsers_from` are known no longer.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        Index("ix_person_name", "name_key", "id"),
    )

    email: Mapped[str] = mapped_column(BY_LETTER, unique=True)
    name: Mapped[str] = mapped_column(Called)
    name_key: Mapped[str] = mapped_column(BY_LETTER)
    phone: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    state: Mapped[PersonState] = mapped_column(default=PersonState.ACTIVE)
    password_hash: Mapped[str | None]
    verified_at: Mapped[datetime | None]
    last_signed_in_at: Mapped[datetime | None]
    pseudonymised_at: Mapped[datetime | None]
    factor_since: Mapped[datetime | None]
    browsers_from: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    @validates("name")
    def keep_key(self, _key: str, name: str) -> str:
        """Keep what lists sort and search by in step with the name."""
        self.name_key = name_key(name)
        return name

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Person]:
        """Select whom this person may see: staff everybody, others themselves and colleagues."""
        from portal.models.members.organisations import Affiliation  # noqa: PLC0415 - a cycle

        if actor.is_staff_of_any:
            return select(cls)
        colleagues = select(Affiliation.person_id).where(
            Affiliation.organisation_id.in_(actor.organisation_ids),
            Affiliation.ends_at.is_(None),
        )
        return select(cls).where((cls.id == actor.id) | cls.id.in_(colleagues))


def is_told() -> Sequence[ColumnElement[bool]]:
    """Return what is true of people who are written to about what is theirs to see.

    Their account is in use and its address proven. Who was added by staff and was never here is
    written to where staff know them to be: by that mailbox alone they come to see it here.
    """
    never_here = and_(Person.password_hash.is_(None), Person.last_signed_in_at.is_(None))
    proven = or_(Person.verified_at.is_not(None), never_here)
    return (Person.state == PersonState.ACTIVE, proven)


class LoginSession(Row):
    """One browser that somebody signed in with. Only a hash of its token is kept.

    `way` is how it began, `factor` the second thing that was shown. `proved_at` is when its person
    last proved who they are, with all that they have; a session without it waits for the second
    factor and opens nothing.
    """

    __tablename__ = "login_session"
    __table_args__ = (
        Index(None, "person_id", "ended_at"),
        CheckConstraint("(factor IS NULL) = (factor_at IS NULL)", name="factor_has_time"),
        CheckConstraint("factor IS NULL OR proved_at IS NOT NULL", name="whole_with_factor"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    way: Mapped[SignInWay] = mapped_column(default=SignInWay.PASSWORD)
    factor: Mapped[FactorKind | None]
    factor_at: Mapped[datetime | None]
    proved_at: Mapped[datetime | None]
    authenticated_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    browser: Mapped[str] = mapped_column(default="")
    address_prefix: Mapped[str] = mapped_column(default="")
    acting_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))

    person: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[LoginSession]:
        """Select the sessions this person may end: their own; administrators all."""
        everything = select(cls)
        if StaffRole.ADMINISTRATOR in actor.staff:
            return everything
        return everything.where(cls.person_id == actor.id)


class OneTimeToken(Row):
    """A link that works once. Only a hash of it is kept."""

    __tablename__ = "one_time_token"

    purpose: Mapped[TokenPurpose]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()


class StaffGrant(Row):
    """A role in the cluster's staff, from a moment and perhaps to one. Replaced, never edited."""

    __tablename__ = "staff_grant"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_start"),
        Index(
            "uq_staff_grant_live",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("ends_at IS NULL"),
            postgresql_where=text("ends_at IS NULL"),
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[StaffRole]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    granted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    granted_by: Mapped[Person | None] = relationship(foreign_keys=granted_by_id)

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[StaffGrant]:
        """Select the grants this person may see: administrators all, others their own."""
        if StaffRole.ADMINISTRATOR in actor.staff:
            return select(cls)
        return select(cls).where(cls.person_id == actor.id)


class ConsentEvent(Row):
    """Proof that somebody accepted a version of a text. Written, never changed."""

    __tablename__ = "consent_event"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    revision_id: Mapped[UUID] = mapped_column(ForeignKey("page_revision.id"))
    at: Mapped[datetime]


append_only(ConsentEvent.__table__)  # type: ignore[arg-type]  # typed as FromClause

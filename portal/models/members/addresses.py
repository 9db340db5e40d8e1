"""The e-mail addresses of people."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    Select,
    event,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.models.actor import Actor
from portal.models.base import BY_LETTER, Row
from portal.models.members.people import Person

PRIMARY = text("is_primary")


class Delivery(Word):
    """Whether letters reach an address, as far as anybody knows."""

    FINE = "fine", N_("Letters get through"), "good"
    UNREACHABLE = "unreachable", N_("Letters come back"), "bad"


def domain_of(address: str) -> str:
    """Return the part of an address that names the host."""
    return address.rpartition("@")[2]


class EmailAddress(Row):
    """An address that is somebody's: the one that they have first, or one that they proved.

    The primary one is kept on the person as well, so that who is asking is one statement and lists
    of people need no second table. It follows the person, by the listeners below.
    """

    __tablename__ = "email_address"
    __table_args__ = (
        CheckConstraint("address = lower(address)", name="address_in_lower_case"),
        CheckConstraint("is_primary OR verified_at IS NOT NULL", name="primary_or_proven"),
        CheckConstraint(
            "(delivery = 'unreachable') = (unreachable_since IS NOT NULL)",
            name="since_iff_unreachable",
        ),
        Index(
            "uq_email_address_primary",
            "person_id",
            unique=True,
            sqlite_where=PRIMARY,
            postgresql_where=PRIMARY,
        ),
        Index(None, "domain", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    address: Mapped[str] = mapped_column(BY_LETTER, unique=True)
    domain: Mapped[str] = mapped_column(BY_LETTER)
    verified_at: Mapped[datetime | None]
    is_primary: Mapped[bool] = mapped_column(default=False)
    delivery: Mapped[Delivery] = mapped_column(default=Delivery.FINE)
    unreachable_since: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[EmailAddress]:
        """Select the addresses that this person may keep: staff everybody's, others their own."""
        if actor.is_staff_of_any:
            return select(cls)
        return select(cls).where(cls.person_id == actor.id)


@event.listens_for(Person, "after_insert")
def keep_first(_mapper: Mapper[Person], connection: Connection, person: Person) -> None:
    """Let everybody have the address that they begin with."""
    connection.execute(
        insert(EmailAddress).values(
            id=uuid7(),
            created_at=person.created_at or clock.now(),
            version=1,
            person_id=person.id,
            address=person.email,
            domain=domain_of(person.email),
            verified_at=person.verified_at,
            is_primary=True,
            delivery=Delivery.FINE,
            refusal="",
        )
    )


@event.listens_for(Person, "after_update")
def keep_primary(_mapper: Mapper[Person], connection: Connection, person: Person) -> None:
    """Let the primary address follow the person."""
    kept: Any = inspect(person).attrs
    if not (kept.email.history.has_changes() or kept.verified_at.history.has_changes()):
        return
    mine = update(EmailAddress).where(
        EmailAddress.person_id == person.id, EmailAddress.is_primary.is_(True)
    )
    connection.execute(
        mine.values(
            address=person.email,
            domain=domain_of(person.email),
            verified_at=person.verified_at,
            version=EmailAddress.version + 1,
        )
    )


class AddressClaim(Row):
    """An address that somebody says is theirs, until they prove it. Many may claim the same one."""

    __tablename__ = "address_claim"
    __table_args__ = (
        CheckConstraint("address = lower(address)", name="address_in_lower_case"),
        Index("uq_address_claim_of_person", "person_id", "address", unique=True),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    address: Mapped[str] = mapped_column(BY_LETTER)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)

    person: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[AddressClaim]:
        """Select what this person claims."""
        return select(cls).where(cls.person_id == actor.id)

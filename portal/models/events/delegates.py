"""Who takes part in an event: what was registered in one go, each delegate, and their past."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Select,
    and_,
    exists,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship, validates
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.alphabet import name_key
from portal.models.actor import Actor
from portal.models.base import BY_LETTER, Base, Called, Row, append_only
from portal.models.events.events import Event, TicketType
from portal.models.events.words import ACTIVE_STATES, DelegateState, VatCode
from portal.models.members.organisations import Affiliation, Organisation
from portal.models.members.people import Person, StaffGrant
from portal.models.members.words import StaffRole
from portal.models.platform import SEQUENCE

ACTIVE = text("state IN (" + ", ".join(f"'{state.value}'" for state in ACTIVE_STATES) + ")")
WAITING = text("state = 'waitlisted'")
OFFERED = text("state = 'offered'")
UNCLAIMED = text("person_id IS NULL")


class Registration(Row):
    """Several people of one organisation, registered by somebody in one go.

    `client_token` comes with the form: sent twice, it registers once. `language` is what those are
    written to in whom we do not know.
    """

    __tablename__ = "registration"
    __table_args__ = (
        Index(None, "event_id", "organisation_id"),
        Index(None, "organisation_id"),
        Index(None, "registered_by_id"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    registered_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    client_token: Mapped[str] = mapped_column(unique=True)
    purchase_reference: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")

    #: Whether whoever registered them still works for the organisation, or for the cluster; who
    #: does not hears no more of them.
    coordinates_still: Mapped[bool] = column_property(
        or_(
            exists()
            .where(Affiliation.person_id == registered_by_id)
            .where(Affiliation.organisation_id == organisation_id)
            .where(Affiliation.ends_at.is_(None))
            .correlate_except(Affiliation),
            exists()
            .where(StaffGrant.person_id == registered_by_id, StaffGrant.ends_at.is_(None))
            .correlate_except(StaffGrant),
        )
    )

    event: Mapped[Event] = relationship()
    organisation: Mapped[Organisation] = relationship()
    registered_by: Mapped[Person] = relationship()
    delegates: Mapped[list[Delegate]] = relationship(
        back_populates="registration", order_by="Delegate.id"
    )

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Registration]:
        """Select what this person may see: events staff all, others what they bind or made.

        What somebody made they see while they belong to the organisation that it was made for.
        """
        if actor.works_on(StaffRole.EVENTS):
            return select(cls)
        bound = cls.organisation_id.in_(actor.represented_ids)
        mine = cls.registered_by_id == actor.id, cls.organisation_id.in_(actor.organisation_ids)
        return select(cls).where(or_(bound, and_(*mine)))


class Delegate(Row):
    """One person at one event, and what takes a place there.

    It changes state only through its workflow, in `portal.events.places`. `waiting_number` is the
    order in which people of one event began to wait; it and `waitlisted_at` stay when the waiting
    is over. The price is what the ticket cost when it was taken. `organisation_name` is as it was
    then: lists sort by its key. `sequence` and `updated_at` are for calendars.
    """

    __tablename__ = "delegate"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_in_lower_case"),
        CheckConstraint(
            "(state = 'offered') = (offer_expires_at IS NOT NULL)", name="expiry_iff_offered"
        ),
        CheckConstraint(
            "(waitlisted_at IS NULL) = (waiting_number IS NULL)", name="number_iff_waited"
        ),
        CheckConstraint(
            "state NOT IN ('waitlisted', 'offered', 'expired') OR waiting_number IS NOT NULL",
            name="offered_from_the_list",
        ),
        CheckConstraint("(price_ore IS NULL) = (vat_code IS NULL)", name="vat_iff_price"),
        Index(
            "uq_delegate_active",
            "event_id",
            "email",
            unique=True,
            sqlite_where=ACTIVE,
            postgresql_where=ACTIVE,
        ),
        Index("uq_delegate_waiting_number", "event_id", "waiting_number", unique=True),
        Index(
            "ix_delegate_queue",
            "event_id",
            "ticket_id",
            "waiting_number",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index(
            "ix_delegate_offers",
            "offer_expires_at",
            "id",
            sqlite_where=OFFERED,
            postgresql_where=OFFERED,
        ),
        Index("ix_delegate_by_name", "event_id", "name_key", "id"),
        Index("ix_delegate_by_organisation", "event_id", "organisation_key", "id"),
        Index("ix_delegate_by_age", "event_id", "id"),
        Index("ix_delegate_state_name", "event_id", "state", "name_key", "id"),
        Index("ix_delegate_ticket_name", "ticket_id", "name_key", "id"),
        Index("ix_delegate_ticket_state", "ticket_id", "state"),
        Index("ix_delegate_state", "state", "event_id"),
        Index(
            "ix_delegate_unclaimed",
            "email",
            sqlite_where=UNCLAIMED,
            postgresql_where=UNCLAIMED,
        ),
        Index("ix_delegate_own", "organisation_id", "id"),
        Index("ix_delegate_of_organisation", "event_id", "organisation_id", "state"),
        Index(None, "person_id", "id"),
        Index(None, "registration_id"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    registration_id: Mapped[UUID] = mapped_column(ForeignKey("registration.id"))
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket_type.id"))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    organisation_name: Mapped[str]
    organisation_key: Mapped[str] = mapped_column(BY_LETTER)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(Called)
    name_key: Mapped[str] = mapped_column(BY_LETTER)
    email: Mapped[str] = mapped_column(BY_LETTER)
    phone: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    price_ore: Mapped[int | None]
    currency: Mapped[str] = mapped_column(default="NOK")
    vat_code: Mapped[VatCode | None]
    state: Mapped[DelegateState]
    waitlisted_at: Mapped[datetime | None]
    waiting_number: Mapped[int | None]
    offer_expires_at: Mapped[datetime | None]
    closed_reason: Mapped[str] = mapped_column(default="")
    replaced_name: Mapped[str] = mapped_column(default="")
    sequence: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)

    event: Mapped[Event] = relationship()
    registration: Mapped[Registration] = relationship(back_populates="delegates")
    ticket: Mapped[TicketType] = relationship()
    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person | None] = relationship()

    @validates("name")
    def keep_key(self, _key: str, name: str) -> str:
        """Keep what lists sort and search by in step with the name."""
        self.name_key = name_key(name)
        return name

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Delegate]:
        """Select whom this person may see: events staff all, others themselves and whom they bind.

        Every way to a delegate goes through here: page, list, calendar, export.
        """
        if actor.works_on(StaffRole.EVENTS):
            return select(cls)
        bound = cls.organisation_id.in_(actor.represented_ids)
        return select(cls).where(or_(bound, cls.person_id == actor.id))


class DelegateHistory(Base):
    """Every step of a delegate, in the order in which it was written. Never changed.

    `move` names the deed; a new name or another ticket changes no state and has its row too. What
    an offer's end was, and which ticket was meant, is kept as it was then. It holds no names.
    """

    __tablename__ = "delegate_history"
    __table_args__ = (
        Index(None, "delegate_id", "seq"),
        Index(None, "event_id", "seq"),
        CheckConstraint("move <> 'promote' OR offer_expires_at IS NOT NULL", name="offer_ends"),
    )

    seq: Mapped[int] = mapped_column(SEQUENCE, Identity(), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    delegate_id: Mapped[UUID] = mapped_column(ForeignKey("delegate.id"))
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey("ticket_type.id"))
    at: Mapped[datetime]
    move: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str]
    actor_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")
    offer_expires_at: Mapped[datetime | None]


append_only(DelegateHistory.__table__)  # type: ignore[arg-type]  # typed as FromClause


class FormerDelegate(Base):
    """Who had a place before a colleague took it. Never changed.

    Their own calendar says for a while that it fell away. `sequence` is the revision of the entry
    that says so.
    """

    __tablename__ = "former_delegate"
    __table_args__ = (Index(None, "person_id", "left_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    delegate_id: Mapped[UUID] = mapped_column(ForeignKey("delegate.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    left_at: Mapped[datetime]
    sequence: Mapped[int]


append_only(FormerDelegate.__table__)  # type: ignore[arg-type]  # typed as FromClause


class CalendarFeed(Row):
    """The secret address of one person's own calendar. Only its hash is kept.

    A fresh token in its place makes the old address go nowhere.
    """

    __tablename__ = "calendar_feed"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]

    person: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[CalendarFeed]:
        """Select the calendars this person may look after: their own."""
        return select(cls).where(cls.person_id == actor.id)

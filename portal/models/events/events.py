"""Market events, their tickets, and the quotas that places are counted in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Select, Table, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.models.actor import Actor
from portal.models.base import Base, Row
from portal.models.events.words import EventState, VatCode
from portal.models.members.membership import MembershipTier
from portal.models.members.people import Person
from portal.models.members.words import StaffRole

event_tier = Table(
    "event_tier",
    Base.metadata,
    Column("event_id", ForeignKey("event.id"), primary_key=True),
    Column("tier_id", ForeignKey("membership_tier.id"), primary_key=True),
)


class Event(Row):
    """A gathering that the cluster takes its members to, or holds itself.

    `show` is the fair that it belongs to, such as IBC. `zone` is the IANA zone that its times are
    told in, `country` an ISO 3166-1 code of two letters. Registration is open from
    `registration_opens_at` (inclusive) to `registration_closes_at` (exclusive). Without `tiers`
    every organisation may register, else members of these tiers. `offer_hours` is how long an
    offered place waits for an answer. `sequence` is the revision that calendars ask for: it grows
    when times, place or state change. `previous_starts_at` is when an event that was moved was to
    begin. A picture without an alternative text is only decoration.
    """

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("registration_closes_at > registration_opens_at", name="window_has_length"),
        CheckConstraint("length(country) = 2", name="country_of_two_letters"),
        CheckConstraint("max_per_organisation > 0", name="some_per_organisation"),
        CheckConstraint("offer_hours > 0", name="offers_last"),
        CheckConstraint("state = 'draft' OR published_at IS NOT NULL", name="published_when"),
        CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_when"
        ),
        Index("ix_event_by_start", "state", "starts_at", "id"),
        Index("ix_event_by_end", "state", "ends_at", "id"),
        Index("ix_event_closing", "state", "registration_closes_at", "id"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    show: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str]
    title_nb: Mapped[str]
    standfirst_en: Mapped[str] = mapped_column(default="")
    standfirst_nb: Mapped[str] = mapped_column(default="")
    text_en: Mapped[str] = mapped_column(default="")
    text_nb: Mapped[str] = mapped_column(default="")
    place: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="NO")
    zone: Mapped[str] = mapped_column(default="Europe/Oslo")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    picture_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    alternative_en: Mapped[str | None]
    alternative_nb: Mapped[str | None]
    registration_opens_at: Mapped[datetime]
    registration_closes_at: Mapped[datetime]
    needs_approval: Mapped[bool] = mapped_column(default=False)
    max_per_organisation: Mapped[int | None]
    offer_hours: Mapped[int] = mapped_column(default=48)
    promotion_paused: Mapped[bool] = mapped_column(default=False)
    state: Mapped[EventState] = mapped_column(default=EventState.DRAFT)
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="")
    previous_starts_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)

    contact: Mapped[Person] = relationship()
    tiers: Mapped[list[MembershipTier]] = relationship(
        secondary=event_tier, order_by=MembershipTier.rank
    )
    quotas: Mapped[list[Quota]] = relationship(
        back_populates="event", order_by="Quota.position, Quota.id"
    )
    tickets: Mapped[list[TicketType]] = relationship(
        back_populates="event", order_by="TicketType.position, TicketType.id"
    )

    @property
    def contact_name(self) -> str:
        """Whom delegates ask."""
        return self.contact.name

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[Event]:
        """Select what a visitor may see: events staff everything, others what was published."""
        if actor and actor.works_on(StaffRole.EVENTS):
            return select(cls)
        return select(cls).where(cls.state != EventState.DRAFT)


ticket_quota = Table(
    "ticket_quota",
    Base.metadata,
    Column("ticket_id", ForeignKey("ticket_type.id"), primary_key=True),
    Column("quota_id", ForeignKey("quota.id"), primary_key=True, index=True),
)


class Quota(Row):
    """So many places, which one or several kinds of ticket take from. `size` None is no limit.

    `held` counts offered and confirmed places; only `portal.events.places` changes it and `size`,
    under a lock on the row.
    """

    __tablename__ = "quota"
    __table_args__ = (
        CheckConstraint("held >= 0 AND (size IS NULL OR held <= size)", name="held_within_size"),
        Index(None, "event_id", "position"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    position: Mapped[int] = mapped_column(default=0)
    name_en: Mapped[str]
    name_nb: Mapped[str]
    size: Mapped[int | None]
    held: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship(back_populates="quotas")

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[Quota]:
        """Select the quotas of the events that a visitor may see."""
        return select(cls).where(
            cls.event_id.in_(Event.visible_to(actor).with_only_columns(Event.id))
        )


class TicketType(Row):
    """A kind of ticket. Whoever has one takes a place in each of its quotas.

    The price is for one person, in hundredths, without value added tax; None is no price.
    """

    __tablename__ = "ticket_type"
    __table_args__ = (
        CheckConstraint("(price_ore IS NULL) = (vat_code IS NULL)", name="vat_iff_price"),
        CheckConstraint("price_ore > 0", name="price_is_more_than_nothing"),
        CheckConstraint("length(currency) = 3", name="currency_of_three_letters"),
        CheckConstraint(
            "price_ore IS NOT NULL OR NOT needs_purchase_reference", name="reference_for_a_price"
        ),
        CheckConstraint("max_per_organisation > 0", name="some_per_organisation"),
        Index(None, "event_id", "position"),
    )

    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id"))
    position: Mapped[int] = mapped_column(default=0)
    name_en: Mapped[str]
    name_nb: Mapped[str]
    about_en: Mapped[str] = mapped_column(default="")
    about_nb: Mapped[str] = mapped_column(default="")
    price_ore: Mapped[int | None]
    currency: Mapped[str] = mapped_column(default="NOK")
    vat_code: Mapped[VatCode | None]
    needs_purchase_reference: Mapped[bool] = mapped_column(default=False)
    max_per_organisation: Mapped[int | None]
    on_sale: Mapped[bool] = mapped_column(default=True)

    event: Mapped[Event] = relationship(back_populates="tickets")
    quotas: Mapped[list[Quota]] = relationship(secondary=ticket_quota, order_by=Quota.position)

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[TicketType]:
        """Select the tickets of the events that a visitor may see."""
        return select(cls).where(
            cls.event_id.in_(Event.visible_to(actor).with_only_columns(Event.id))
        )

"""Organisations, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Select, Table, select, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.core.alphabet import name_key
from portal.models.actor import Actor
from portal.models.base import BY_LETTER, Base, Row
from portal.models.members.people import Person
from portal.models.members.words import (
    AffiliationRole,
    NumberKind,
    OrganisationKind,
    Service,
    ServiceSide,
    SizeClass,
)
from portal.models.platform import StoredFile

NOT_ENDED = text("ends_at IS NULL")
UNCONFIRMED = text("confirmed_at IS NULL")
MERGED = text("merged_into_id IS NOT NULL")


class Tag(Row):
    """A sector or technology that organisations work in: a controlled list."""

    __tablename__ = "tag"

    key: Mapped[str] = mapped_column(unique=True)
    label_en: Mapped[str]
    label_nb: Mapped[str]


organisation_tag = Table(
    "organisation_tag",
    Base.metadata,
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True, index=True),
)


class OrganisationService(Base):
    """A service that an organisation offers or looks for."""

    __tablename__ = "organisation_service"
    __table_args__ = (Index(None, "service", "side", "organisation_id"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    side: Mapped[ServiceSide] = mapped_column(primary_key=True)
    service: Mapped[Service] = mapped_column(primary_key=True)


class Organisation(Row):
    """A company, start-up, university or public body.

    `name_key` follows the display name: lists sort and search by it; `place_key` follows the
    place. `country` is an ISO 3166-1 code of two letters. Until staff confirm it, an organisation
    is nobody else's business: it applies, and is not shown in public. What turned out to be another
    organisation says which: `merged_into_id`; its address leads there, and nobody sees it.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("(number_kind = 'none') = (number IS NULL)", name="number_iff_registered"),
        CheckConstraint("length(country) = 2", name="country_of_two_letters"),
        Index(
            "uq_organisation_number",
            "country",
            "number",
            unique=True,
            sqlite_where=text("number IS NOT NULL"),
            postgresql_where=text("number IS NOT NULL"),
        ),
        Index("ix_organisation_directory", "listed", "name_key", "id"),
        Index("ix_organisation_newest", "listed", "id"),
        Index(
            "ix_organisation_unconfirmed",
            "created_at",
            "id",
            sqlite_where=UNCONFIRMED,
            postgresql_where=UNCONFIRMED,
        ),
        Index(
            "ix_organisation_merged",
            "merged_into_id",
            sqlite_where=MERGED,
            postgresql_where=MERGED,
        ),
        Index("ix_organisation_name", "name_key", "id"),
        Index("ix_organisation_place", "listed", "place_key", "name_key", "id"),
    )

    legal_name: Mapped[str]
    display_name: Mapped[str]
    name_key: Mapped[str] = mapped_column(BY_LETTER)
    slug: Mapped[str] = mapped_column(unique=True)
    number_kind: Mapped[NumberKind]
    number: Mapped[str | None]
    country: Mapped[str] = mapped_column(default="NO")
    place: Mapped[str] = mapped_column(default="")
    place_key: Mapped[str] = mapped_column(BY_LETTER, default="")
    kind: Mapped[OrganisationKind]
    size: Mapped[SizeClass]
    website: Mapped[str] = mapped_column(default="")
    standfirst: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    logo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    listed: Mapped[bool] = mapped_column(default=True)
    shows_size: Mapped[bool] = mapped_column(default=True)
    shows_website: Mapped[bool] = mapped_column(default=True)
    shows_people: Mapped[bool] = mapped_column(default=False)
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))

    tags: Mapped[list[Tag]] = relationship(secondary=organisation_tag, order_by=Tag.key)
    services: Mapped[list[OrganisationService]] = relationship(
        cascade="all, delete-orphan", order_by=OrganisationService.service
    )
    logo: Mapped[StoredFile | None] = relationship(foreign_keys=logo_id)

    @validates("display_name")
    def keep_key(self, _key: str, name: str) -> str:
        """Keep what lists sort and search by in step with the name."""
        self.name_key = name_key(name)
        return name

    @validates("place")
    def keep_place_key(self, _key: str, place: str) -> str:
        """Keep what the directory is narrowed by in step with the place."""
        self.place_key = name_key(place)
        return place

    @property
    def offered(self) -> tuple[Service, ...]:
        """The services that it offers."""
        return self.services_on(ServiceSide.OFFERED)

    @offered.setter
    def offered(self, services: Iterable[Service]) -> None:
        self.keep_services(ServiceSide.OFFERED, services)

    @property
    def sought(self) -> tuple[Service, ...]:
        """The services that it looks for."""
        return self.services_on(ServiceSide.SOUGHT)

    @sought.setter
    def sought(self, services: Iterable[Service]) -> None:
        self.keep_services(ServiceSide.SOUGHT, services)

    def services_on(self, side: ServiceSide) -> tuple[Service, ...]:
        """Return the services on one side, in the order of the list that they are chosen from."""
        there = {row.service for row in self.services if row.side is side}
        return tuple(service for service in Service if service in there)

    def keep_services(self, side: ServiceSide, services: Iterable[Service]) -> None:
        """Put these services on one side; rows that stay are left alone."""
        wanted = set(services)
        for row in [row for row in self.services if row.side is side]:
            if row.service in wanted:
                wanted.discard(row.service)
            else:
                self.services.remove(row)
        self.services.extend(
            OrganisationService(side=side, service=service) for service in sorted(wanted)
        )

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[Organisation]:
        """Select what a visitor may see: staff everything, people their own and what is public."""
        if actor and actor.is_staff_of_any:
            return select(cls).where(cls.merged_into_id.is_(None))
        public = cls.listed.is_(true()) & cls.confirmed_at.is_not(None)
        if actor is None:
            return select(cls).where(public)
        return select(cls).where(public | cls.id.in_(actor.organisation_ids))


class Affiliation(Row):
    """What somebody is in an organisation, from a moment and perhaps to one.

    Replaced, never edited: a change of role ends one and grants another, so that the past can be
    read back. Ending it ends at once all that it gave.
    """

    __tablename__ = "affiliation"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at >= starts_at", name="ends_after_start"),
        Index(
            "uq_affiliation_live",
            "person_id",
            "organisation_id",
            unique=True,
            sqlite_where=NOT_ENDED,
            postgresql_where=NOT_ENDED,
        ),
        Index(None, "organisation_id", "ends_at"),
        Index("ix_affiliation_starts_at", "starts_at", "id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[AffiliationRole]
    title: Mapped[str] = mapped_column(default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    granted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    organisation: Mapped[Organisation] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor) -> Select[Affiliation]:
        """Select what this person may see: staff everything, others their own organisations'."""
        if actor.is_staff_of_any:
            return select(cls)
        return select(cls).where(cls.organisation_id.in_(actor.organisation_ids))

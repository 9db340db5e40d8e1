"""Articles and their versions, what they are about, and the private feeds of readers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    Table,
    bindparam,
    false,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.actor import Actor
from portal.models.base import Base, Moment, Row, append_only
from portal.models.members.membership import (
    Membership,
    MembershipPeriod,
    MembershipTier,
    counts_now,
    is_latest,
)
from portal.models.members.organisations import Organisation, Tag
from portal.models.members.people import Person
from portal.models.members.words import StaffRole
from portal.models.news.words import ArticleState, Audience

#: The present moment in statements about what is out.
NOW = bindparam("now", type_=Moment)

article_tag = Table(
    "article_tag",
    Base.metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True, index=True),
)

article_organisation = Table(
    "article_organisation",
    Base.metadata,
    Column("article_id", ForeignKey("article.id"), primary_key=True),
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True, index=True),
)


class Article(Row):
    """A piece of news, from the first words or a member's proposal until it is put away.

    Readers see the version `live_number` from the instant `published_at` on; `zone` is the IANA
    zone in which that was chosen. `number` is the newest version: beyond the live one it is a
    draft. `updated_at` tells readers of a change of substance, `changed_at` of any change that
    they see. `answer` is why a proposal was not taken up.
    """

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint("(audience = 'tier') = (tier_id IS NOT NULL)", name="tier_iff_chosen"),
        CheckConstraint("(published_at IS NULL) = (live_number IS NULL)", name="live_iff_dated"),
        CheckConstraint(
            "(state = 'published' AND published_at IS NOT NULL) OR state = 'archived'"
            " OR (state <> 'published' AND published_at IS NULL)",
            name="dated_iff_out",
        ),
        CheckConstraint("number >= 1 AND live_number <= number", name="live_among_versions"),
        CheckConstraint(
            "state NOT IN ('proposed', 'declined', 'withdrawn') OR proposed_for_id IS NOT NULL",
            name="proposed_for_somebody",
        ),
        CheckConstraint("(state = 'declined') = (answer <> '')", name="declined_with_reason"),
        Index(None, "state", "published_at", "id"),
        Index(None, "state", "edited_at", "id"),
        Index(None, "edited_at", "id"),
        Index(None, "proposed_for_id", "created_at", "id"),
        Index(None, "changed_at"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(default="en")
    state: Mapped[ArticleState] = mapped_column(default=ArticleState.DRAFT)
    audience: Mapped[Audience] = mapped_column(default=Audience.PUBLIC)
    tier_id: Mapped[UUID | None] = mapped_column(ForeignKey("membership_tier.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    byline: Mapped[str] = mapped_column(default="")
    proposed_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int] = mapped_column(default=1)
    live_number: Mapped[int | None]
    zone: Mapped[str] = mapped_column(default="Europe/Oslo")
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]
    edited_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")

    author: Mapped[Person] = relationship()
    tier: Mapped[MembershipTier | None] = relationship()
    proposed_for: Mapped[Organisation | None] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary=article_tag, order_by=Tag.key)
    organisations: Mapped[list[Organisation]] = relationship(
        secondary=article_organisation, order_by=Organisation.name_key
    )

    @classmethod
    def out(cls) -> ColumnElement[bool]:
        """Return what is true of an article that readers see: its instant has come."""
        return (cls.state == ArticleState.PUBLISHED) & (cls.published_at <= NOW)

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[Article]:
        """Select what a visitor may see: editors everything, others what is out and for them.

        People also see what was proposed for their own organisation. The statement has gaps for
        the moment (`now`) and for the days that decide whose membership counts (`today`,
        `grace_since`), so that rights begin and end by themselves.
        """
        if actor and actor.works_on(StaffRole.EDITOR):
            return select(cls)
        if actor is None:
            return select(cls).where(cls.out(), cls.audience == Audience.PUBLIC)
        own = cls.proposed_for_id.in_(actor.organisation_ids)
        if actor.is_staff_of_any:
            return select(cls).where(own | cls.out())
        return select(cls).where(own | (cls.out() & cls.for_members(actor)))

    @classmethod
    def for_members(cls, actor: Actor) -> ColumnElement[bool]:
        """Return what is true of an article that is meant for this person among others."""
        held: Any = (
            select(MembershipTier.rank)
            .join(MembershipPeriod, MembershipPeriod.tier_id == MembershipTier.id)
            .join(Membership, Membership.id == MembershipPeriod.membership_id)
            .where(
                Membership.organisation_id.in_(actor.organisation_ids), *counts_now(), is_latest()
            )
        )
        ranks = held.subquery()
        within = select(MembershipTier.id).where(
            select(ranks.c.rank).where(ranks.c.rank <= MembershipTier.rank).exists()
        )
        meant: ColumnElement[bool] = (
            (cls.audience == Audience.PUBLIC)
            | ((cls.audience == Audience.MEMBERS) & held.exists())
            | ((cls.audience == Audience.TIER) & cls.tier_id.in_(within))
        )
        return meant


class ArticleRevision(Row):
    """An article as it stood after one edit, in Markdown. Written, never changed.

    A picture has an alternative text, or is said to be decorative.
    """

    __tablename__ = "article_revision"
    __table_args__ = (
        Index(None, "article_id", "number", unique=True),
        Index(None, "picture_id"),
        CheckConstraint("NOT decorative OR alternative = ''", name="decorative_says_nothing"),
    )

    article_id: Mapped[UUID] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    title: Mapped[str]
    standfirst: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(default="")
    picture_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    alternative: Mapped[str] = mapped_column(default="")
    decorative: Mapped[bool] = mapped_column(default=False)
    credit: Mapped[str] = mapped_column(default="")
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    article: Mapped[Article] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[ArticleRevision]:
        """Select the versions that a visitor may read: editors all, others what is live for them.

        The statement has the gaps of `Article.visible_to`.
        """
        if actor and actor.works_on(StaffRole.EDITOR):
            return select(cls)
        seen = Article.visible_to(actor).with_only_columns(Article.id)
        mine = (Article.live_number == cls.number) & Article.out()
        return select(cls).join(Article).where(mine, Article.id.in_(seen))


append_only(ArticleRevision.__table__)  # type: ignore[arg-type]  # typed as FromClause


class ArticleSlug(Row):
    """An address that an article had before. It leads to the one it has now, for good."""

    __tablename__ = "article_slug"

    slug: Mapped[str] = mapped_column(unique=True)
    article_id: Mapped[UUID] = mapped_column(ForeignKey("article.id"), index=True)


class FormerTag(Row):
    """What a tag was called in addresses before it became a part of another. It leads there."""

    __tablename__ = "former_tag"

    key: Mapped[str] = mapped_column(unique=True)
    tag_id: Mapped[UUID] = mapped_column(ForeignKey("tag.id"), index=True)


class NewsFeed(Row):
    """The private feed of one person: whoever has its secret reads what that person may read.

    Only a hash of the secret is kept; a new one takes the place of the old.
    """

    __tablename__ = "news_feed"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    renewed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()

    @classmethod
    def visible_to(cls, actor: Actor | None) -> Select[NewsFeed]:
        """Select the feed that this person may renew or end: their own."""
        mine = cls.person_id == actor.id if actor else false()
        return select(cls).where(mine)

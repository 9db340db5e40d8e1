"""What readers look up: columns, by statements that are put together once for each kind of reader.

Each kind of list differs in what it is about: all news, a tag, or an organisation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, select

from portal.core.errors import present
from portal.models import (
    Actor,
    Article,
    ArticleRevision,
    ArticleSlug,
    ArticleState,
    Audience,
    FormerTag,
    Organisation,
    StandIn,
    StoredFile,
    Tag,
    article_organisation,
    article_tag,
    own,
    stand_in,
)
from portal.models.members.membership import shown_to_all
from portal.models.news.articles import NOW
from portal.news import policy, rules
from portal.news.queries.moments import moments
from portal.platform.auth import arrived
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: How many stories a feed tells of.
IN_FEED = 30
ON_HOME = 4
OF_ORGANISATION = 5
IS_LIVE = (ArticleRevision.article_id == Article.id) & (
    ArticleRevision.number == Article.live_number
)
NEWEST = Order(Article.published_at, Article.id, descending=True)
IN_LISTS = (
    Article.id, Article.slug, Article.language, Article.published_at, Article.audience,
    ArticleRevision.title, ArticleRevision.standfirst, ArticleRevision.picture_id,
)  # fmt: skip
IN_STORIES = (
    *IN_LISTS, Article.byline, Article.updated_at, Article.zone, ArticleRevision.body,
    ArticleRevision.alternative, ArticleRevision.decorative, ArticleRevision.credit,
)  # fmt: skip

ALL, TAGGED, ABOUT = "all", "tagged", "about"


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a list or feed is about: everything, a tag or an organisation."""

    kind: str = ALL
    id: UUID | None = None
    key: str = ""
    label_en: str = ""
    label_nb: str = ""


@dataclass(frozen=True)
class Moved:
    """Where a story is that somebody looked for at an address it had before."""

    slug: str


@cache
def seen(kind: StandIn | None, about: str) -> Select[Article]:
    """Return the statement for what readers of a kind see, of a subject, with gaps."""
    found = Article.visible_to(kind).where(Article.out()).join(ArticleRevision, IS_LIVE)
    if about == TAGGED:
        tagged = select(article_tag.c.article_id)
        return found.where(Article.id.in_(tagged.where(article_tag.c.tag_id == bindparam("about"))))
    if about == ABOUT:
        told = article_organisation.c
        of = select(told.article_id).where(told.organisation_id == bindparam("about"))
        return found.where(Article.id.in_(of))
    return found


@cache
def listing(kind: StandIn | None, about: str) -> Select[*tuple[Any, ...]]:
    """Return the statement for a list."""
    return seen(kind, about).with_only_columns(*IN_LISTS)


@cache
def latest(kind: StandIn | None, about: str) -> Select[*tuple[Any, ...]]:
    """Return the statement for the first lines of a list."""
    return (
        listing(kind, about)
        .order_by(Article.published_at.desc(), Article.id.desc())
        .limit(bindparam("most"))
    )


@cache
def feeding(kind: StandIn | None, about: str) -> Select[*tuple[Any, ...]]:
    """Return the statement for a feed."""
    found = seen(kind, about).with_only_columns(*IN_STORIES)
    return found.order_by(Article.published_at.desc(), Article.id.desc()).limit(IN_FEED)


@cache
def telling(kind: StandIn | None) -> Select[*tuple[Any, ...]]:
    """Return the statement for one story."""
    found = seen(kind, ALL).where(Article.slug == bindparam("slug"))
    found = found.outerjoin(StoredFile, StoredFile.id == ArticleRevision.picture_id)
    return found.with_only_columns(*IN_STORIES, StoredFile.width, StoredFile.height)


@cache
def moved(kind: StandIn | None) -> Select[*tuple[Any, ...]]:
    """Return the statement for where a story is now."""
    found = seen(kind, ALL).join(ArticleSlug, ArticleSlug.article_id == Article.id)
    return found.where(ArticleSlug.slug == bindparam("slug")).with_only_columns(Article.slug)


def kind_of(actor: Actor | None) -> StandIn | None:
    """Return which kind of reader somebody is."""
    return stand_in(actor.staff) if actor else None


def filled(actor: Actor | None, *, now: datetime) -> Mapping[str, Any]:
    """Return what fills the gaps of these statements."""
    return moments(now=now) | (own(actor) if actor else {})


def stories(
    subject: Subject, mark: str | None, *, actor: Actor | None, now: datetime
) -> PageOfRows:
    """Return a page of the news that somebody may read, the newest first."""
    given = {**filled(actor, now=now), "about": subject.id}
    return page(listing(kind_of(actor), subject.kind), NEWEST, mark, given=given)


def newest(subject: Subject, most: int, *, actor: Actor | None, now: datetime) -> Sequence[Any]:
    """Return the newest of what somebody may read."""
    given = {**filled(actor, now=now), "about": subject.id, "most": most}
    return read(latest(kind_of(actor), subject.kind), **given).all()


def for_feed(subject: Subject, *, actor: Actor | None, now: datetime) -> Sequence[Any]:
    """Return what a feed tells, whole stories."""
    given = {**filled(actor, now=now), "about": subject.id}
    return read(feeding(kind_of(actor), subject.kind), **given).all()


def story(slug: str, *, actor: Actor | None) -> Any:
    """Return a story by its address, or where it went. Raises Missing otherwise."""
    given = {**filled(actor, now=arrived()), "slug": slug}
    found = read(telling(kind_of(actor)), **given).first()
    if found is not None:
        return found
    return Moved(present(read(moved(kind_of(actor)), **given).scalar_one_or_none()))


TAGS_OF = (
    select(article_tag.c.article_id, Tag.key, Tag.label_en, Tag.label_nb)
    .join(Tag, Tag.id == article_tag.c.tag_id)
    .where(article_tag.c.article_id.in_(bindparam("ids", expanding=True)))
    .order_by(Tag.key)
)
RELATED = (
    select(
        Organisation.display_name, Organisation.slug, Organisation.logo_id, Organisation.name_key
    )
    .where(
        # from the few of one article, sorted afterwards: asked to sort, SQLite reads the whole
        # directory in its order and looks for them
        Organisation.id.in_(
            select(article_organisation.c.organisation_id).where(
                article_organisation.c.article_id == bindparam("id")
            )
        ),
        *shown_to_all(),
    )
    .limit(25)
)
TAG = select(Tag.id, Tag.key, Tag.label_en, Tag.label_nb).where(Tag.key == bindparam("key"))
BY_FORMER_KEY = (
    select(Tag.id, Tag.key, Tag.label_en, Tag.label_nb)
    .join(FormerTag, FormerTag.tag_id == Tag.id)
    .where(FormerTag.key == bindparam("key"))
)
MEMBER = select(Organisation.id, Organisation.slug, Organisation.display_name).where(
    Organisation.slug == bindparam("key"), *shown_to_all()
)
TAGS = select(Tag.key, Tag.label_en, Tag.label_nb).order_by(Tag.key).limit(60)


def tags_of(*ids: UUID) -> Mapping[UUID, Sequence[Any]]:
    """Return the tags of some articles, by article."""
    found: dict[UUID, list[Any]] = {id: [] for id in ids}
    for row in read(TAGS_OF, ids=ids):
        found[row.article_id].append(row)
    return found


def related_to(id: UUID, *, now: datetime) -> Sequence[Any]:
    """Return the members that a story is about and that have a public page."""
    found = read(RELATED, id=id, **moments(now=now)).all()
    return sorted(found, key=lambda row: (row.name_key, row.slug))


def tag(key: str, *, actor: Actor | None) -> Subject:
    """Find a tag, also by what it was called before. Raises Missing otherwise."""
    row = read(TAG, key=key).first() or present(read(BY_FORMER_KEY, key=key).first())
    return Subject(
        kind=TAGGED, id=row.id, key=row.key, label_en=row.label_en, label_nb=row.label_nb
    )


def member(slug: str, *, actor: Actor | None) -> Subject:
    """Find a member that has a public page. Raises Missing otherwise."""
    row = present(read(MEMBER, key=slug, **moments(now=arrived())).first())
    name = row.display_name
    return Subject(kind=ABOUT, id=row.id, key=row.slug, label_en=name, label_nb=name)


ADDRESSES = (
    select(Article.slug)
    .where(Article.out(), Article.audience == Audience.PUBLIC)
    .order_by(Article.published_at.desc(), Article.id.desc())
    .limit(20_000)
)


def addresses(*, now: datetime) -> Sequence[str]:
    """Return the addresses of the stories that everybody may read, for the sitemap."""
    return [row.slug for row in read(ADDRESSES, now=now)]


CHANGED = select(
    select(func.max(Article.changed_at)).scalar_subquery().label("changed_at"),
    select(func.max(Article.published_at))
    .where(
        Article.state == ArticleState.PUBLISHED,
        Article.published_at <= NOW,
        Article.audience == Audience.PUBLIC,
    )
    .scalar_subquery()
    .label("published_at"),
)


def last_change(*, now: datetime) -> datetime | None:
    """Return when anything last changed in the news that everybody reads.

    Also by what is gone: a story that was archived, or that only members may read since.
    """
    moments = [moment for moment in read(CHANGED, now=now).one() if moment]
    return max(moments, default=None)


PICTURE = select(ArticleRevision.picture_id).where(ArticleRevision.id == bindparam("id"))


@cache
def showing(kind: StandIn | None) -> Select[*tuple[Any, ...]]:
    """Return the statement for whether a live story that somebody sees shows a picture."""
    found = seen(kind, ALL).where(ArticleRevision.picture_id == bindparam("picture_id"))
    return found.with_only_columns(Article.id).limit(1)


OF_ARTICLE = (
    select(Article.proposed_for_id, Article.state)
    .join(ArticleRevision, ArticleRevision.article_id == Article.id)
    .where(ArticleRevision.id == bindparam("id"))
)


def may_see_picture(id: UUID, *, actor: Actor | None) -> bool:
    """Tell whether a visitor sees the picture that a version brought.

    Readers see it where it is shown, editors always, and people what their own organisation
    proposed as long as the editors have not taken it up.
    """
    picture_id = read(PICTURE, id=id).scalar_one_or_none()
    if picture_id is None:
        return False
    if actor and policy.editor(actor):
        return True
    given = {**filled(actor, now=arrived()), "picture_id": picture_id}
    if read(showing(kind_of(actor)), **given).first() is not None:
        return True
    of = read(OF_ARTICLE, id=id).one()
    return bool(actor and actor.belongs_to(of.proposed_for_id)) and of.state in rules.UNANSWERED

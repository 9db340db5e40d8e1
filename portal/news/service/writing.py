"""How an article is written: its text in versions, and the details around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from portal.core.errors import Mistake, Refused
from portal.core.slugs import distinct, slug
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import (
    Actor,
    Article,
    ArticleRevision,
    ArticleSlug,
    ArticleState,
    Audience,
    Organisation,
    Tag,
)
from portal.news import rules
from portal.news.deeds import NewsDeed
from portal.news.queries import editing as queries
from portal.platform import audit, files
from portal.platform.audit import About
from portal.platform.files import Upload
from portal.platform.versions import unchanged

#: What owns a picture: the version that brought it.
PICTURES = ArticleRevision.__tablename__
TAKEN = Sentence(N_("Another article has or had this address. Choose another."))


@dataclass(frozen=True, kw_only=True)
class Text:
    """What an article says. `picture` replaces the one there is, `unpictured` takes it away."""

    title: str
    standfirst: str = ""
    body: str = ""
    picture: Upload | None = None
    unpictured: bool = False
    alternative: str = ""
    decorative: bool = False
    credit: str = ""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is said around an article. Without an address it gets one from its title."""

    language: str = "en"
    byline: str = ""
    audience: Audience = Audience.PUBLIC
    tier_id: UUID | None = None
    slug: str = ""
    tags: Sequence[Tag] = ()
    organisations: Sequence[Organisation] = ()


def make_article(text: Text, details: Details, *, actor: Actor, now: datetime) -> Article:
    """Begin an article that only editors see."""
    article = begun(text, details, actor=actor, now=now)
    audit.record(NewsDeed.MADE, article, actor=actor, now=now)
    return article


def begun(
    text: Text,
    details: Details,
    *,
    state: ArticleState = ArticleState.DRAFT,
    proposed_for_id: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Article:
    """Put down an article with its first version."""
    article = Article(
        slug=address_for(details.slug or text.title),
        state=state,
        language=details.language,
        byline=details.byline,
        audience=details.audience,
        tier_id=details.tier_id if details.audience is Audience.TIER else None,
        author_id=actor.id,
        proposed_for_id=proposed_for_id,
        number=0,
        edited_at=now,
        tags=[*details.tags],
        organisations=[*details.organisations],
    )
    article.id = uuid7()
    write(article, text, actor=actor, now=now)
    return article


def write(article: Article, text: Text, *, actor: Actor, now: datetime) -> ArticleRevision:
    """Put down a new version of an article; an earlier picture stays unless told otherwise."""
    id, before = uuid7(), queries.newest(article) if article.number else None
    article.number, article.edited_at = article.number + 1, now
    db.session.add(article)
    db.session.flush()
    picture_id = None if text.unpictured or before is None else before.picture_id
    if text.picture:
        picture_id = files.keep(text.picture, owner_type=PICTURES, owner_id=id, actor=actor).id
    pictured = picture_id is not None
    revision = ArticleRevision(
        id=id,
        article_id=article.id,
        number=article.number,
        title=text.title,
        standfirst=text.standfirst,
        body=text.body,
        picture_id=picture_id,
        alternative=text.alternative if pictured else "",
        decorative=text.decorative and pictured,
        credit=text.credit if pictured else "",
        by_id=actor.id,
        at=now,
    )
    db.session.add(revision)
    db.session.flush()
    return revision


def edit_text(
    article: Article, text: Text, *, version: int | None, actor: Actor, now: datetime
) -> ArticleRevision:
    """Write a new version. Readers of a live article keep the old one until it is published."""
    unchanged(article, version, theirs=kept(queries.newest(article)))
    if reason := rules.closed(article):
        raise Refused(reason)
    revision = write(article, text, actor=actor, now=now)
    about = About(details={"number": revision.number})
    audit.record(NewsDeed.WRITTEN, article, actor=actor, now=now, about=about)
    return revision


def kept(revision: ArticleRevision) -> dict[str, Any]:
    """Return what a version says, by field of the form."""
    names = ("title", "standfirst", "body", "alternative", "decorative", "credit")
    return {name: getattr(revision, name) for name in names}


def edit_details(
    article: Article, details: Details, *, version: int | None, actor: Actor, now: datetime
) -> None:
    """Change what is said around an article; of a live one, readers see it at once."""
    unchanged(article, version, theirs=around(article))
    if reason := rules.closed(article):
        raise Refused(reason)
    was_public = rules.is_public(article, now=now)
    move_to(article, details.slug or article.slug, now=now)
    article.language, article.byline = details.language, details.byline
    article.audience = details.audience
    article.tier_id = details.tier_id if details.audience is Audience.TIER else None
    article.tags, article.organisations = [*details.tags], [*details.organisations]
    article.edited_at = now
    note_change(article, was_public=was_public, now=now)
    audit.record(NewsDeed.SETTLED, article, actor=actor, now=now)


def around(article: Article) -> dict[str, Any]:
    """Return what is said around an article, by field of the form."""
    return {
        "slug": article.slug,
        "language": article.language,
        "byline": article.byline,
        "audience": article.audience,
        "tier_id": article.tier_id,
    }


def move_to(article: Article, wanted: str, *, now: datetime) -> None:
    """Give an article another address; one that readers had leads to the new one for good."""
    new = slug(wanted)
    if new == article.slug:
        return
    if not new or new in rules.RESERVED | queries.taken(new, but=article.id):
        raise Mistake("slug", TAKEN)
    if own := queries.former(new):
        db.session.delete(own)  # it comes back to an address that it had before
        db.session.flush()
    if article.published_at is not None:
        db.session.add(ArticleSlug(slug=article.slug, article_id=article.id, created_at=now))
    article.slug = new


def address_for(title: str) -> str:
    """Return an address that no other article has or had."""
    wanted = slug(title) or "article"
    return distinct(wanted, rules.RESERVED | queries.taken(wanted))


def note_change(article: Article, *, was_public: bool, now: datetime) -> None:
    """Note that everybody sees something else now, if they do."""
    if was_public or rules.is_public(article, now=now):
        article.changed_at = now

"""How editors keep the tags: add one, call it otherwise, make two into one.

Organisations have them too, as their sectors; what is done here holds for both.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, delete, insert, literal, select, update

from portal.core.errors import Mistake, NotAllowed
from portal.core.slugs import distinct, slug
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import (
    Actor,
    Article,
    ArticleState,
    FormerTag,
    Tag,
    article_tag,
    organisation_tag,
)
from portal.news import policy
from portal.news.deeds import NewsDeed
from portal.news.queries import tagging as queries
from portal.platform import audit, jobs
from portal.platform.audit import About
from portal.platform.versions import unchanged

#: The job that lets the search find what has a tag by its new name.
FOUND_ANEW = "news.tag_renamed"
THERE = Sentence(N_("Another tag is called so. Choose another name, or make the two into one."))
ITSELF = Sentence(N_("Choose another tag than this one."))


@dataclass(frozen=True, kw_only=True)
class Labels:
    """What a tag is called."""

    label_en: str
    label_nb: str


def add_tag(labels: Labels, *, actor: Actor, now: datetime) -> Tag:
    """Add a tag, with an address made of its English name."""
    insist(actor=actor)
    insist_on_new(labels)
    wanted = slug(labels.label_en) or "tag"
    key = distinct(wanted, queries.taken_keys(wanted))
    tag = Tag(key=key, label_en=labels.label_en, label_nb=labels.label_nb, created_at=now)
    db.session.add(tag)
    audit.record(NewsDeed.TAG_ADDED, tag, actor=actor, now=now, about=named(tag))
    return tag


def rename_tag(
    tag: Tag, labels: Labels, *, version: int | None, actor: Actor, now: datetime
) -> None:
    """Call a tag otherwise. Its address stays, so that links and feeds do."""
    insist(actor=actor)
    theirs = {"label_en": tag.label_en, "label_nb": tag.label_nb}
    unchanged(tag, version, theirs=theirs)
    insist_on_new(labels, but=tag.id)
    tag.label_en, tag.label_nb = labels.label_en, labels.label_nb
    changed(tag, now=now)
    audit.record(NewsDeed.TAG_RENAMED, tag, actor=actor, now=now, about=named(tag))


def merge_tags(tag: Tag, into_id: UUID, *, actor: Actor, now: datetime) -> Tag:
    """Make a tag a part of another: all that has it moves, and its address leads there for good."""
    insist(actor=actor)
    both = select(Tag).where(Tag.id.in_([tag.id, into_id])).order_by(Tag.id).with_for_update()
    rows = {row.id: row for row in db.session.scalars(both)}
    into = rows.get(into_id)
    if into is None or into_id == tag.id:
        raise Mistake("into", ITSELF)
    for link in (article_tag, organisation_tag):
        move(link, tag.id, into.id)
    leads = update(FormerTag).where(FormerTag.tag_id == tag.id)
    db.session.execute(leads.values(tag_id=into.id))
    db.session.add(FormerTag(key=tag.key, tag_id=into.id, created_at=now))
    db.session.flush()
    told = About(note=tag.label_en, details={"title": into.label_en})
    db.session.delete(tag)
    changed(into, now=now)
    audit.record(NewsDeed.TAGS_MERGED, into, actor=actor, now=now, about=told)
    return into


def move(link: Table, old_id: UUID, new_id: UUID) -> None:
    """Give whatever has one tag another one in its place, once."""
    owner = next(column for column in link.c if column.name != "tag_id")
    has_it = select(owner).where(link.c.tag_id == new_id)
    moving = select(owner, literal(new_id, link.c.tag_id.type)).where(
        link.c.tag_id == old_id, owner.not_in(has_it)
    )
    db.session.execute(insert(link).from_select([owner.name, "tag_id"], moving))
    db.session.execute(delete(link).where(link.c.tag_id == old_id))


def changed(tag: Tag, *, now: datetime) -> None:
    """Note that readers see another name of a tag, and let the search find it by that."""
    tagged = select(article_tag.c.article_id).where(article_tag.c.tag_id == tag.id)
    out = Article.state == ArticleState.PUBLISHED, Article.published_at <= now
    seen = update(Article).where(Article.id.in_(tagged), *out).values(changed_at=now)
    db.session.execute(seen, execution_options={"synchronize_session": False})
    jobs.enqueue(FOUND_ANEW, {"tag": str(tag.id)})


def insist(*, actor: Actor) -> None:
    """Let editors alone keep the tags."""
    if not policy.editor(actor):
        raise NotAllowed


def insist_on_new(labels: Labels, *, but: UUID | None = None) -> None:
    """Insist that no other tag is called so."""
    if there := queries.called(labels.label_en, labels.label_nb, but=but):
        same = there.label_en.casefold() == labels.label_en.casefold()
        raise Mistake("label_en" if same else "label_nb", THERE)


def named(tag: Tag) -> About:
    """Let a timeline name the tag."""
    return About(details={"title": tag.label_en})

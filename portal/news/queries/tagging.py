"""What editors look up of tags: how often each is used, and what they were called before."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, func, literal_column, or_, select

from portal.core.errors import present
from portal.extensions import db
from portal.models import Actor, FormerTag, Tag, article_tag, organisation_tag
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: Beyond this many we only say that there are many.
COUNTED = 1_000
#: How many rows are brought up to date in one unit of work.
AT_ONCE = 200
BY_KEY = Order(Tag.key, Tag.id)


def used(link: Table) -> Any:
    """Count the rows that have a tag, up to many."""
    some: Select[Any] = select(literal_column("1")).select_from(link).where(link.c.tag_id == Tag.id)
    few = some.correlate(Tag).limit(COUNTED + 1).subquery()
    return select(func.count()).select_from(few).scalar_subquery()


LISTED = select(
    Tag.id, Tag.key, Tag.label_en, Tag.label_nb,
    used(article_tag).label("articles"), used(organisation_tag).label("organisations"),
)  # fmt: skip


def tags(mark: str | None) -> PageOfRows:
    """Return a page of the tags, each with how many articles and organisations have it."""
    return page(LISTED, BY_KEY, mark, given={})


def tag(id: UUID, *, actor: Actor) -> Tag:
    """Find a tag. Raises Missing otherwise."""
    return present(db.session.get(Tag, id))


def others(tag: Tag) -> Sequence[Any]:
    """Return the tags that one can become a part of."""
    found = select(Tag.id, Tag.label_en, Tag.label_nb).where(Tag.id != tag.id)
    return db.session.execute(found.order_by(Tag.key)).all()


def taken_keys(wanted: str) -> set[str]:
    """Return the addresses beginning so that tags have or had."""
    begins = f"{wanted}%"
    now_there = select(Tag.key).where(Tag.key.like(begins))
    before = select(FormerTag.key).where(FormerTag.key.like(begins))
    return {*db.session.scalars(now_there), *db.session.scalars(before)}


def called(label_en: str, label_nb: str, *, but: UUID | None = None) -> Tag | None:
    """Find another tag that has one of these names."""
    alike = or_(
        func.lower(Tag.label_en) == label_en.lower(), func.lower(Tag.label_nb) == label_nb.lower()
    )
    return db.session.scalar(select(Tag).where(alike, Tag.id != (but or UUID(int=0))).limit(1))


def having(tag_id: UUID) -> Iterator[tuple[str, Sequence[UUID]]]:
    """Yield what has a tag and is found by its name, some rows of one kind at a time."""
    for kind, column, link in (
        ("article", article_tag.c.article_id, article_tag),
        ("organisation", organisation_tag.c.organisation_id, organisation_tag),
    ):
        ids = read(select(column).where(link.c.tag_id == tag_id).order_by(column)).scalars().all()
        for first in range(0, len(ids), AT_ONCE):
            yield kind, ids[first : first + AT_ONCE]

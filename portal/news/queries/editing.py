"""What editors, and those who propose, look up of articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.core.alphabet import name_key
from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Article,
    ArticlePhase,
    ArticleRevision,
    ArticleSlug,
    ArticleState,
    Membership,
    MembershipTier,
    Organisation,
    Person,
    StaffGrant,
    StaffRole,
    Tag,
    own,
)
from portal.models.members.membership import counts_now
from portal.models.members.people import is_told
from portal.models.news.articles import NOW
from portal.news.queries.moments import moments
from portal.platform.auth import arrived, in_force
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

BY_EDITED = Order(Article.edited_at, Article.id, descending=True)
#: What is out, the newest first; what is scheduled, the next first.
BY_INSTANT = {
    ArticlePhase.PUBLISHED: Order(Article.published_at, Article.id, descending=True),
    ArticlePhase.SCHEDULED: Order(Article.published_at, Article.id),
}
BY_MADE = Order(Article.created_at, Article.id, descending=True)
BY_NUMBER = Order(ArticleRevision.number, ArticleRevision.id, descending=True)
IS_NEWEST = (ArticleRevision.article_id == Article.id) & (ArticleRevision.number == Article.number)
ON_DESK = 10
LANGUAGES = ("en", "nb")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which articles an editor wants to see."""

    phase: ArticlePhase | None = None
    language: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wish":
        """Read a wish from an address; what is none of ours is left out."""
        phases = {phase.value: phase for phase in ArticlePhase}
        asked = given.get("language", "")
        return cls(
            phase=phases.get(given.get("phase", "")), language=asked if asked in LANGUAGES else ""
        )

    def given(self) -> dict[str, str]:
        """Return the wish as parts of an address."""
        asked = {"phase": self.phase.value if self.phase else "", "language": self.language}
        return {name: value for name, value in asked.items() if value}


@cache
def listing(wish: Wish) -> Select[*tuple[Any, ...]]:
    """Put together, once for each wish, the statement that lists articles for editors."""
    found = (
        select(
            Article.id, Article.state, Article.published_at, Article.zone, Article.language,
            Article.audience, Article.number, Article.live_number, Article.edited_at,
            Article.byline, ArticleRevision.title,
        )
        .join(ArticleRevision, IS_NEWEST)
    )  # fmt: skip
    if wish.language:
        found = found.where(Article.language == wish.language)
    if wish.phase is ArticlePhase.SCHEDULED:
        return found.where(Article.state == ArticleState.PUBLISHED, Article.published_at > NOW)
    if wish.phase is ArticlePhase.PUBLISHED:
        return found.where(Article.state == ArticleState.PUBLISHED, Article.published_at <= NOW)
    if wish.phase:
        return found.where(Article.state == ArticleState.of(wish.phase.value))
    return found


def articles(wish: Wish, mark: str | None, *, now: datetime) -> PageOfRows:
    """Return a page of articles: what is or will be out by its instant, else the latest work."""
    order = BY_INSTANT.get(wish.phase, BY_EDITED) if wish.phase else BY_EDITED
    return page(listing(wish), order, mark, given={"now": now})


def article(id: UUID, *, actor: Actor) -> Article:
    """Find an article with all that is said around it, for those who may see it."""
    found = (
        Article.visible_to(actor)
        .where(Article.id == id)
        .options(
            joinedload(Article.author),
            joinedload(Article.tier),
            joinedload(Article.proposed_for),
            selectinload(Article.tags),
            selectinload(Article.organisations),
        )
    )
    return present(db.session.scalar(found, moments(now=arrived())))


def proposal(id: UUID, *, actor: Actor) -> Article:
    """Find what was proposed for an organisation, for its people and editors."""
    found = (
        Article.visible_to(actor)
        .where(Article.id == id, Article.proposed_for_id.is_not(None))
        .options(joinedload(Article.author), joinedload(Article.proposed_for))
    )
    return present(db.session.scalar(found, moments(now=arrived())))


def newest(article: Article) -> ArticleRevision:
    """Return the newest version of an article."""
    return version(article, article.number)


def version(article: Article, number: int) -> ArticleRevision:
    """Return one version of an article. Raises Missing for one that never was."""
    found = select(ArticleRevision).where(
        ArticleRevision.article_id == article.id, ArticleRevision.number == number
    )
    return present(db.session.scalar(found))


def revision(id: UUID, number: int, *, actor: Actor) -> ArticleRevision:
    """Find one version of an article, for those who may read it."""
    found = ArticleRevision.visible_to(actor).where(
        ArticleRevision.article_id == id, ArticleRevision.number == number
    )
    found = found.options(joinedload(ArticleRevision.article))
    return present(db.session.scalar(found, moments(now=arrived())))


def one_before(revision: ArticleRevision) -> ArticleRevision | None:
    """Return the version that one took the place of, if there was any."""
    found = select(ArticleRevision).where(
        ArticleRevision.article_id == revision.article_id,
        ArticleRevision.number == revision.number - 1,
    )
    return db.session.scalar(found)


VERSIONS = (
    select(
        ArticleRevision.id, ArticleRevision.number, ArticleRevision.title, ArticleRevision.at,
        Person.name,
    )
    .join(Person, Person.id == ArticleRevision.by_id)
    .where(ArticleRevision.article_id == bindparam("article_id"))
)  # fmt: skip


def versions(article: Article, mark: str | None) -> PageOfRows:
    """Return a page of what an article has said, the newest first."""
    return page(VERSIONS, BY_NUMBER, mark, given={"article_id": article.id})


PROPOSALS = (
    select(
        Article.id, Article.created_at, Article.state, Article.published_at,
        ArticleRevision.title, Organisation.display_name,
    )
    .join(ArticleRevision, (ArticleRevision.article_id == Article.id)
          & (ArticleRevision.number == 1))
    .join(Organisation, Organisation.id == Article.proposed_for_id)
    .where(Article.proposed_for_id.in_(bindparam("own_ids", expanding=True)))
)  # fmt: skip


def proposals(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return what was proposed for the organisations that somebody belongs to, newest first."""
    return page(PROPOSALS, BY_MADE, mark, given=own(actor))


def is_member(organisation_id: UUID, *, now: datetime) -> bool:
    """Tell whether an organisation is a member at this moment."""
    found = select(Membership.id).where(
        Membership.organisation_id == organisation_id, *counts_now()
    )
    return db.session.scalar(found.limit(1), moments(now=now)) is not None


def own_organisation(id: UUID, *, actor: Actor) -> Organisation:
    """Find an organisation that somebody belongs to."""
    found = Organisation.visible_to(actor).where(
        Organisation.id == id, Organisation.id.in_(actor.organisation_ids)
    )
    return present(db.session.scalar(found))


def tags(keys: Sequence[str] | None = None) -> Sequence[Tag]:
    """Return the tags to choose from, or those of some keys."""
    found = select(Tag).order_by(Tag.label_en)
    return db.session.scalars(found if keys is None else found.where(Tag.key.in_(keys))).all()


def tiers() -> Sequence[MembershipTier]:
    """Return the kinds of membership, the highest first."""
    return db.session.scalars(select(MembershipTier).order_by(MembershipTier.rank)).all()


def organisations_called(names: Sequence[str]) -> Sequence[Organisation]:
    """Return the organisations that have one of these names or addresses."""
    keys = [name_key(name) for name in names]
    named = or_(Organisation.name_key.in_(keys), Organisation.slug.in_([*names]))
    return db.session.scalars(select(Organisation).where(named).limit(200)).all()


def taken(wanted: str, *, but: UUID | None = None) -> set[str]:
    """Return the addresses beginning so that articles have or had; `but` one article's own."""
    begins, id = f"{wanted}%", but or UUID(int=0)
    now_there = select(Article.slug).where(Article.slug.like(begins), Article.id != id)
    before = select(ArticleSlug.slug).where(
        ArticleSlug.slug.like(begins), ArticleSlug.article_id != id
    )
    return {*db.session.scalars(now_there), *db.session.scalars(before)}


def former(slug: str) -> ArticleSlug | None:
    """Return the note that an article once had this address."""
    return db.session.scalar(select(ArticleSlug).where(ArticleSlug.slug == slug))


WAITING = (
    select(Article.id, Article.state, Article.edited_at, ArticleRevision.title,
           Organisation.display_name.label("organisation"))
    .join(ArticleRevision, IS_NEWEST)
    .outerjoin(Organisation, Organisation.id == Article.proposed_for_id)
    .where(Article.state.in_([ArticleState.PROPOSED, ArticleState.IN_REVIEW]))
    .order_by(Article.edited_at, Article.id)
    .limit(ON_DESK)
)  # fmt: skip


def waiting() -> Sequence[Any]:
    """Return what waits for an editor: proposals and articles in review, the longest first."""
    return read(WAITING).all()


OWN_WAITING = (
    select(Article.id, Article.edited_at, ArticleRevision.title)
    .join(ArticleRevision, IS_NEWEST)
    .where(Article.state == ArticleState.PROPOSED)
    .where(Article.proposed_for_id.in_(bindparam("own_ids", expanding=True)))
    .order_by(Article.edited_at, Article.id)
    .limit(ON_DESK)
)


def proposed_by_us(*, actor: Actor) -> Sequence[Any]:
    """Return what this person's organisations wait for an answer to."""
    return read(OWN_WAITING, **own(actor)).all()


def editors(*, now: datetime) -> Sequence[Person]:
    """Return the editors; where there are none, those who run the portal."""
    for role in (StaffRole.EDITOR, StaffRole.ADMINISTRATOR):
        granted = select(StaffGrant.person_id).where(
            StaffGrant.role == role, *in_force(StaffGrant, now=now)
        )
        people = select(Person).where(Person.id.in_(granted), *is_told())
        if found := db.session.scalars(people.order_by(Person.id)).all():
            return found
    return ()

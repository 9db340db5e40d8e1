"""What of the news can be found: what is out, as its readers have it."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from portal.core.wording import N_
from portal.extensions import db
from portal.models import Actor, Article, ArticleRevision
from portal.news.queries.moments import moments
from portal.search import Document, Source, declare
from portal.search.texts import joined, plain


def init_app() -> None:
    """Let our rows be found."""
    declare(NEWS)


def documents(ids: Sequence[UUID]) -> Iterator[Document]:
    """Make documents of the versions that readers see or will see; drafts have none."""
    rows = (
        select(Article, ArticleRevision)
        .join(ArticleRevision, ArticleRevision.article_id == Article.id)
        .where(Article.id.in_(ids), ArticleRevision.number == Article.live_number)
        .options(selectinload(Article.tags))
    )
    for article, version in db.session.execute(rows):
        labels = [getattr(tag, f"label_{article.language}") for tag in article.tags]
        yield Document(
            subject_id=article.id,
            language=article.language,
            title=version.title,
            text=joined(version.standfirst, plain(version.body), joined(*labels, between=" · ")),
            address=f"/news/{article.slug}",
        )


def seen(actor: Actor | None) -> Select[Article]:
    """Select the articles that are out and meant for a visitor."""
    return Article.visible_to(actor).where(Article.out())


NEWS = Source(
    kind="article",
    label=N_("News"),
    rank=20,
    model=Article,
    documents=documents,
    visible=seen,
    follows={ArticleRevision: "article_id"},
    given=moments,
)

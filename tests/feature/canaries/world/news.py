"""Articles of every kind that not everybody reads."""

from typing import Any

from portal.models import (
    ArticleRevision,
    ArticleState,
    Audience,
)
from tests import factories as make
from tests.factories.base import days
from tests.feature.canaries.words import text, word
from tests.feature.canaries.world.cast import Cast


class News(Cast):
    """Articles of every kind that not everybody reads."""

    def story(self, secret: str, **more: Any) -> Any:
        """Make an article all of whose words are a secret, with a picture."""
        body, stored = text(secret), self.file(secret, "article_revision", "image/webp")
        told = {
            "slug": word(secret), "title": body, "standfirst": body, "body": body,
            "byline": body, "credit": body, "alternative": body, "picture_id": stored.id,
        }  # fmt: skip
        article = make.article(**({"author": self.people.editor} | told | more))
        first = self.session.query(ArticleRevision).filter_by(article_id=article.id).one()
        stored.owner_id = first.id
        self.session.flush()
        return article

    def news(self) -> None:
        """Make articles of every kind that not everybody reads."""
        out: dict[str, Any] = {
            "state": ArticleState.PUBLISHED, "live_number": 1, "published_at": days(-1),
            "updated_at": days(-1), "changed_at": days(-1),
        }  # fmt: skip
        about: dict[str, Any] = {"tags": [make.Tag(key="sea")], "organisations": [self.gold]}
        self.story("article for members", audience=Audience.MEMBERS, **out, **about)
        tier = {"audience": Audience.TIER, "tier_id": self.high.id}
        self.story("article for gold", **tier, **out, **about)
        draft = self.story("article in draft", **about)
        self.story("article in review", state=ArticleState.IN_REVIEW, **about)
        self.story("article of tomorrow", **(out | {"published_at": days(1)}), **about)
        gone = self.story(
            "article in the archive", **(out | {"state": ArticleState.ARCHIVED}), **about
        )
        make.ArticleSlug(slug="where-it-was", article_id=gone.id)
        make.ArticleSlug(slug="where-it-was-drafted", article_id=draft.id)
        self.note(draft, "note to an author", "article.returned")
        coming = make.story(slug="revised", number=2, body="Public.", **about)
        self.version(coming, 2, "version to come")
        past = text("version of before")
        corrected = make.story(
            slug="corrected", live_number=2, number=2, title=past, body=past, **about
        )
        self.version(corrected, 2, None)

    def version(self, article: Any, number: int, secret: str | None) -> None:
        told = text(secret) if secret else "Public now."
        make.ArticleRevision(
            article_id=article.id, number=number, title=told, standfirst=told, body=told,
            by_id=self.people.editor.id,
        )  # fmt: skip

    def proposals(self) -> None:
        """Make what the applicant's organisation proposed, and what became of it."""
        given = {"author": self.people.applicant, "proposed_for": self.owner}
        self.story("proposal", state=ArticleState.PROPOSED, **given)
        self.story("proposal taken back", state=ArticleState.WITHDRAWN, **given)
        answer = text("answer to a proposal")
        make.article(state=ArticleState.DECLINED, answer=answer, **given)

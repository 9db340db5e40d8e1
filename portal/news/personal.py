"""What this room keeps about people."""

from portal.core.wording import N_
from portal.models import Article, ArticleRevision, NewsFeed
from portal.platform.personal import Fate, Holding, by, hold

PUBLISHED = N_(
    "What was published, and who wrote it, is part of the public record of the cluster"
    " (personopplysningsloven § 3, freedom of expression)."
)


HOLDINGS = (
    Holding(
        key="articles",
        label=N_("News that they wrote or proposed"),
        model=Article,
        keys=(Article.author_id,),
        mine=by(Article.author_id),
        told=(
            Article.slug, Article.state, Article.byline, Article.published_at,
            Article.created_at, Article.answer,
        ),
        fate=Fate.KEPT,
        because=PUBLISHED,
    ),
    Holding(
        key="unpublished_bylines",
        label=N_("Their name over news that was never published"),
        model=Article,
        mine=lambda whose: (Article.author_id == whose.id) & Article.published_at.is_(None),
        fate=Fate.NAMELESS,
        because=N_("Nobody ever read it. The name goes, the text is the organisation’s."),
        empties={"byline": ""},
    ),
    Holding(
        key="article_versions",
        label=N_("Versions of news that they wrote"),
        model=ArticleRevision,
        keys=(ArticleRevision.by_id,),
        mine=by(ArticleRevision.by_id),
        told=(
            ArticleRevision.title, ArticleRevision.standfirst, ArticleRevision.body,
            ArticleRevision.at,
        ),
        fate=Fate.KEPT,
        because=PUBLISHED,
    ),
    Holding(
        key="news_feed",
        label=N_("Their private news feed"),
        model=NewsFeed,
        keys=(NewsFeed.person_id,),
        mine=by(NewsFeed.person_id),
        told=(NewsFeed.created_at, NewsFeed.renewed_at),
        fate=Fate.DELETED,
        because=N_("It ends with the account."),
    ),
)  # fmt: skip


def init_app() -> None:
    """Say what is kept, why, and what a copy tells of it."""
    hold(*HOLDINGS)

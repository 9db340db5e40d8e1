"""Articles in every state, what a member proposed, and a private feed."""

from typing import Any

from sqlalchemy import select

from portal.models import ArticleRevision, ArticleState, Audience
from portal.platform import files, tokens
from tests import factories
from tests.architecture.world.placing import flush
from tests.factories import base
from tests.factories.base import days

SECRET = "the-secret-of-a-feed"
S = ArticleState


def make(everybody: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Make it all; return it by name."""
    editor, organisation = everybody["editor"], own["own_row"]
    tag = factories.Tag(key="sea")
    given: dict[str, Any] = {"author": editor, "byline": "Editor", "credit": "Kari"}
    about: dict[str, Any] = {"organisations": [organisation], "tags": [tag]}
    shown, hidden = picture("1111"), picture("2222")
    made = {
        "article_live": factories.story(
            slug="live", picture_id=shown.id, alternative="A harbour", **given, **about
        ),
        "article_quiet": factories.story(slug="quiet", audience=Audience.MEMBERS, **given),
        "article_later": factories.story(slug="later", published_at=days(3), **given),
        "article_revised": factories.story(slug="revised", number=2, **given),
        "article_draft": factories.article(slug="draft", picture_id=hidden.id,
                                           alternative="A quay", **given, **about),
        "article_review": factories.article(slug="review", state=S.IN_REVIEW, **given),
        "article_gone": factories.article(slug="gone", state=S.ARCHIVED, **given),
        "article_proposed": proposal(everybody, organisation, "proposed"),
        "article_declined": proposal(
            everybody, organisation, "declined", state=S.DECLINED, answer="Told already."
        ),
    }  # fmt: skip
    revised = made["article_revised"]
    factories.ArticleRevision(
        article_id=revised.id, number=2, title="Another", body="Nothing sails.", by_id=editor.id
    )
    for file, article in ((shown, made["article_live"]), (hidden, made["article_draft"])):
        own_by(file, article)
    factories.NewsFeed(person=everybody["member"], token_hash=tokens.digest(SECRET))
    tags = {"news_tag_id": tag, "other_tag_id": factories.Tag(key="land")}
    pictures = {"shown": shown, "hidden": hidden}
    return made | tags | pictures | {"news_tag": "sea", "feed_secret": SECRET}


def proposal(everybody: dict[str, Any], organisation: Any, slug: str, **more: Any) -> Any:
    """Make what somebody of the organisation proposed."""
    return factories.article(
        slug=slug,
        **({"state": S.PROPOSED} | more),
        author=everybody["member"],
        proposed_for=organisation,
    )


def picture(name: str) -> Any:
    """Make a picture that no version shows yet."""
    stored = factories.StoredFile(
        key=f"article_revision/{name}", name=f"{name}.webp", media_type="image/webp", width=40,
        height=30, owner_type="article_revision",
    )  # fmt: skip
    files.store().put(stored.key, b"RIFF")
    return stored


def own_by(stored: Any, article: Any) -> None:
    """Let the first version of an article own a picture."""
    assert base.SESSION is not None
    first = select(ArticleRevision.id).where(ArticleRevision.article_id == article.id)
    stored.owner_id = base.SESSION.scalars(first).one()
    flush()

"""Articles in every state, with their versions."""

from typing import Any

import factory
from uuid_utils.compat import uuid7

from portal import models
from portal.core import clock
from portal.models import ArticleState
from tests.factories import base, members


class ArticleRevision(base.Maker):
    class Meta:
        model = models.ArticleRevision

    article_id = factory.LazyFunction(lambda: Article().id)
    number = 1
    title = "A ferry without a crew"
    standfirst = "It crosses the fjord by itself."
    body = "The first crossing took four minutes."
    by_id = factory.LazyFunction(lambda: members.Person().id)
    at = factory.LazyFunction(lambda: clock.now())


class Article(base.Maker):
    """A draft with one version; `live=True` for one that was published yesterday."""

    class Meta:
        model = models.Article

    class Params:
        live = factory.Trait(
            state=ArticleState.PUBLISHED,
            live_number=1,
            published_at=factory.LazyFunction(lambda: base.days(-1)),
            updated_at=factory.SelfAttribute("published_at"),
            changed_at=factory.SelfAttribute("published_at"),
        )

    id = factory.LazyFunction(uuid7)
    slug = factory.Sequence("story-{}".format)
    author = factory.SubFactory(members.Person)
    edited_at = factory.LazyFunction(lambda: clock.now())

    @classmethod
    def _create(cls, model_class: type[models.Article], *args: Any, **kwargs: Any) -> Any:
        words = kwargs.pop("_words", {})
        article = super()._create(model_class, *args, **kwargs)
        ArticleRevision(article_id=article.id, by_id=article.author.id, **words)
        return article


class ArticleSlug(base.Maker):
    class Meta:
        model = models.ArticleSlug

    slug = factory.Sequence("old-story-{}".format)
    article_id = factory.LazyFunction(lambda: Article(live=True).id)


class NewsFeed(base.Maker):
    class Meta:
        model = models.NewsFeed

    person = factory.SubFactory(members.Person)
    token_hash = factory.Sequence("feed-{}".format)
    renewed_at = factory.LazyFunction(lambda: clock.now())


def article(**given: Any) -> models.Article:
    """Make an article; words of its version are given beside what else it is.

    `make.article(live=True, title="…", audience=Audience.MEMBERS)`
    """
    names = ("title", "standfirst", "body", "picture_id", "alternative", "decorative", "credit")
    words = {name: given.pop(name) for name in names if name in given}
    return Article(_words=words, **given)


def story(**given: Any) -> models.Article:
    """Make an article that was published yesterday, or at its `published_at`."""
    return article(live=True, **given)

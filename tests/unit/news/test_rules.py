"""Where an article stands at a moment, and what it lacks."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from portal.models import Article, ArticleState, Audience
from portal.news import rules

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Words:
    standfirst: str = "It sails."
    body: str = "Far."
    alternative: str = ""
    decorative: bool = False


def published(at, audience=Audience.PUBLIC):
    return Article(state=ArticleState.PUBLISHED, published_at=at, audience=audience)


@pytest.mark.parametrize(
    ("at", "phase"),
    [(NOON - SECOND, "published"), (NOON, "published"), (NOON + SECOND, "scheduled")],
)
def test_what_is_published_later_is_scheduled_until_its_very_instant(at, phase):
    assert rules.phase(published(at), now=NOON) == phase


@pytest.mark.parametrize("state", ["proposed", "draft", "in_review", "archived", "declined"])
def test_every_other_state_is_what_it_says(state):
    article = Article(state=ArticleState.of(state), published_at=None)
    assert rules.phase(article, now=NOON) == state
    assert not rules.is_out(article, now=NOON)


def test_an_archived_article_is_not_out_though_it_was():
    article = Article(state=ArticleState.ARCHIVED, published_at=NOON - SECOND)
    assert not rules.is_out(article, now=NOON)


def test_only_what_is_for_everybody_is_public():
    assert rules.is_public(published(NOON), now=NOON)
    for audience in (Audience.MEMBERS, Audience.TIER):
        assert not rules.is_public(published(NOON, audience), now=NOON)


@pytest.mark.parametrize(
    ("words", "pictured", "lacks"),
    [
        (Words(), False, []),
        (Words(standfirst=" "), False, [rules.NO_STANDFIRST]),
        (Words(standfirst="", body=""), False, [rules.NO_STANDFIRST, rules.NO_BODY]),
        (Words(), True, [rules.NO_ALTERNATIVE]),
        (Words(alternative="A quay"), True, []),
        (Words(decorative=True), True, []),
        (Words(alternative="A quay", decorative=True), True, [rules.DESCRIBED_DECORATION]),
    ],
)
def test_what_an_article_lacks_is_said_in_order(words, pictured, lacks):
    assert rules.lacks(words, pictured=pictured) == lacks

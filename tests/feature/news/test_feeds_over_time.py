"""What readers of every feed learn over the life of a story, read by somebody else's parser."""

import json
from datetime import UTC, datetime, timedelta

import feedparser
import pytest

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
FEEDS = ("/news", "/news/tags/sea", "/news/members/fjord-media")


@pytest.fixture(autouse=True)
def _noon(at):
    at(NOON)


@pytest.fixture
def ferry(make, member):
    tags = [make.Tag(key="sea", label_en="Sea")]
    return make.article(slug="ferry", title="A ferry", organisations=[member], tags=tags)


@pytest.fixture
def desk(browser, editor):
    """The editor's browser."""
    browser.sign_in(editor, now=NOON)
    return browser


@pytest.fixture
def read(session, another_browser):
    """Return what each feed of a kind tells: the ids and titles of its stories."""

    def ask(kind):
        session.commit()
        answers = [another_browser.client.get(f"{feed}/feed.{kind}") for feed in FEEDS]
        return [told(answer.data, kind) for answer in answers]

    return ask


def told(content, kind):
    if kind == "json":
        return [(item["id"], item["title"]) for item in json.loads(content)["items"]]
    parsed = feedparser.parse(content)
    assert not parsed.bozo
    return [(entry.id, entry.title) for entry in parsed.entries]


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_every_feed_follows_a_story_from_its_publication_to_the_archive(
    at, desk, ferry, read, kind
):
    key = f"urn:uuid:{ferry.id}"
    assert read(kind) == [[], [], []]
    desk.press("news.article", "Send to review", id=ferry.id)
    assert read(kind) == [[], [], []]
    desk.fill("news.publish", {}, id=ferry.id)
    assert read(kind) == [[(key, "A ferry")]] * 3

    at(NOON + timedelta(hours=1))
    desk.fill("news.edit_text", {"title": "A ship"}, id=ferry.id)
    assert read(kind) == [[(key, "A ferry")]] * 3, "a version that is not out is told to nobody"
    desk.fill("news.publish_version", {}, id=ferry.id)
    assert read(kind) == [[(key, "A ship")]] * 3

    at(NOON + timedelta(hours=2))
    desk.fill("news.edit_details", {"tags": []}, id=ferry.id)
    assert read(kind) == [[(key, "A ship")], [], [(key, "A ship")]]

    at(NOON + timedelta(hours=3))
    desk.fill("news.archive", id=ferry.id)
    assert read(kind) == [[], [], []]

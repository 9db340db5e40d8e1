"""Feeds, read by a parser of somebody else's, over the life of a story."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from sqlalchemy import update

from portal.models import Affiliation, Audience
from portal.platform import tokens
from tests.factories.members import LONG_AGO

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
KINDS = ("rss", "atom", "json")


@pytest.fixture
def get(browser, session):
    """Ask for a file as a feed reader does."""

    def asked(path, **headers):
        session.commit()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return browser.client.get(path, headers=named)

    return asked


def parsed(response):
    ElementTree.fromstring(response.data)  # noqa: S314 - our own, and this is the question
    told = feedparser.parse(response.data)
    assert not told.bozo, told.get("bozo_exception")
    return told


def told(response, kind):
    """Return what a reader knows of each story: id, title, link."""
    if kind == "json":
        items = json.loads(response.data)["items"]
        return [(item["id"], item["title"], item["url"]) for item in items]
    return [(entry.id, entry.title, entry.link) for entry in parsed(response).entries]


@pytest.fixture
def ferry(make, member):
    return make.story(
        slug="ferry", title="A ferry & more <3", standfirst="It sails.",
        body="It **sailed** [here](/members/fjord-media).", byline="Eline",
        published_at=NOON - timedelta(days=1), organisations=[member],
        tags=[make.Tag(key="sea", label_en="Sea")],
    )  # fmt: skip


@pytest.fixture
def noon(at):
    at(NOON)


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_tell_the_same_story_under_the_same_id(get, ferry, kind):
    expected = [(f"urn:uuid:{ferry.id}", "A ferry & more <3", "http://127.0.0.1:8000/news/ferry")]
    for path in ("/news", "/news/tags/sea", "/news/members/fjord-media"):
        response = get(f"{path}/feed.{kind}")
        assert told(response, kind) == expected


@pytest.mark.usefixtures("noon", "ferry")
def test_atom_says_all_that_it_must(get):
    response = get("/news/feed.atom")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    feed = parsed(response)
    assert feed.version == "atom10"
    assert feed.feed.title == "Test Cluster"
    assert feed.feed.updated == "2026-03-09T12:00:00Z"
    links = {link.rel: link.href for link in feed.feed.links}
    assert links == {
        "self": "http://127.0.0.1:8000/news/feed.atom",
        "alternate": "http://127.0.0.1:8000/news",
    }
    [entry] = feed.entries
    assert (entry.published, entry.updated) == ("2026-03-09T12:00:00Z", "2026-03-09T12:00:00Z")
    assert entry.author == "Eline"
    assert [tag.term for tag in entry.tags] == ["Sea"]
    assert entry.summary == "It sails."
    assert "<strong>sailed</strong>" in entry.content[0].value
    assert 'href="http://127.0.0.1:8000/members/fjord-media"' in entry.content[0].value


@pytest.mark.usefixtures("noon", "ferry")
def test_rss_says_all_that_it_must(get):
    response = get("/news/feed.rss")
    assert response.content_type == "application/rss+xml; charset=utf-8"
    feed = parsed(response)
    assert feed.version == "rss20"
    assert (feed.feed.title, feed.feed.link) == ("Test Cluster", "http://127.0.0.1:8000/news")
    [entry] = feed.entries
    assert entry.published == "Mon, 09 Mar 2026 12:00:00 GMT"
    assert entry.guidislink is False
    assert entry.author == "Eline"
    assert [tag.term for tag in entry.tags] == ["Sea"]
    assert "<strong>sailed</strong>" in entry.content[0].value


@pytest.mark.usefixtures("noon", "ferry")
def test_json_feed_says_all_that_it_must(get):
    response = get("/news/feed.json")
    assert response.content_type == "application/feed+json; charset=utf-8"
    feed = json.loads(response.data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Test Cluster"
    assert feed["home_page_url"] == "http://127.0.0.1:8000/news"
    assert feed["feed_url"] == "http://127.0.0.1:8000/news/feed.json"
    [item] = feed["items"]
    assert item["date_published"] == item["date_modified"] == "2026-03-09T12:00:00Z"
    assert item["authors"] == [{"name": "Eline"}]
    assert item["tags"] == ["Sea"]
    assert item["language"] == "en"
    assert item["summary"] == "It sails."
    assert "<strong>sailed</strong>" in item["content_html"]


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("kind", KINDS)
def test_a_feed_without_stories_is_a_feed(get, kind):
    response = get(f"/news/feed.{kind}")
    assert response.status_code == 200
    assert told(response, kind) == []


@pytest.mark.usefixtures("noon", "ferry")
@pytest.mark.parametrize("kind", KINDS)
def test_a_reader_that_asks_again_is_told_that_nothing_changed(get, kind):
    first = get(f"/news/feed.{kind}")
    assert first.headers["Last-Modified"] == "Mon, 09 Mar 2026 12:00:00 GMT"
    assert "public" in first.headers["Cache-Control"]
    by_mark = get(f"/news/feed.{kind}", If_None_Match=first.headers["ETag"])
    by_date = get(f"/news/feed.{kind}", If_Modified_Since=first.headers["Last-Modified"])
    assert (by_mark.status_code, by_mark.data) == (304, b"")
    assert (by_date.status_code, by_date.data) == (304, b"")


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_archived_is_gone_also_for_who_asks_by_date(get, at, browser, editor, ferry, kind):
    first = get(f"/news/feed.{kind}")
    at(NOON + timedelta(hours=1))
    browser.sign_in(editor)
    browser.fill("news.archive", id=ferry.id)
    browser.sign_out()
    again = get(f"/news/feed.{kind}", If_Modified_Since=first.headers["Last-Modified"])
    assert again.status_code == 200
    assert told(again, kind) == []


@pytest.mark.usefixtures("noon")
def test_a_story_that_becomes_the_members_is_gone(get, at, browser, editor, ferry):
    first = get("/news/feed.atom")
    at(NOON + timedelta(hours=1))
    browser.sign_in(editor)
    browser.fill("news.edit_details", {"audience": "members"}, id=ferry.id)
    browser.sign_out()
    again = get("/news/feed.atom", If_Modified_Since=first.headers["Last-Modified"])
    assert told(again, "atom") == []


def revise(browser, editor, story, title, **answers):
    browser.sign_in(editor)
    browser.fill("news.edit_text", {"title": title}, id=story.id)
    browser.fill("news.publish_version", answers, id=story.id)
    browser.sign_out()


@pytest.mark.usefixtures("noon")
def test_a_change_of_substance_is_an_update_of_the_same_story(get, at, browser, editor, ferry):
    [before] = parsed(get("/news/feed.atom")).entries
    at(NOON + timedelta(hours=1))
    revise(browser, editor, ferry, "A ship")
    [after] = parsed(get("/news/feed.atom")).entries
    assert (after.id, after.published) == (before.id, before.published)
    assert (after.title, after.updated) == ("A ship", "2026-03-10T13:00:00Z")


@pytest.mark.usefixtures("noon")
def test_a_small_correction_is_read_and_announced_to_nobody(get, at, browser, editor, ferry):
    first = get("/news/feed.atom")
    [before] = parsed(first).entries
    at(NOON + timedelta(hours=1))
    revise(browser, editor, ferry, "A fairy", small="y")
    again = get("/news/feed.atom", If_Modified_Since=first.headers["Last-Modified"])
    [after] = parsed(again).entries
    assert (after.title, after.updated) == ("A fairy", before.updated)


@pytest.mark.usefixtures("noon")
def test_another_address_is_the_same_story(get, browser, editor, ferry):
    [before] = parsed(get("/news/feed.atom")).entries
    browser.sign_in(editor)
    browser.fill("news.edit_details", {"slug": "the-ferry"}, id=ferry.id)
    browser.sign_out()
    [after] = parsed(get("/news/feed.atom")).entries
    assert after.id == before.id
    assert after.link == "http://127.0.0.1:8000/news/the-ferry"


def test_a_scheduled_story_joins_the_feed_at_its_instant(get, at, make):
    make.story(title="Soon", published_at=NOON, changed_at=NOON - timedelta(days=2))
    at(NOON - timedelta(seconds=1))
    first = get("/news/feed.atom")
    assert told(first, "atom") == []
    at(NOON)
    again = get("/news/feed.atom", If_Modified_Since=first.headers["Last-Modified"])
    [entry] = parsed(again).entries
    assert entry.title == "Soon"


@pytest.mark.usefixtures("noon")
def test_a_story_of_members_leaves_no_trace_in_the_headers(get, make, ferry):
    before = get("/news/feed.atom").headers["Last-Modified"]
    make.story(audience=Audience.MEMBERS, published_at=NOON, changed_at=None)
    assert get("/news/feed.atom").headers["Last-Modified"] == before


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("kind", KINDS)
def test_signs_that_no_xml_takes_do_not_break_a_feed(get, make, kind):
    make.story(title="A\ufffeB", body="C\uffff]]>D", published_at=NOON)
    response = get(f"/news/feed.{kind}")
    assert len(told(response, kind)) == 1


@pytest.fixture
def secret(make, colleague):
    make.NewsFeed(person=colleague, token_hash=tokens.digest("the-secret"))
    make.story(title="For members", audience=Audience.MEMBERS, published_at=NOON)
    make.article(title="A draft")
    return "the-secret"


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("kind", KINDS)
def test_a_private_feed_tells_members_their_news_and_nobody_keeps_it(get, ferry, secret, kind):
    response = get(f"/news/private/{secret}/feed.{kind}")
    titles = [title for _id, title, _link in told(response, kind)]
    assert titles == ["For members", "A ferry & more <3"]
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    again = get(f"/news/private/{secret}/feed.{kind}", If_None_Match=response.headers["ETag"])
    assert again.status_code == 304


@pytest.mark.usefixtures("noon")
def test_a_private_feed_never_tells_of_drafts_not_even_to_editors(get, make, editor):
    make.NewsFeed(person=editor, token_hash=tokens.digest("hers"))
    make.article(title="A draft")
    make.story(title="Tomorrow", published_at=NOON + timedelta(days=1))
    assert told(get("/news/private/hers/feed.atom"), "atom") == []


@pytest.mark.usefixtures("noon")
def test_a_private_feed_ends_with_what_gave_the_right(get, session, colleague, secret):
    session.execute(update(Affiliation).values(ends_at=LONG_AGO))
    assert told(get(f"/news/private/{secret}/feed.atom"), "atom") == []
    colleague.state = "blocked"
    assert get(f"/news/private/{secret}/feed.atom").status_code == 404


@pytest.mark.usefixtures("noon")
def test_a_secret_that_is_none_opens_nothing(get, session):
    assert get("/news/private/guessed/feed.atom").status_code == 404


@pytest.mark.usefixtures("noon")
def test_a_new_secret_takes_the_place_of_the_old_and_is_shown_once(get, browser, colleague, secret):
    browser.sign_in(colleague)
    page = browser.fill("news.own_feed", expect=200)
    addresses = [code.text for code in page.select("code")]
    assert len(addresses) == 3
    assert not browser.get("news.own_feed").select("code")
    assert get(f"/news/private/{secret}/feed.atom").status_code == 404
    [atom] = [address for address in addresses if address.endswith(".atom")]
    assert get(atom.removeprefix("http://127.0.0.1:8000")).status_code == 200
    browser.press("news.own_feed", "End the private feed")
    assert get(atom.removeprefix("http://127.0.0.1:8000")).status_code == 404

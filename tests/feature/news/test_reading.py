"""What readers find: lists, stories, and nothing that is not for them."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from portal.models import Audience

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def titles(page):
    return [link.text for link in page.select("main .rows a")]


def test_news_are_listed_the_newest_first(browser, make, at):
    at(NOON)
    make.story(title="Older", published_at=NOON - timedelta(days=2))
    make.story(title="Newer", published_at=NOON - timedelta(days=1))
    assert titles(browser.get("news.index")) == ["Newer", "Older"]


def test_a_long_list_goes_on_by_its_mark(browser, make, at):
    at(NOON)
    for n in range(27):
        make.story(title=f"Story {n:02}", published_at=NOON - timedelta(hours=n))
    page = browser.get("news.index")
    assert titles(page) == [f"Story {n:02}" for n in range(25)]
    page = browser.open("GET", page.select_one("a[rel=next]")["href"])
    assert titles(page) == ["Story 25", "Story 26"]


def test_lists_show_the_pictures_of_stories_without_saying_the_title_twice(browser, make, at):
    at(NOON)
    told = {"published_at": NOON - timedelta(hours=1), "decorative": True}
    first, second = (make.StoredFile() for _number in range(2))
    make.story(title="First", picture_id=first.id, **told)
    for n in range(2, 27):
        picture = {"picture_id": second.id, "decorative": True} if n == 2 else {}
        make.story(title=f"{n}", published_at=NOON - timedelta(hours=n), **picture)
    for endpoint in ("news.index", "site.home"):
        page = browser.get(endpoint)
        large, small = page.select("img[loading=lazy]")
        assert (large["src"], small["src"]) == (
            f"/files/{first.id}/small", f"/files/{second.id}/small"
        )  # fmt: skip
        assert (large["alt"], small["alt"]) == ("", "")
        assert [large["width"], small["width"]] == ["720", "144"]
        [lead] = page.select(".story--lead")
        assert lead.a.text == "First"
    page = browser.get("news.index")
    page = browser.open("GET", page.select_one("a[rel=next]")["href"])
    assert not page.select(".story--lead, .story img")


def test_a_story_appears_at_its_instant_without_anybody_doing_anything(browser, make, at):
    make.story(slug="soon", title="Soon", published_at=NOON)
    at(NOON - timedelta(seconds=1))
    browser.get("news.story", slug="soon", expect=404)
    assert titles(browser.get("news.index")) == []
    at(NOON)
    assert titles(browser.get("news.index")) == ["Soon"]
    browser.get("news.story", slug="soon")


@pytest.mark.parametrize("state", ["draft", "in_review", "archived"])
def test_what_is_not_published_is_not_there(browser, make, state):
    make.article(slug="hidden", title="Hidden", state=state)
    browser.get("news.story", slug="hidden", expect=404)
    assert titles(browser.get("news.index")) == []


def test_a_story_tells_all_of_itself(browser, make, at, member):
    at(NOON)
    story = make.story(
        slug="ferry", title="A ferry", standfirst="It sails.", body="## Then\n\nIt **sailed**.",
        byline="Eline Editor", published_at=datetime(2026, 3, 9, 12, tzinfo=UTC),
        organisations=[member], tags=[make.Tag(key="sea", label_en="Sea")],
    )  # fmt: skip
    page = browser.get("news.story", slug="ferry")
    assert page.h1.text == "A ferry"
    assert page.select_one(".lead").text == "It sails."
    assert page.select_one(".prose h2").text == "Then"
    assert page.select_one(".prose strong").text == "sailed"
    assert page.select_one("header .quiet").text == "9 March 2026 · Eline Editor"
    links = {a["href"]: a.text for a in page.select("aside a")}
    assert links == {"/news/tags/sea": "Sea", "/members/fjord-media": "Fjord Media"}
    told = json.loads(page.select_one("script[type='application/ld+json']").text)
    assert told["@type"] == "NewsArticle"
    assert told["headline"] == "A ferry"
    assert told["datePublished"] == "2026-03-09T12:00:00Z"
    assert told["about"][0]["name"] == "Fjord Media"
    assert page.select_one("meta[property='og:type']")["content"] == "article"
    assert str(story.id) not in page.text


def test_words_that_end_a_script_do_not_end_it(browser, make):
    make.story(slug="sly", title="</script><script>alert(1)</script>")
    page = browser.get("news.story", slug="sly")
    [script] = page.select("script[type]:not([type=module])")
    assert json.loads(script.text)["headline"] == "</script><script>alert(1)</script>"


def test_html_in_a_text_does_nothing(browser, make):
    make.story(slug="sly", body="<script>alert(1)</script> [x](javascript:alert(1))")
    page = browser.get("news.story", slug="sly")
    assert not page.select(".prose script")
    assert not page.select(".prose a[href^=javascript]")


def test_an_old_address_leads_to_the_new_one_for_good(browser, make):
    story = make.story(slug="new-name")
    make.ArticleSlug(slug="old-name", article_id=story.id)
    browser.get("news.story", slug="old-name", expect=301)
    assert browser.response.headers["Location"] == "/news/new-name"


def test_an_old_address_of_what_is_hidden_leads_nowhere(browser, make):
    story = make.story(slug="new-name", audience=Audience.MEMBERS)
    make.ArticleSlug(slug="old-name", article_id=story.id)
    browser.get("news.story", slug="old-name", expect=404)


def test_tags_and_members_have_lists_of_their_own(browser, make, member):
    tag = make.Tag(key="sea", label_en="Sea")
    make.story(title="About both", tags=[tag], organisations=[member])
    make.story(title="About neither")
    assert titles(browser.get("news.tag", key="sea")) == ["About both"]
    assert titles(browser.get("news.member", slug="fjord-media")) == ["About both"]
    browser.get("news.tag", key="air", expect=404)
    browser.get("news.member", slug="nobody", expect=404)


def test_a_member_that_is_not_shown_is_named_nowhere(browser, make, member):
    member.listed = False
    make.story(slug="ferry", organisations=[member])
    assert "Fjord Media" not in browser.get("news.story", slug="ferry").text
    browser.get("news.member", slug="fjord-media", expect=404)


def test_an_article_in_another_language_says_so(browser, make):
    make.story(slug="ferje", language="nb", title="En ferje")
    page = browser.get("news.story", slug="ferje")
    assert page.html["lang"] == "en"
    assert page.h1["lang"] == "nb"
    assert page.select_one(".prose")["lang"] == "nb"
    assert browser.get("news.index").select_one(".rows a")["lang"] == "nb"


def test_home_and_a_members_page_show_the_newest(browser, make, member):
    make.story(title="Told at home", organisations=[member])
    assert "Told at home" in browser.get("site.home").text
    assert "Told at home" in browser.get("members.show", slug="fjord-media").text


def test_the_sitemap_names_what_is_public(browser, session, make):
    make.story(slug="for-all")
    make.story(slug="for-members", audience=Audience.MEMBERS)
    make.article(slug="a-draft")
    session.commit()
    told = browser.client.get("/sitemap.xml").text
    assert "/news/for-all<" in told
    assert "for-members" not in told
    assert "a-draft" not in told


def test_a_reader_without_a_cookie_may_keep_a_story_and_ask_again(browser, make):
    make.story(slug="ferry")
    browser.get("news.story", slug="ferry")
    etag = browser.response.headers["ETag"]
    browser.open("GET", "/news/ferry", expect=304, headers={"If-None-Match": etag})

"""What readers, members and proposers try on news."""

import json
import re
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from sqlalchemy import func, select

from portal.models import Article, ArticleRevision, ArticleState, Audience
from portal.news.presentation.compared import compare
from portal.platform import tokens
from tests.feature.news.conftest import colleague, editor, member  # noqa: F401 - who is who
from tests.feature.search.conftest import index  # noqa: F401 - so that all of it could be found

pytestmark = pytest.mark.filterwarnings("ignore::bs4.XMLParsedAsHTMLWarning")

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)
SECRET, WANTED = "Zyxwort", "mithril"
FEEDS = ("rss", "atom", "json")
EVIL = """[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](data:text/html,x)
[d](vbscript:x) <javascript:alert(1)> <a href="https://x.no" onclick=alert(1)>e</a>
![x](https://evil.example/t.gif "onerror=alert(1)") <img src=x onerror=alert(1)>
<script>alert(1)</script> <svg/onload=alert(1)> [f](https://ok.example)

[ref]: javascript:alert(1)
[ref] &#x6A;avascript:x [g](&#106;avascript:alert(1)) ]]><x/>
"""

LINKS = ["https://evil.example/t.gif", "https://ok.example"]


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


@pytest.fixture
def propose(browser, colleague):  # noqa: F811 - the fixture
    browser.sign_in(colleague, now=NOW)

    def send(answers=None, *, expect=302):
        told = {"title": "Ferry", "standfirst": "It sails.", "body": "Alone."}
        return browser.fill("news.propose", told | (answers or {}), expect=expect)

    return send


def everywhere(browser, article, tag):
    """Yield every public page and feed on which an article might be seen."""
    feeds = [browser.address("news.news_feed", kind=kind) for kind in FEEDS]
    feeds += [browser.address("news.tag_feed", key=tag.key, kind=kind) for kind in FEEDS]
    feeds += [browser.address("news.member_feed", slug="fjord-media", kind=k) for k in FEEDS]
    pages = ("/", "/news", f"/news/tags/{tag.key}", "/news/members/fjord-media", "/sitemap.xml",
             "/members/fjord-media", f"/search?q={WANTED}",
             f"/search?q={WANTED}&kind=article")  # fmt: skip
    yield from (*pages, *feeds, f"/news/{article.slug}")


@pytest.mark.parametrize("hidden", ["scheduled", "draft", "members", "archived", "review"])
def test_no_page_feed_or_search_tells_of_what_is_hidden(
    browser, make, member, index, hidden  # noqa: F811 - the fixture
):  # fmt: skip
    tag = make.Tag()
    given = {"title": f"{SECRET} {WANTED}", "tags": [tag], "organisations": [member]}
    if hidden == "scheduled":
        article = make.story(published_at=NOW + timedelta(seconds=1), **given)
    elif hidden == "members":
        article = make.story(audience=Audience.MEMBERS, **given)
    elif hidden == "archived":
        article = make.story(state=ArticleState.ARCHIVED, **given)
    else:
        state = ArticleState.DRAFT if hidden == "draft" else ArticleState.IN_REVIEW
        article = make.article(state=state, **given)
    article.slug = "zyxwort-slug"
    index()
    for path in everywhere(browser, article, tag):
        browser.open("GET", path, expect={200, 404})
        told = browser.response.text.replace(path, "")
        assert "zyxwort" not in told.casefold(), path
        if path.startswith("/news/zyx"):
            assert browser.response.status_code == 404


def test_a_new_version_of_a_live_story_is_read_by_nobody_before_it_is_published(
    browser, make, member, index  # noqa: F811 - the fixture
):  # fmt: skip
    tag = make.Tag()
    article = make.story(title="Ferry", tags=[tag], organisations=[member], slug="ferry")
    words = {"title": f"{SECRET} {WANTED}", "standfirst": SECRET, "body": SECRET}
    make.ArticleRevision(article_id=article.id, number=2, by_id=article.author_id, **words)
    article.number = 2
    index()
    for path in everywhere(browser, article, tag):
        browser.open("GET", path, expect={200, 404})
        told = browser.response.text.replace(path, "")
        assert "zyxwort" not in told.casefold(), path


def test_marks_become_no_scripts_pictures_or_strange_links_anywhere(browser, make, session):
    make.story(slug="evil", title=EVIL[:100], standfirst="</script><script>x", body=EVIL)
    page = browser.get("news.story", slug="evil")
    assert [a["href"] for a in page.select(".prose a")] == LINKS
    assert not page.select(".prose img, .prose script, .prose svg")
    for kind in FEEDS:
        browser.open("GET", browser.address("news.news_feed", kind=kind))
        if kind == "json":
            told = json.loads(browser.response.data)["items"][0]["content_html"]
        else:
            root = ElementTree.fromstring(browser.response.data)  # noqa: S314 - our own
            read = {"rss": ("description", "encoded"), "atom": ("content",)}[kind]
            told = "".join(e.text or "" for e in root.iter() if e.tag.endswith(read))
        shown = BeautifulSoup(told, "html.parser")
        assert [a["href"] for a in shown.select("a")] == LINKS
        assert {name for a in shown.select("a") for name in a.attrs} <= {"href", "rel", "title"}
        assert not shown.select("img, script, svg, x")


def test_a_proposal_takes_nothing_that_its_form_does_not_ask(
    session, propose, make, member  # noqa: F811 - the fixture
):  # fmt: skip
    propose(
        {
            "state": "published", "audience": "members", "slug": "mine", "byline": "The King",
            "published_at": "2020-01-01T00:00", "live_number": "1", "number": "9",
            "author_id": str(make.Person().id), "proposed_for_id": str(make.Organisation().id),
            "tags": make.Tag().key, "tier_id": "x", "answer": "y", "picture_id": "z",
        }
    )  # fmt: skip
    made = session.scalar(select(Article))
    assert (made.state, made.audience, made.slug) == ("proposed", "public", "ferry")
    assert (made.byline, made.published_at, made.number) == ("Fjord Media", None, 1)
    assert (made.proposed_for_id, made.tags, made.answer) == (member.id, [], "")


@pytest.mark.parametrize("deed", ["submit", "publish", "publish_version", "call_back", "archive",
                                  "restore", "take_up", "decline", "send_back", "edit_text",
                                  "edit_details"])  # fmt: skip
def test_a_proposer_does_nothing_that_is_an_editors(browser, session, propose, deed):
    propose()
    article = session.scalar(select(Article))
    browser.send(f"news.{deed}", {"reason": "x", "title": "y"}, id=article.id, expect=403)
    session.refresh(article)
    assert article.state == "proposed"


def test_what_editors_make_of_a_proposal_is_not_shown_to_its_proposer(
    browser, another_browser, session, propose, editor  # noqa: F811 - the fixture
):  # fmt: skip
    propose()
    article = session.scalar(select(Article))
    another_browser.sign_in(editor, now=NOW)
    another_browser.send("news.take_up", id=article.id)
    another_browser.fill("news.edit_text", {"title": SECRET, "body": SECRET}, id=article.id)
    for path in (
        f"/news/proposals/{article.id}",
        "/news/proposals",
        "/desk",
        f"/search?q={SECRET}",
    ):
        browser.open("GET", path)
        assert f">{SECRET}" not in browser.response.text
    old = {"title": "Mine", "body": "x", "edited_version": "1"}
    browser.send("news.edit_proposal", old, id=article.id, expect=409)
    assert SECRET not in browser.response.text
    browser.send("news.edit_proposal", old | {"preview": "1"}, id=article.id, expect=409)
    browser.send("news.withdraw", id=article.id, expect=409)


def test_proposals_of_one_person_are_counted(session, propose):
    for _ in range(10):
        propose()
    propose(expect=429)
    assert session.scalar(select(func.count()).select_from(Article)) == 10


def test_a_picture_that_is_also_a_page_is_only_a_picture(browser, session, propose):
    picture = BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    both = picture.getvalue() + b"<script>alert(1)</script>PK\x03\x04"
    file = (BytesIO(both), "a.html")
    propose({"picture": file, "alternative": '"><script>alert(1)</script>'})
    kept = session.scalar(select(ArticleRevision))
    browser.open("GET", f"/files/{kept.picture_id}")
    assert browser.response.mimetype.startswith("image/")
    assert b"script" not in browser.response.data
    assert browser.response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert browser.response.headers["Cache-Control"] == "private, no-store"
    browser.get("news.proposal", id=kept.article_id)
    assert "<script>alert" not in browser.response.text
    svg = (BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"), "a.svg")
    propose({"picture": svg, "decorative": "y"}, expect=422)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\n" * 19_999 + "b", "a\n" * 19_999 + "c"),
        ("a b " * 990, "b a a " * 660),
        ("a b c " * 660, "c b a " * 660),
        ("a a\n" * 10_000, "a b\n" * 10_000),
    ],
)
def test_two_versions_that_were_written_to_be_slow_are_compared_soon(old, new):
    begun = time.process_time()
    pieces = compare(old, new)
    assert time.process_time() - begun < 5
    assert "".join(p.text for p in pieces if p.kind != "in") == old
    assert "".join(p.text for p in pieces if p.kind != "out") == new


def test_versions_of_every_day_are_still_compared_by_words():
    old = "The ferry sails without a crew from one side of the fjord to the other. " * 60
    pieces = compare(old + "It is old.", old + "It is new.")
    assert [(p.kind, p.text) for p in pieces[1:]] == [("out", "old."), ("in", "new.")]


def test_the_secret_of_a_feed_stands_in_no_log_and_opens_nothing_else(
    browser, another_browser, session, colleague, capsys  # noqa: F811 - the fixture
):  # fmt: skip
    browser.sign_in(colleague, now=NOW)
    page = browser.fill("news.own_feed", expect=200)
    [token] = set(re.findall(r"/news/private/([\w-]+)/feed", page.text))
    assert browser.response.headers["Cache-Control"] == "no-store"
    another_browser.open("GET", f"/news/private/{token}/feed.atom")
    assert another_browser.response.headers["Cache-Control"] == "private, no-store"
    for path in (f"/news/private/{tokens.digest(token)}/feed.atom", f"/events/feeds/{token}.ics"):
        another_browser.open("GET", path, expect=404)
    assert token not in "".join(capsys.readouterr())
    assert token not in browser.get("news.own_feed").text
    colleague.state = "blocked"
    another_browser.open("GET", f"/news/private/{token}/feed.atom", expect=404)

"""What editors do: write, review, schedule, publish, revise and archive."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.models import Article, AuditEvent
from tests.feature.news.conftest import NOON
from tests.feature.news.writing import WORDS, published, written


@pytest.mark.usefixtures("noon")
def test_an_article_goes_from_a_draft_over_review_to_its_readers(desk, session, browser):
    article = written(desk, session)
    assert (article.state, article.slug, article.byline) == (
        "draft", "a-ferry-without-a-crew", "Eline Editor",
    )  # fmt: skip
    page = desk.get("news.article", id=article.id)
    assert page.select_one(".lead .status").text == "Draft"
    desk.press("news.article", "Send to review", id=article.id)
    assert "Review “A ferry without a crew”" in desk.get("site.desk").text
    desk.fill("news.publish", id=article.id)
    assert desk.get("news.article", id=article.id).select_one(".status").text == "Published"
    browser.sign_out()
    assert browser.get("news.story", slug=article.slug).h1.text == "A ferry without a crew"
    told = session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert told[-3:] == ["article.made", "article.submitted", "article.published"]


@pytest.mark.usefixtures("noon")
def test_an_article_is_scheduled_in_a_zone_and_taken_out_again(desk, session, browser):
    article = written(desk, session)
    desk.press("news.article", "Send to review", id=article.id)
    answers = {"at": "2026-03-20T09:00", "zone": "Europe/Amsterdam"}
    desk.fill("news.publish", answers, id=article.id)
    assert article.published_at == datetime(2026, 3, 20, 8, tzinfo=UTC)
    lead = desk.get("news.article", id=article.id).select_one(".lead").get_text(" ", strip=True)
    assert lead == "Scheduled Friday 20 March 2026 at 09:00"
    desk.get("news.story", slug=article.slug, expect=404)
    desk.press("news.article", "Take out of the schedule", id=article.id)
    assert (article.state, article.published_at) == ("draft", None)


@pytest.mark.usefixtures("noon")
def test_what_readers_see_cannot_be_taken_out_of_the_schedule(desk, session):
    article = published(desk, session)
    page = desk.send("news.call_back", id=article.id, expect=409)
    assert "Readers see this article already" in page.text


@pytest.mark.usefixtures("noon")
def test_nothing_is_published_without_review(desk, session):
    article = written(desk, session)
    desk.send("news.publish", {"zone": "UTC"}, id=article.id, expect=409)
    assert article.state == "draft"


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"standfirst": ""}, "Write a standfirst"),
        ({"body": ""}, "Write the story itself."),
    ],
)
def test_an_article_that_lacks_something_is_not_reviewed(desk, session, answers, said):
    article = written(desk, session, **answers)
    assert said in desk.get("news.article", id=article.id).select_one(".banner--wait").text
    assert said in desk.send("news.submit", id=article.id, expect=409).text


@pytest.mark.usefixtures("noon")
def test_an_edit_of_a_live_article_waits_until_it_is_published(desk, session, at, browser):
    article = published(desk, session)
    desk.fill("news.edit_text", {"title": "A ferry with a cat"}, id=article.id)
    story = desk.get("news.story", slug=article.slug)
    assert story.h1.text == "A ferry without a crew"
    assert "Readers see version 1" in desk.get("news.article", id=article.id).text
    at(NOON + timedelta(hours=2))
    desk.fill("news.publish_version", id=article.id)
    assert desk.get("news.story", slug=article.slug).h1.text == "A ferry with a cat"
    assert article.updated_at == NOON + timedelta(hours=2)
    assert article.published_at == NOON
    desk.send("news.publish_version", id=article.id, expect=409)


@pytest.mark.usefixtures("noon")
def test_versions_are_kept_and_compared(desk, session):
    article = written(desk, session)
    desk.fill("news.edit_text", {"body": "The last crossing took four minutes."}, id=article.id)
    rows = [a.text for a in desk.get("news.versions", id=article.id).select(".rows a")]
    assert rows == ["Version 2", "Version 1"]
    page = desk.get("news.version", id=article.id, number=2)
    assert [tag.text.strip() for tag in page.select("del, ins")] == [
        "first", "last", "**four**", "four",
    ]  # fmt: skip
    assert "This is the first version." in desk.get("news.version", id=article.id, number=1).text
    desk.get("news.version", id=article.id, number=3, expect=404)


@pytest.mark.usefixtures("noon")
def test_a_preview_shows_and_keeps_nothing(desk, session):
    answers = WORDS | {"preview": "1", "body": "<script>x</script> **so**"}
    page = desk.fill("news.make_article", answers, expect=200)
    shown = page.select_one("section.panel .prose")
    assert shown.strong.text == "so"
    assert not shown.select("script")
    assert page.select_one("textarea[name=body]").text.strip() == answers["body"]
    assert session.scalar(select(Article)) is None


@pytest.mark.usefixtures("noon")
def test_two_editors_at_once_lose_nothing(desk, session, another_browser, make):
    article = written(desk, session)
    version = desk.get("news.edit_text", id=article.id).select_one("[name=edited_version]")
    another_browser.sign_in(make.staff("editor"))
    another_browser.fill("news.edit_text", {"title": "Theirs"}, id=article.id)
    answers = WORDS | {"title": "Ours", "edited_version": version["value"]}
    page = desk.send("news.edit_text", answers, id=article.id, expect=409)
    assert "Theirs" in page.select_one(".theirs").text
    assert page.select_one("input[name=title]")["value"] == "Ours"


@pytest.mark.usefixtures("noon")
def test_another_address_keeps_the_old_one_leading_there_and_back_again(desk, session, browser):
    article = published(desk, session)
    desk.fill("news.edit_details", {"slug": "Ferga vår"}, id=article.id)
    assert article.slug == "ferga-var"
    desk.get("news.story", slug="a-ferry-without-a-crew", expect=301)
    assert desk.response.headers["Location"] == "/news/ferga-var"
    desk.fill("news.edit_details", {"slug": "a-ferry-without-a-crew"}, id=article.id)
    desk.get("news.story", slug="a-ferry-without-a-crew")
    desk.get("news.story", slug="ferga-var", expect=301)


@pytest.mark.usefixtures("noon")
def test_an_address_belongs_to_one_article_for_good(desk, session):
    first = published(desk, session)
    desk.fill("news.edit_details", {"slug": "ferry"}, id=first.id)
    second = written(desk, session)
    assert second.slug == "a-ferry-without-a-crew-2"
    for taken in ("ferry", "a-ferry-without-a-crew", "manage"):
        page = desk.fill("news.edit_details", {"slug": taken}, id=second.id, expect=422)
        assert "Another article has or had this address" in page.select_one("#slug-error").text


@pytest.mark.usefixtures("noon")
def test_details_name_tags_and_members(desk, session, make, member):
    make.Tag(key="sea", label_en="Sea")
    article = published(desk, session)
    answers = {"tags": ["sea"], "members": "fjord media\n"}
    desk.fill("news.edit_details", answers, id=article.id)
    aside = desk.get("news.story", slug=article.slug).aside.text
    assert "Sea" in aside
    assert "Fjord Media" in aside
    page = desk.fill("news.edit_details", {"members": "Nobody AS"}, id=article.id, expect=422)
    assert "“Nobody AS”" in page.select_one("#members-error").text


@pytest.mark.usefixtures("noon")
def test_of_two_members_of_one_name_the_address_says_which(desk, session, make):
    for slug in ("nord", "nord-2"):
        make.Organisation(display_name="Nord", slug=slug)
    article = written(desk, session)
    page = desk.fill("news.edit_details", {"members": "Nord"}, id=article.id, expect=422)
    assert "nord, nord-2" in page.select_one("#members-error").text
    desk.fill("news.edit_details", {"members": "nord-2"}, id=article.id)
    assert [each.slug for each in article.organisations] == ["nord-2"]


@pytest.mark.usefixtures("noon")
def test_for_one_tier_it_must_be_said_which(desk, session):
    article = written(desk, session)
    page = desk.fill("news.edit_details", {"audience": "tier"}, id=article.id, expect=422)
    assert "Choose the tier" in page.select_one("#tier_id-error").text


@pytest.mark.usefixtures("noon")
def test_an_archived_article_is_gone_and_comes_back_as_a_draft(desk, session):
    article = published(desk, session)
    desk.fill("news.archive", id=article.id)
    desk.get("news.story", slug=article.slug, expect=404)
    desk.send("news.edit_text", WORDS | {"edited_version": article.version}, id=article.id,
              expect=409)  # fmt: skip
    desk.press("news.article", "Bring back as a draft", id=article.id)
    assert (article.state, article.published_at, article.live_number) == ("draft", None, None)


@pytest.mark.usefixtures("noon")
def test_a_reviewer_asks_for_changes_with_a_note(desk, session):
    article = written(desk, session)
    desk.press("news.article", "Send to review", id=article.id)
    desk.fill("news.send_back", {"note": "Who was aboard?"}, id=article.id)
    page = desk.get("news.article", id=article.id)
    assert page.select_one(".lead .status").text == "Draft"
    assert "Who was aboard?" in page.select_one(".timeline").text


@pytest.mark.usefixtures("noon")
def test_the_list_shows_what_stands_where(desk, make):
    make.article(title="A draft")
    make.story(title="Out", published_at=NOON - timedelta(days=1))
    make.story(title="Later", published_at=NOON + timedelta(days=1), language="nb")
    shown = {
        "": {"A draft", "Out", "Later"},
        "draft": {"A draft"},
        "published": {"Out"},
        "scheduled": {"Later"},
        "archived": set(),
        "nonsense": {"A draft", "Out", "Later"},
    }
    for phase, titles in shown.items():
        page = desk.get("news.manage", phase=phase)
        assert {link.text for link in page.select("tbody a")} == titles
    assert {a.text for a in desk.get("news.manage", language="nb").select("tbody a")} == {"Later"}

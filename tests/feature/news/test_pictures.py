"""The picture of an article: drawn anew, described, and seen where its story is."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from portal.models import ArticleRevision
from tests.feature.news.writing import written


def photograph():
    """A picture that says where it was taken."""
    image, told = Image.new("RGB", (40, 30), "teal"), Image.Exif()
    told[0x010E] = "taken at home"
    content = BytesIO()
    image.save(content, "JPEG", exif=told)
    return BytesIO(content.getvalue()), "harbour.jpg"


@pytest.mark.usefixtures("noon")
def test_a_picture_is_drawn_anew_and_described(desk, session, browser):
    article = written(desk, session)
    answers = {"picture": photograph(), "alternative": "A harbour", "credit": "Kari Nes"}
    desk.fill("news.edit_text", answers, id=article.id)
    desk.press("news.article", "Send to review", id=article.id)
    desk.fill("news.publish", id=article.id)
    browser.sign_out()
    story = browser.get("news.story", slug=article.slug)
    picture = story.select_one("figure img")
    assert (picture["alt"], picture["width"], picture["height"]) == ("A harbour", "40", "30")
    assert story.figcaption.text == "Picture: Kari Nes"
    shared = story.select_one("meta[property='og:image']")["content"]
    assert shared.endswith(picture["src"])
    file = browser.client.get(picture["src"])
    assert (file.status_code, file.mimetype) == (200, "image/webp")
    assert not Image.open(BytesIO(file.data)).getexif()
    assert b"taken at home" not in file.data


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Describe the picture"),
        ({"alternative": "A harbour", "decorative": "y"}, "Choose one of the two"),
    ],
)
def test_a_picture_has_words_or_is_said_to_need_none(desk, session, answers, said):
    article = written(desk, session)
    given = {"picture": photograph()} | answers
    page = desk.fill("news.edit_text", given, id=article.id, expect=422)
    assert said in page.select_one("#alternative-error").text
    desk.fill("news.edit_text", {"picture": photograph(), "decorative": "y"}, id=article.id)
    newest = session.scalars(select(ArticleRevision).order_by(ArticleRevision.number.desc()))
    assert newest.first().decorative


@pytest.mark.usefixtures("noon")
def test_a_picture_is_seen_where_its_story_is_and_nowhere_else(desk, session, browser, make):
    article = written(desk, session)
    desk.fill("news.edit_text", {"picture": photograph(), "decorative": "y"}, id=article.id)
    address = desk.get("news.article", id=article.id).select_one("figure img")["src"]
    browser.sign_out()
    assert browser.client.get(address).status_code == 404
    browser.sign_in(make.staff("programmes"))
    assert browser.client.get(address).status_code == 404


@pytest.mark.usefixtures("noon")
def test_a_picture_stays_from_version_to_version_until_it_is_taken_away(desk, session):
    article = written(desk, session)
    answers = {"picture": photograph(), "alternative": "A harbour"}
    desk.fill("news.edit_text", answers, id=article.id)
    desk.fill("news.edit_text", {"title": "Another"}, id=article.id)
    assert desk.get("news.article", id=article.id).select_one("figure img")["alt"] == "A harbour"
    desk.fill("news.edit_text", {"unpictured": "y"}, id=article.id)
    assert not desk.get("news.article", id=article.id).select("figure img")

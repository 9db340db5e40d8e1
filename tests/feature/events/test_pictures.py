"""The picture of an event: what it shows is told, and it is seen where its event is."""

import io

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from portal.models import Event, EventState
from tests.feature.events.test_managing import NOW, TERMS


def photograph():
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, "JPEG")
    content.seek(0)
    return FileStorage(content, filename="Quay.jpg", content_type="image/jpeg")


DESCRIBED = {"alternative_en": "People at a stand", "alternative_nb": "Folk på en stand"}


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


@pytest.fixture
def team(browser, make):
    browser.sign_in(make.staff("events"), now=NOW)


@pytest.fixture
def fair(session, browser, team):
    """A draft with a picture."""
    browser.fill("events.make_event", TERMS | DESCRIBED | {"picture": photograph()})
    return session.scalar(select(Event))


def shared(page):
    return {tag["property"]: tag["content"] for tag in page.select("meta[property^=og]")}


def test_a_picture_stands_on_the_page_and_where_it_is_shared(browser, session, fair):
    page = browser.get("events.event", slug=fair.slug)
    picture = page.select_one("main img.picture")
    assert (picture["alt"], picture["width"], picture["height"]) == (
        "People at a stand",
        "40",
        "30",
    )
    assert shared(page)["og:image"].endswith(picture["src"])
    assert shared(page)["og:image:alt"] == "People at a stand"
    browser.language = "nb"
    page = browser.get("events.event", slug=fair.slug)
    assert page.select_one("main img.picture")["alt"] == "Folk på en stand"
    assert browser.client.get(picture["src"]).mimetype == "image/webp"


def test_a_picture_is_seen_where_its_event_is_and_nowhere_else(browser, session, fair):
    address = f"/files/{fair.picture_id}"
    browser.sign_out()
    assert browser.client.get(address).status_code == 404
    fair.state, fair.published_at = EventState.PUBLISHED, NOW
    session.commit()
    answer = browser.client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=86400")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Describe the picture for those who do not see it"),
        ({"alternative_en": "People"}, "Describe the picture in both languages."),
        (DESCRIBED | {"decorative": "y"}, "Choose one of the two."),
    ],
)
def test_a_picture_has_words_or_is_said_to_need_none(browser, session, team, answers, said):
    given = TERMS | {"picture": photograph()} | answers
    page = browser.fill("events.make_event", given, expect=422)
    assert said in page.select_one("#alternative_en-error").text
    assert session.scalar(select(Event)) is None


def test_a_picture_that_is_decoration_says_nothing_and_stays_so(browser, session, team):
    browser.fill("events.make_event", TERMS | {"picture": photograph(), "decorative": "y"})
    fair = session.scalar(select(Event))
    page = browser.get("events.event", slug=fair.slug)
    assert page.select_one("main img.picture")["alt"] == ""
    assert "og:image:alt" not in shared(page)
    browser.fill("events.edit_event", {"title_en": "Another"}, slug=fair.slug)
    session.refresh(fair)
    assert fair.picture_id is not None


def test_a_picture_is_taken_away_with_its_words(browser, session, fair):
    browser.fill("events.edit_event", {"title_en": "Another"}, slug=fair.slug)
    session.refresh(fair)
    assert (fair.picture_id is None, fair.alternative_en) == (False, "People at a stand")
    browser.fill("events.edit_event", {"unpictured": "y"}, slug=fair.slug)
    session.refresh(fair)
    assert (fair.picture_id, fair.alternative_en, fair.alternative_nb) == (None, None, None)
    assert not browser.get("events.event", slug=fair.slug).select("main img.picture")

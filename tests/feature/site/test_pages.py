"""Plain pages: read by everybody, written by editors."""

import pytest
from sqlalchemy import func, select

from portal.models import AuditEvent, PageRevision

PLAIN = ["about", "contact", "privacy", "terms", "accessibility"]
NEW = {
    "title_en": "Who we are",
    "title_nb": "Hvem vi er",
    "body_en": "We are *many*.\n\n## And more",
    "body_nb": "Vi er *mange*.",
}


@pytest.mark.parametrize("key", PLAIN)
def test_everybody_reads_plain_pages_in_both_languages(browser, key):
    for language in ("en", "nb"):
        browser.language = language
        page = browser.get("site.page", key=key)
        assert page.h1.text
        assert "Set-Cookie" not in browser.response.headers


def test_a_page_that_nobody_knows_is_not_there(browser):
    browser.open("GET", "/nowhere", expect=404)


def test_an_editor_publishes_and_everybody_reads(browser, make, session):
    editor = make.staff("editor", name="Eva Redaktør")
    browser.sign_in(editor)
    browser.fill("site.edit_page", NEW, key="about")
    page = browser.get("site.page", key="about")
    assert page.h1.text == "Who we are"
    assert page.select_one("main em").text == "many"
    [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "page.edited"))
    assert (event.actor_id, event.details) == (editor.id, {"page": "about 2"})


def test_what_a_page_said_before_is_kept(browser, make):
    browser.sign_in(make.staff("editor", name="Eva Redaktør"))
    browser.fill("site.edit_page", NEW, key="about")
    page = browser.get("site.revisions", key="about")
    assert [a.text for a in page.select("ul.rows a")] == ["Version 2", "Version 1"]
    old = browser.get("site.revision", key="about", number=1)
    assert "Some words." in old.text
    assert "Noen ord." in old.text
    browser.get("site.revision", key="about", number=9, expect=404)


def test_a_preview_publishes_nothing(browser, make, session):
    browser.sign_in(make.staff("editor"))
    before = session.scalar(select(func.count(PageRevision.id)))
    page = browser.fill("site.edit_page", NEW | {"preview": "1"}, key="about", expect=200)
    assert "Preview, not published yet" in page.text
    assert page.select_one("[lang=en] em").text == "many"
    assert page.select_one("textarea[name=body_nb]").text.strip() == "Vi er *mange*."
    assert session.scalar(select(func.count(PageRevision.id))) == before


def test_the_second_of_two_editors_sees_both_texts(browser, another_browser, make):
    browser.sign_in(make.staff("editor"))
    another_browser.sign_in(make.staff("administrator"))
    hers = browser.get("site.edit_page", key="about")
    version = hers.select_one("input[name=edited_version]")["value"]
    another_browser.fill("site.edit_page", NEW, key="about")
    mine = NEW | {"title_en": "All about us", "edited_version": version}
    page = browser.send("site.edit_page", mine, key="about", expect=409)
    assert page.select_one("input[name=title_en]")["value"] == "All about us"
    assert "Who we are" in page.text
    again = page.select_one("input[name=edited_version]")["value"]
    browser.send("site.edit_page", mine | {"edited_version": again}, key="about")
    assert browser.get("site.page", key="about").h1.text == "All about us"


@pytest.mark.parametrize("missing", ["title_en", "title_nb", "body_en", "body_nb"])
def test_both_languages_are_needed(browser, make, missing):
    browser.sign_in(make.staff("editor"))
    page = browser.fill("site.edit_page", NEW | {missing: "  "}, key="about", expect=422)
    assert page.select_one(f"[name={missing}]")["aria-invalid"] == "true"


def test_publishing_the_same_text_again_is_pointless(browser, make, session):
    browser.sign_in(make.staff("editor"))
    page = browser.fill("site.edit_page", {}, key="about", expect=422)
    assert "Nothing is different from what is published already." in page.text


@pytest.mark.parametrize("role", ["programmes", "events", "membership"])
def test_other_staff_do_not_edit_pages(browser, make, role):
    browser.sign_in(make.staff(role))
    browser.get("site.pages", expect=403)
    browser.get("site.edit_page", key="about", expect=403)
    browser.send("site.edit_page", NEW, key="about", expect=403)
    browser.get("site.revisions", key="about", expect=403)
    browser.get("site.revision", key="about", number=1, expect=404)


def test_every_page_can_be_edited_the_home_page_too(browser, make):
    browser.sign_in(make.staff("editor"))
    assert len(browser.get("site.pages").select("ul.rows li")) == 6
    browser.fill("site.edit_page", NEW, key="home")
    assert browser.get("site.home").h1.text == "Who we are"

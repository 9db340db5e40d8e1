"""Pages for strangers are the same for everybody, so caches may keep them."""

import pytest

from portal.web.statics import asset

PUBLIC = ["/", "/about", "/privacy", "/sitemap.xml", "/robots.txt"]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_that_did_not_change_is_not_sent_again(browser, path):
    first = browser.client.get(path)
    again = browser.client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_stranger_gets_no_cookie(browser, path):
    response = browser.client.get(path)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert "csrf_token" not in response.text


def test_another_language_or_theme_is_another_page(browser):
    tags = {browser.client.get("/about").headers["ETag"]}
    tags.add(browser.client.get("/about", headers={"Accept-Language": "nb"}).headers["ETag"])
    browser.client.set_cookie("theme", "dark")
    tags.add(browser.client.get("/about").headers["ETag"])
    assert len(tags) == 3
    vary = browser.client.get("/about").headers["Vary"]
    assert "Cookie" in vary
    assert "Accept-Language" in vary


def test_what_somebody_sees_when_signed_in_is_kept_nowhere(browser, make):
    browser.sign_in(make.Person())
    for path in ("/", "/about", "/desk"):
        assert browser.client.get(path).headers["Cache-Control"] == "no-store"


def test_an_edited_page_is_sent_anew(browser, another_browser, make):
    tag = browser.client.get("/about").headers["ETag"]
    another_browser.sign_in(make.staff("editor"))
    another_browser.fill("site.edit_page", {"title_en": "New"}, key="about")
    assert browser.client.get("/about", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("name", ["css/portal.css", "js/dialog.js", "pictures/favicon.svg"])
def test_what_kind_a_static_file_is_is_not_guessed(app, browser, name):
    with app.test_request_context():
        address = asset(name)
    with browser.client.get(address) as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"

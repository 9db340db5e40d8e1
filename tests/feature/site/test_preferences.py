"""Language and appearance."""

import pytest
from sqlalchemy import update

from portal.models import Cluster, Person

OURS = {"Sec-Fetch-Site": "same-origin"}


def choose(browser, what, answers, *, headers=OURS, expect=302):
    browser.open("POST", f"/{what}", data=answers, headers=headers, expect=expect)
    return browser.response


def test_a_stranger_chooses_norwegian_and_stays_on_the_page(browser):
    response = choose(browser, "language", {"language": "nb", "next": "/about"})
    assert response.headers["Location"] == "/about"
    browser.client.get("/about")
    browser.language = "en"
    text = browser.client.get("/about", headers={"Accept-Language": "en"}).text
    assert '<html lang="nb"' in text


def test_the_page_is_found_by_where_the_browser_came_from(browser):
    headers = OURS | {"Referer": "http://localhost/contact?x=1"}
    response = choose(browser, "language", {"language": "nb"}, headers=headers)
    assert response.headers["Location"] == "/contact?x=1"


def test_choosing_leads_nowhere_else(browser):
    answers = {"language": "nb", "next": "https://evil.example/"}
    assert choose(browser, "language", answers).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("what", "answers", "cookie"),
    [
        ("language", {"language": "nb"}, "language=nb"),
        ("theme", {"theme": "dark"}, "theme=dark"),
        ("theme", {"theme": "auto"}, "theme=auto"),
    ],
)
def test_a_choice_is_kept_for_a_year_and_by_no_script(browser, what, answers, cookie):
    kept = choose(browser, what, answers).headers["Set-Cookie"]
    assert kept.startswith(cookie)
    assert "Max-Age=31536000" in kept
    assert "HttpOnly" in kept
    assert "SameSite=Lax" in kept


@pytest.mark.parametrize(
    ("what", "answers"),
    [("language", {"language": "xx"}), ("theme", {"theme": "<b>"}), ("theme", {})],
)
def test_what_we_do_not_have_is_not_kept(browser, what, answers):
    assert "Set-Cookie" not in choose(browser, what, answers).headers


@pytest.mark.parametrize("what", ["language", "theme"])
@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]
)
def test_another_site_cannot_choose(browser, what, headers):
    response = choose(browser, what, {what: "nb"}, headers=headers, expect=403)
    assert "Set-Cookie" not in response.headers


def test_the_theme_is_on_the_page(browser):
    choose(browser, "theme", {"theme": "dark"})
    assert browser.get("site.home").html["data-bs-theme"] == "dark"


def test_letters_follow_the_language_of_the_pages(browser, make, session):
    person = make.Person(language="en")
    browser.sign_in(person)
    choose(browser, "language", {"language": "nb"})
    assert session.get(Person, person.id).language == "nb"


def test_the_browser_is_asked_until_somebody_chooses(browser):
    def spoken(asked):
        text = browser.client.get("/about", headers={"Accept-Language": asked}).text
        return text.partition('<html lang="')[2][:2]

    assert spoken("nn-NO,nn;q=0.9") == "nb"
    assert spoken("no") == "nb"
    assert spoken("de") == "en"
    assert spoken("") == "en"


def test_who_asks_for_nothing_that_we_speak_reads_the_first_language_of_the_cluster(
    browser, session
):
    session.execute(update(Cluster).values(language="nb"))
    session.commit()
    for asked, spoken in (("de", "nb"), ("", "nb"), ("en", "en")):
        text = browser.client.get("/about", headers={"Accept-Language": asked}).text
        assert f'<html lang="{spoken}"' in text

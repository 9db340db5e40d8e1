"""What strangers and members try on the search and on the list of members."""

import time

import pytest

from portal.models import Audience
from tests.feature.search.conftest import find, index, shown  # noqa: F401 - what stories share

HOSTILE = (
    "%", "_", "%%%%", "' OR 1=1 --", "\\", "a' UNION SELECT password_hash FROM person --",
    "(((((", "*" * 200, "NEAR/1", "-a", '"a', "a:b", "a & | !", "ﷺ" * 200, "e\u0301" * 200,
    "\u202e" * 50, "🧨" * 100, "\ud7ff", "ﬀ" * 200, "İ" * 200, "ß" * 200,
)  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_marks_of_databases_mean_nothing(browser, index, shown, words):  # noqa: F811
    shown(display_name="Nordlys", standfirst="Light from the north.")
    index()
    for kind in ("", "article", "person", "colleague", "nothing", "' OR 1=1"):
        page = browser.get("search.results", q=words, kind=kind)
        assert "Nordlys" not in page.main.text


def test_ten_thousand_words_cost_no_more_than_six(browser, index, shown):  # noqa: F811
    shown(display_name="Nordlys")
    index()
    for words in ("nordlys " * 10_000, "x" * 100_000, " ".join(map(str, range(10_000)))):
        begun = time.process_time()
        browser.get("search.results", q=words)
        assert time.process_time() - begun < 2


def test_zero_bytes_and_broken_letters_find_nothing(browser):
    for query in ("q=a%00b", "q=%ff%fe", "q=%ed%a0%80", "q=a&q=b&kind=%00"):
        browser.open("GET", f"/search?{query}", expect={200, 404})
        browser.open("GET", f"/members?{query.replace('q=', 'place=')}", expect={200, 404})


def test_nothing_tells_how_much_is_hidden(browser, find, index, make, shown):  # noqa: F811
    shown(display_name="Nordlys Open", standfirst="Seaweed.")
    index()
    before = browser.get("search.results", q="seaweed nordlys").main.decode()
    for number in range(30):
        make.Organisation(display_name=f"Nordlys {number}", standfirst="Seaweed.", listed=False)
        make.story(title=f"Nordlys seaweed {number}", audience=Audience.MEMBERS)
        make.article(title=f"Nordlys seaweed draft {number}")
        make.Event(title_en=f"Nordlys seaweed {number}", draft=True)
        make.colleague(make.Organisation(), name=f"Nordlys Seaweed {number}")
    index()
    assert browser.get("search.results", q="seaweed nordlys").main.decode() == before
    for kind in ("article", "event", "person", "colleague"):
        page = browser.get("search.results", q="seaweed nordlys", kind=kind)
        assert not page.select("main section")


def test_nobody_is_found_by_the_address_or_telephone_that_is_not_shown(
    browser, index, make, shown  # noqa: F811 - the fixture
):  # fmt: skip
    company = shown(display_name="Nordlys", website="https://hidden.example", shows_website=False)
    make.colleague(company, name="Kari Nes", email="kari@nordlys.no", phone="99887766")
    rival = make.colleague(shown(display_name="Rival"))
    browser.sign_in(rival)
    index()
    for words in ("kari", "kari@nordlys.no", "99887766", "hidden.example", "nes"):
        page = browser.get("search.results", q=words)
        assert not page.select("main section"), words


def test_who_left_a_company_finds_its_people_no_more(browser, index, make, session, shown):  # noqa: F811
    company = shown(display_name="Nordlys")
    make.colleague(company, name="Kari Zyx")
    leaver = make.Affiliation(organisation=company)
    browser.sign_in(leaver.person)
    index()
    assert browser.get("search.results", q="zyx").select("main section")
    leaver.ends_at = leaver.starts_at
    assert not browser.get("search.results", q="zyx").select("main section")


def test_titles_and_pieces_are_shown_as_text(browser, index, make, shown):  # noqa: F811
    shown(display_name="<b>Nordlys</b>", standfirst='<mark onclick="x">seaweed</mark> & "more"')
    index()
    page = browser.get("search.results", q='seaweed <script>alert(1)</script>"><img src=x>')
    assert "<script>alert" not in browser.response.text
    page = browser.get("search.results", q="seaweed")
    assert {tuple(mark.attrs) for mark in page.select("mark")} == {()}
    assert not page.select("main b")


@pytest.mark.parametrize("name", ["sector", "size", "place", "offers", "seeks", "mark"])
def test_a_filter_takes_anything(browser, shown, name):  # noqa: F811 - the fixture
    shown(display_name="Nordlys")
    for value in (*HOSTILE, "<script>alert(1)</script>", "x" * 10_000):
        browser.get("members.directory", **{name: value})
        assert "<script>alert" not in browser.response.text


def test_a_size_that_is_not_shown_is_not_found_by_asking(browser, shown):  # noqa: F811
    shown(display_name="Nordlys", size="large", shows_size=False)
    page = browser.get("members.directory", size="large")
    assert "Nordlys" not in page.main.text

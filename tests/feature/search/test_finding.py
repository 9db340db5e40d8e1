"""Finding: which words lead where, and how it is shown."""

import pytest

from tests.support.statements import heard


def test_what_is_found_stands_by_kind(find, index, make, shown):
    shown(display_name="Fjord Lyd", standfirst="Sound for drama.")
    make.Programme(name_en="Sound Accelerator", name_nb="Lydakselerator")
    make.Call(title_en="Sound and picture", title_nb="Lyd og bilde", previewed_at=None)
    index()
    assert find("sound") == {
        "Programmes": ["Sound Accelerator"],
        "Calls": ["Sound and picture"],
        "Organisations": ["Fjord Lyd"],
    }


@pytest.mark.parametrize("words", ["bedrift", "Bedriftene", "bedrifter nordlys", "NORDLYS robot"])
def test_norwegian_words_are_found_in_any_form(find, index, shown, words):
    shown(
        display_name="Nordlys",
        language="nb",
        standfirst="Vi hjelper bedrifter.",
        description="Vi lager **roboter**.",
    )
    shown(display_name="Elsewhere", language="nb", standfirst="Noe helt annet.")
    index()
    assert find(words) == {"Organisations": ["Nordlys"]}


@pytest.mark.parametrize("words", ["company", "companies", "helping Companies"])
def test_english_words_are_found_in_any_form(find, index, shown, words):
    shown(display_name="Nordlys", standfirst="We help companies.")
    index()
    assert find(words) == {"Organisations": ["Nordlys"]}


def test_letters_with_and_without_a_ring_are_two(find, index, shown):
    shown(display_name="Ålesund Film")
    shown(display_name="Alesund Film")
    shown(display_name="Café Noir")
    index()
    assert find("ålesund") == {"Organisations": ["Ålesund Film"]}
    assert find("A\u030alesund") == {"Organisations": ["Ålesund Film"]}
    assert find("alesund") == {"Organisations": ["Alesund Film"]}
    assert find("cafe") == {"Organisations": ["Café Noir"]}


def test_all_the_words_are_needed(find, index, shown):
    shown(display_name="Berg", standfirst="Light and sound.")
    shown(display_name="Dal", standfirst="Light alone.")
    index()
    assert find("light sound") == {"Organisations": ["Berg"]}
    assert find("light the sound") == {"Organisations": ["Berg"]}
    assert find("light darkness") == {}


def test_titles_come_before_texts_and_newer_before_older(find, index, shown):
    shown(display_name="Old", standfirst="All about drones.")
    shown(display_name="Drones", standfirst="We fly.")
    shown(display_name="New", standfirst="All about drones.")
    index()
    assert find("drone") == {"Organisations": ["Drones", "New", "Old"]}


def test_a_programme_is_found_once_and_rather_in_the_readers_language(browser, find, index, make):
    make.Programme(name_en="Robotics", name_nb="Robotikk", text_en="Drama.", text_nb="Drama.")
    index()
    assert find("drama") == {"Programmes": ["Robotics"]}
    assert find("robotikk") == {"Programmes": ["Robotikk"]}
    browser.language = "nb"
    assert list(find("drama").values()) == [["Robotikk"]]


def test_the_words_that_were_found_are_marked_and_the_rest_is_harmless(browser, index, shown):
    shown(
        display_name="Sound & <b>Light</b>",
        description=f"{'Before. ' * 50} We make sounds of `<i>`. {'After. ' * 50}",
    )
    index()
    page = browser.get("search.results", q="sound")
    [row] = page.select("main li")
    assert [mark.text for mark in row.select("mark")] == ["Sound", "sounds"]
    assert row.a.text == "Sound & <b>Light</b>"
    assert not row.select("b, i")
    assert row.p.text.startswith("… Before.")
    assert row.p.text.endswith(" …")
    assert len(row.p.text) < 240


def test_few_of_each_kind_are_shown_and_more_of_one(browser, find, index, shown):
    for number in range(30):
        shown(display_name=f"Drone {number:02}")
    index()
    assert find("drone") == {"Organisations": [f"Drone {n:02}" for n in range(29, 24, -1)]}
    page = browser.get("search.results", q="drone")
    page = browser.open("GET", page.select_one("main .head a")["href"])
    assert len(page.select("main li")) == 25
    assert page.h1.text == "Organisations"
    assert "Add a word" in page.main.text


@pytest.mark.parametrize(
    "words",
    [
        "", "   ", "'", '"', "' OR 1=1 --", "*", "dron*", "NEAR(a b)", "a:b", "-", "--", "\\", "%",
        "_", "dr_ne", "drone NOT fields", "(", "{}", "\x01", "a" * 5000, "å" * 300, "🤖", "&|!",
        "<->", "drone' || 'x", "' " * 400, "x y z " * 300, "%s %(a)s", "{{ 7*7 }}", "\u202e",
    ],
)  # fmt: skip
def test_hostile_words_find_nothing_and_are_no_error(browser, index, shown, words):
    shown(display_name="Drone Fields")
    index()
    page = browser.get("search.results", q=words)
    assert page.select("main li") == []


def test_what_no_character_is_finds_nothing(browser):
    assert not browser.open("GET", "/search?q=%ED%A0%80%FF&kind=%FF").select("main li")


def test_who_asks_nothing_is_told_what_can_be_asked(browser):
    assert "Type one or more words" in browser.get("search.results").main.text
    for common in ("for", "the", "og"):  # in both languages, or in one of them
        page = browser.get("search.results", q=common)
        assert "in nearly every text" in page.main.text
    page = browser.get("search.results", q="unheard")
    assert "try fewer" in page.main.text
    ways_on = [a["href"] for a in page.main.select("p a")]
    assert ways_on == ["/news", "/events", "/programmes", "/members"]
    assert "try fewer" in browser.get("search.results", q="unheard", kind="call").main.text
    assert "try fewer" in browser.get("search.results", q="unheard", kind="nonsense").main.text


@pytest.mark.parametrize(
    ("words", "most"), [("drone", 2), ("drone fields fly", 2), ("drone unheard", 1), ("", 0)]
)
def test_a_search_asks_where_the_words_stand_and_then_for_what_has_them(
    browser, index, make, shown, words, most
):
    shown(display_name="Drone Fields", standfirst="They fly.")
    index()
    for visitor in (None, make.staff("membership")):
        if visitor:
            browser.sign_in(visitor)
        browser.get("search.results", q=words)
        with heard() as statements:
            page = browser.get("search.results", q=words)
        assert bool(page.select("main li")) == (most == 2)
        searching = [each for each in statements if "search_word" in each]
        assert len(searching) == most, searching
        assert len(statements) <= most + (3 if visitor else 1), statements


def test_a_search_touches_no_session_and_is_listed_nowhere(browser, index, shown):
    shown(display_name="Drone Fields")
    index()
    page = browser.get("search.results", q="drone")
    assert "Set-Cookie" not in browser.response.headers
    assert page.select_one("meta[name=robots]")["content"] == "noindex"

"""Narrowing the list of members down: by sector, size, town, and what they offer and look for."""

import pytest

from portal.models import Service, SizeClass
from tests.support.statements import heard


@pytest.fixture
def listed(browser):
    """Open the list, and return the names in it."""

    def opened(**chosen):
        page = browser.get("members.directory", **chosen)
        return [h.text.strip() for h in page.select("main h2")]

    return opened


@pytest.fixture
def firms(make, shown):
    """Three members of different kinds."""
    sound, light = make.Tag(key="sound", label_en="Sound"), make.Tag(key="light", label_en="Light")
    alm = shown(display_name="Alm", place="Bergen", size=SizeClass.SMALL, tags=[sound])
    alm.offered, alm.sought = [Service.LAW, Service.CLOUD], [Service.CAPITAL]
    berg = shown(display_name="Berg", place="BERGEN", size=SizeClass.LARGE, tags=[sound, light])
    berg.offered, berg.sought = [Service.CAPITAL], [Service.LAW]
    shown(display_name="Dal", place="Ås", size=SizeClass.SMALL, shows_size=False)


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({}, ["Alm", "Berg", "Dal"]),
        ({"sector": "sound"}, ["Alm", "Berg"]),
        ({"sector": "light"}, ["Berg"]),
        ({"sector": "none of ours"}, []),
        ({"size": "small"}, ["Alm"]),  # one of two does not show its size
        ({"size": "enormous"}, ["Alm", "Berg", "Dal"]),
        ({"place": "bergen"}, ["Alm", "Berg"]),
        ({"place": "Bergen"}, ["Alm", "Berg"]),
        ({"place": "ås"}, ["Dal"]),
        ({"place": "As"}, []),
        ({"offers": "law"}, ["Alm"]),
        ({"seeks": "law"}, ["Berg"]),
        ({"offers": "nothing of ours"}, ["Alm", "Berg", "Dal"]),
        ({"sector": "sound", "place": "bergen", "offers": "capital"}, ["Berg"]),
        ({"sector": "light", "offers": "law"}, []),
        ({"sector": "sound", "size": "small", "place": "bergen", "offers": "law",
          "seeks": "capital"}, ["Alm"]),
    ],
)  # fmt: skip
def test_who_fits_is_listed(firms, listed, chosen, names):
    assert listed(**chosen) == names


def test_what_was_chosen_stays_chosen_and_can_be_taken_back(browser, firms):
    page = browser.get("members.directory", place="bergen", offers="law", size="small")
    chosen = {option.find_parent("select")["name"]: option.text for option in selected(page)}
    assert chosen == {
        "place": "Bergen", "offers": "Law, rights and licences", "size": "10 to 49 people",
    }  # fmt: skip
    page = browser.get("members.directory", place="bergen", offers="export")
    assert "No member fits" in page.main.text
    assert {link["href"] for link in page.select("main a.btn-plain, main a.btn-quiet")} == {
        "/members"
    }


def selected(page):
    return page.select("main form.filters option[selected]")


def test_only_towns_of_members_that_are_shown_can_be_chosen(browser, firms, make, shown):
    shown(display_name="Hidden", place="Hammerfest", listed=False)
    shown(display_name="Unknown", place="Vardø", confirmed_at=None)
    make.Organisation(display_name="No member", place="Alta")
    page = browser.get("members.directory")
    towns = [option.text for option in page.select("#place option")]
    assert towns == ["All", "Bergen", "Ås"]
    assert [option.text for option in page.select("#sector option")] == ["All", "Light", "Sound"]


def test_the_pages_of_a_narrowed_list_keep_to_what_was_chosen(browser, make, shown):
    for number in range(30):
        shown(display_name=f"Company {number:02}", place="Bergen")
        shown(display_name=f"Company {number:02} elsewhere", place="Oslo")
    page = browser.get("members.directory", place="bergen")
    assert len(page.select("main h2")) == 25
    page = browser.open("GET", page.select_one("a[rel=next]")["href"])
    assert [h.text.strip() for h in page.select("main h2")] == [
        f"Company {number}" for number in range(25, 30)
    ]


def test_a_narrowed_list_costs_what_the_whole_does(browser, firms):
    browser.get("members.directory", place="bergen", offers="law")
    with heard() as statements:
        browser.get("members.directory", place="bergen", offers="law")
    assert len(statements) <= 4, statements


def test_an_organisation_says_what_it_offers_and_looks_for(browser, make, listed, shown):
    berg = shown(display_name="Berg", slug="berg")
    browser.sign_in(make.colleague(berg))
    answers = {"offered": ["law", "cloud"], "sought": ["capital"]}
    browser.fill("members.edit_organisation", answers, slug="berg")
    page = browser.get("members.show", slug="berg")
    facts = [text.get_text(" ", strip=True) for text in page.select("dl.facts dt, dl.facts dd")]
    told = dict(zip(facts[::2], facts[1::2], strict=True))
    assert told["Offers"] == "Cloud and infrastructure, Law, rights and licences"
    assert told["Looks for"] == "Capital and funding"
    assert listed(offers="cloud") == listed(seeks="capital") == ["Berg"]
    browser.fill("members.edit_organisation", {"offered": ["law"], "sought": []}, slug="berg")
    assert listed(offers="cloud") == listed(seeks="capital") == []
    assert listed(offers="law") == ["Berg"]


def test_a_service_that_is_none_of_the_list_is_refused(browser, make, shown):
    berg = shown(display_name="Berg", slug="berg")
    browser.sign_in(make.colleague(berg))
    answers = {"offered": ["law", "sorcery"]}
    browser.fill("members.edit_organisation", answers, slug="berg", expect=422)


def test_services_stand_in_the_order_of_the_alphabet_of_the_reader(browser, make):
    company = make.Organisation(slug="fjell")
    for language in ("en", "nb"):
        browser.language = language
        browser.sign_in(make.colleague(company, language=language))
        page = browser.get("members.edit_organisation", slug="fjell")
        for name in ("offered", "sought"):
            shown = [each.text.casefold() for each in page.select(f"#{name} option")] or [
                each.text.strip().casefold() for each in page.select(f"[id^={name}-] + label")
            ]
            plain = [each.translate(str.maketrans("æøå", "{|}")) for each in shown]
            assert plain == sorted(plain), language
            assert len(plain) > 5

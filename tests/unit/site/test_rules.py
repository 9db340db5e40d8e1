"""The site's terms, word by word."""

import pytest

from portal.core.wording import Sentence
from portal.site import rules


@pytest.mark.parametrize(
    ("hour", "words"),
    [
        (0, "Good evening, %(name)s"),
        (4, "Good evening, %(name)s"),
        (5, "Good morning, %(name)s"),
        (11, "Good morning, %(name)s"),
        (12, "Good afternoon, %(name)s"),
        (16, "Good afternoon, %(name)s"),
        (17, "Good evening, %(name)s"),
        (23, "Good evening, %(name)s"),
    ],
)
def test_the_desk_greets_by_the_hour(hour, words):
    assert rules.greeting("Ingrid", hour) == Sentence(words, {"name": "Ingrid"})


@pytest.mark.parametrize(
    ("name", "first"), [("Ingrid Lie", "Ingrid"), ("  Åse   Marie Ulv ", "Åse"), ("Bo", "Bo")]
)
def test_people_are_greeted_by_their_first_name(name, first):
    assert rules.first_name(name) == first


@pytest.mark.parametrize("address", ["/", "/desk", "/members?mark=abc", "/programmes/spring-2027"])
def test_a_path_of_ours_is_kept(address):
    assert rules.own_path(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "desk",
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        " //evil.example",
        "/desk\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/%5cevil\x00",
    ],
)
def test_an_address_elsewhere_leads_home(address):
    assert rules.own_path(address) == "/"


OURS = frozenset({"portal.example"})


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://portal.example"},
        {"Referer": "https://portal.example/desk"},
    ],
)
def test_what_our_own_page_sends_is_known_as_ours(headers):
    assert rules.came_from_us(headers, OURS)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://portal.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Referer": "https://portal.example/"},
        {"Referer": "https://evil.example/?https://portal.example"},
        {"Referer": "https://portal.example.evil.example/"},
    ],
)
def test_what_another_site_sends_is_not_ours(headers):
    assert not rules.came_from_us(headers, OURS)


def test_failed_work_shows_keys_and_numbers_and_hides_the_rest():
    told = {"mail": "0190d6a5-0000-7000-8000-000000000001", "tries": 3, "name": "Kari Nordmann"}
    assert rules.impersonal(told) == {
        "mail": "0190d6a5-0000-7000-8000-000000000001",
        "tries": "3",
        "name": "…",
    }


def test_a_text_without_a_change_is_not_published_again():
    assert rules.nothing_new({"title_en": "A"}, {"title_en": "A"})
    assert rules.nothing_new({"title_en": "A"}, {"title_en": "B"}) is None

"""What the cells of a row mean, and the reason when they mean nothing."""

from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from portal.config import ROOT
from portal.members.importing.values import read_row
from portal.models import AffiliationRole, OrganisationKind, SizeClass


def read(key, text, **more):
    """Read one cell, and return its value or the reason why it has none."""
    typed = {key: text} | more
    columns = {name: at for at, name in enumerate(typed)}
    values = read_row(list(typed.values()), columns, {})
    wrong = [finding.reason for finding in values.findings if finding.field == key]
    return wrong[0].text % dict(wrong[0].values) if wrong else values.given.get(key)


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("923609016", "", "923609016"),
        ("923 609 016", "NO", "923609016"),
        ("NO 923 609 016 MVA", "Norge", "923609016"),
        ("923609016.0", "", "923609016"),
        ("923609016,0", "", "923609016"),
        ("5560000167", "SE", "5560000167"),
        ("445790", "GB", "00445790"),  # with the noughts that Excel dropped
        ("0112038-9", "Finland", "0112038-9"),
        ("hrb 12345 b", "Germany", "HRB 12345 B"),
    ],
)
def test_numbers_are_read_as_they_are_kept(text, country, number):
    assert read("number", text, country=country) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("923609017", "would be 6"),
        ("12345678", "has nine digits. This one has 8"),
        ("9236090", "has nine digits. This one has 7"),
        ("9236090166", "has nine digits. This one has 10"),
        ("none yet", "has nine digits. This one has 0"),
        ("9,23609E+08", "shortened this number"),
        ("9.23609E+8", "shortened this number"),
        ("#REF!", "error of Excel"),
    ],
)
def test_a_wrong_number_is_told_with_what_is_wrong(text, words):
    assert words in read("number", text)


def test_a_foreign_number_says_nothing_of_check_digits():
    assert "as your register gives it" in read("number", "?", country="SE")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31.12.2026", date(2026, 12, 31)),
        ("1.2.26", date(2026, 2, 1)),
        ("01.02.98", date(1998, 2, 1)),
        ("1/2/2026", date(2026, 2, 1)),
        ("01-02-2026", date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        ("2026-02-01 00:00", date(2026, 2, 1)),
        ("01.02.2026 00:00:00", date(2026, 2, 1)),
        ("46054", date(2026, 2, 1)),  # a day as Excel counts them
        ("29.02.2028", date(2028, 2, 29)),
    ],
)
def test_days_are_read_as_norway_and_as_machines_write_them(text, day):
    assert read("from_on", text) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31.02.2026", "like 31.12.2026"),
        ("12/31/2026", "like 31.12.2026"),
        ("neste uke", "like 31.12.2026"),
        ("2026", "like 31.12.2026"),
        ("01.01.0001", "between 1900 and 2199"),
        ("01.01.2999", "between 1900 and 2199"),
    ],
)
def test_what_is_no_day_is_told(text, words):
    assert words in read("last_on", text)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("size", "3", "micro"),
        ("size", "10", "small"),
        ("size", "49", "small"),
        ("size", "50", "medium"),
        ("size", "1 200", "large"),
        ("size", "Færre enn 10 ansatte", "micro"),
        ("size", "250 people or more", "large"),
        ("kind", "Bedrift", "company"),
        ("kind", "Start-up", "startup"),
        ("kind", "Forskning eller utdanning", "research"),
        ("role", "Representant", "representative"),
        ("role", "ADMINISTRATOR", "administrator"),
        ("language", "Norsk", "nb"),
        ("language", "English", "en"),
        ("country", "Sverige", "SE"),
        ("country", "United Kingdom", "GB"),
        ("country", "no", "NO"),
        ("email", " Kari@Example.ORG ", "kari@example.org"),
        ("email", "mailto:kari@example.org", "kari@example.org"),
        ("website", "www.fjord.no", "https://www.fjord.no"),
        ("website", "http://fjord.no/om", "http://fjord.no/om"),
        ("person_name", "Kari   Ås ", "Kari Ås"),
    ],
)
def test_words_are_read_as_people_write_them(key, text, value):
    assert read(key, text) == value


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        ("size", "many", "Write one of these"),
        ("kind", "spaceship", "Write one of these"),
        ("role", "boss", "Write one of these"),
        ("language", "Klingon", "English, Norsk"),
        ("country", "Atlantis", "no country"),
        ("email", "kari at example.org", "whole e-mail address"),
        ("email", "kari@", "whole e-mail address"),
        ("website", "not a page", "whole address"),
        ("website", "javascript://x.no/%0aalert(1)", "whole address"),
        ("person_name", "Win at www.evil.example", "without a web address"),
        ("display_name", "x" * 121, "longer than 120"),
        ("place", "#N/A", "error of Excel"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_reason(key, text, words):
    assert words in read(key, text)


def test_first_and_last_name_make_a_name():
    values = read_row(["Kari", "Ås"], {"given_name": 0, "family_name": 1}, {})
    assert values.given["person_name"] == "Kari Ås"


def test_a_short_row_and_empty_cells_say_nothing():
    values = read_row(["Fjord", ""], {"display_name": 0, "place": 1, "email": 5}, {})
    assert set(values.given) == {"display_name", "country"}
    assert values.findings == []


@pytest.mark.parametrize(
    ("key", "words"),
    [("kind", OrganisationKind), ("size", SizeClass), ("role", AffiliationRole)],
)
def test_our_own_words_are_known_as_we_write_them_in_norwegian(key, words):
    with Path(ROOT, "translations/nb/LC_MESSAGES/messages.po").open("rb") as file:
        said = read_po(file)
    norwegian = {word: said[word.label].string for word in words}
    assert {word: read(key, text) for word, text in norwegian.items()} == {
        word: word for word in words
    }

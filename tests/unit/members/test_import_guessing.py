"""Which row holds the headings and what columns hold: guessed as a person would."""

import pytest

from portal.members.importing.fields import FIELDS
from portal.members.importing.guessing import find_header, guess


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (
            ["Bedrift", "Org.nr.", "Poststed", "Kontaktperson", "E-post", "Mobil"],
            ["display_name", "number", "place", "person_name", "email", "phone"],
        ),
        (
            ["Navn", "Organisasjonsnummer", "Antall ansatte", "Nettside"],
            ["display_name", "number", "size", "website"],
        ),
        (["Fornavn", "Etternavn", "E-postadresse", "Firma", "Stilling"],
         ["given_name", "family_name", "email", "display_name", "title"]),
        (["Navn", "E-post", "Bedrift"], ["person_name", "email", "display_name"]),
        (["Navn", "E-post", "Telefon"], ["person_name", "email", "phone"]),
        (["Name", "Organisation number", "E-mail"], ["display_name", "number", "email"]),
        (
            ["Organisation", "Membership", "From", "To"],
            ["display_name", "tier", "from_on", "last_on"],
        ),
        (["MEDLEM", "ORG NR", "Medlemskap", "Gyldig fra", "Gyldig til"],
         ["display_name", "number", "tier", "from_on", "last_on"]),
        (["Løpenr", "Kommentar"], [None, None]),
        (["E-post", "E-post"], ["email", None]),
        (["", "Org_nr:", "  E-POST  "], [None, "number", "email"]),
    ],
)  # fmt: skip
def test_columns_are_known_by_what_people_call_them(headings, fields):
    found = guess(headings)
    assert [{at: key for key, at in found.items()}.get(n) for n in range(len(headings))] == fields


def test_our_own_headings_are_all_known():
    left_out = {"given_name", "family_name"}
    fields = [field for field in FIELDS if field.key not in left_out]
    found = guess([field.label for field in fields])
    assert found == {field.key: number for number, field in enumerate(fields)}


def test_headings_are_known_in_words_that_are_given_besides():
    assert guess(["Telefonen"], also={"phone": ["Telefonen"]}) == {"phone": 0}


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["Navn", "E-post"], ["Kari", "kari@a.no"]], 0),
        ([["Medlemsliste"], ["Skrevet ut 01.02.2026"], ["Navn", "Orgnr"], ["A", "1"]], 2),
        ([["Medlem"], ["Navn", "Orgnr"], ["A", "1"]], 1),
        ([["x", "y", "z"], ["1", "2", "3"]], 0),
        ([["a title"], ["x", "y", "z"], ["1", "2", "3"]], 1),
    ],
)
def test_the_headings_stand_anywhere_in_the_first_rows(rows, header):
    assert find_header(rows) == header

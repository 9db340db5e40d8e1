"""Names in the order that people in Norway expect, whatever the database thinks of letters."""

import pytest

from portal.core.alphabet import LAST, name_key


def test_the_norwegian_letters_come_after_z_in_their_order():
    names = ["Ås Film", "Zoom", "Øst Media", "Ærlig Talt", "Aas", "éclair", "Eclipse"]
    assert sorted(names, key=name_key) == [
        "Aas", "éclair", "Eclipse", "Zoom", "Ærlig Talt", "Øst Media", "Ås Film",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("begins", "name", "found"),
    [
        ("cafe", "Café Nord", True),
        ("CAFÉ", "cafe nord", True),
        ("  nord  lys", "Nord Lys AS", True),
        ("ås", "Åsane Film", True),
        ("as", "Åsane Film", False),
        ("%", "Nordlys", False),
    ],
)
def test_a_name_is_found_by_how_it_begins(begins, name, found):
    start = name_key(begins)
    assert (start <= name_key(name) < start + LAST) is found

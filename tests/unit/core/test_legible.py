"""Text as people type it, and text that machines write of people."""

import pytest

from portal.core.legible import legible, without_addresses


@pytest.mark.parametrize(
    "text",
    ["Åse Ærlig", "日本語", "two\nlines\tand a tab\r\n", "👩‍🔬 and نام", "“quoted” – 1 200 m²"],
)
def test_what_people_type_stays(text):
    assert legible(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\x00b", "ab"),
        ("\x1b[31mred\x7f", "[31mred"),
        ("gnp.\u202eexe", "gnp.exe"),
        ("\u2066turned\u2069", "turned"),
        ("half \ud800", "half "),
        ("\ufeffbeginning", "beginning"),
    ],
)
def test_what_nobody_types_is_dropped(text, left):
    assert legible(text) == left


def test_technical_messages_are_told_without_addresses():
    error = "SMTPRecipientsRefused: {'kari@firma.no': (550, b'<kari@firma.no> unknown')}"
    assert without_addresses(error) == "SMTPRecipientsRefused: {'…': (550, b'<…> unknown')}"

"""What the guides call a page, a button or a command is what the portal calls it."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from portal.cli import Commands

ROOT = Path(__file__).parents[2]
GUIDES = ("membership_year.md", "lost_phone.md")
CATALOGUE = ROOT / "translations" / "nb" / "LC_MESSAGES" / "messages.po"
#: Names in emphasis, in quotes, and of pages of the administration.
NAMED = re.compile(r"(?<![*\w])\*([^*\n]+)\*(?![*\w])|Administration → ([\w -]+)\*\*|“([^”]+)”")
COMMAND = re.compile(r"flask ([a-z]+) ([a-z-]+)")


def words_of_ours() -> set[str]:
    """Return every text that the portal shows, with a dash in the place of a gap."""
    found: set[str] = set()
    with CATALOGUE.open("rb") as file:
        for message in read_po(file, locale="nb"):
            found |= set(message.id if message.pluralizable else [message.id])
    return {re.sub(r"%\(\w+\)s", "…", text) for text in found}


@pytest.mark.parametrize("guide", GUIDES)
def test_pages_and_buttons_are_called_as_the_portal_calls_them(guide):
    text = " ".join((ROOT / "docs" / guide).read_text().split())
    named = {next(filter(None, found)) for found in NAMED.findall(text)}
    assert len(named) > 8
    assert named - words_of_ours() == set()


@pytest.mark.parametrize("guide", GUIDES)
def test_commands_are_there(guide):
    told = set(COMMAND.findall((ROOT / "docs" / guide).read_text()))
    assert told
    for group, command in told:
        found = Commands().get_command(None, group)
        assert command in found.commands, f"flask {group} {command}"

"""The texts that a new portal begins with, in both languages, each a file to be read as prose."""

from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parent
KEYS = ("home", "about", "contact", "privacy", "terms", "accessibility")
LANGUAGES = ("en", "nb")


def read(gaps: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """Return title and body of each page by its key, with the cluster's own words in the gaps."""
    return {key: words(key, gaps) for key in KEYS}


def words(key: str, gaps: Mapping[str, str]) -> Mapping[str, str]:
    """Read one page: the first line of its file is the title, the rest is the body."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        text = (FOLDER / f"{key}.{language}.md").read_text(encoding="utf-8")
        for gap, value in gaps.items():
            text = text.replace(f"[{gap}]", value)
        title, _, body = text.partition("\n")
        found[f"title_{language}"], found[f"body_{language}"] = title.strip(), body.strip()
    return found

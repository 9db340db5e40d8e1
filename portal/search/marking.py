"""Showing which words of a text were found."""

import re
from collections.abc import Container
from re import Match

from markupsafe import Markup, escape

from portal.search.words import WORD, stem

#: In escaped text: what stands for a character of its own and is no word, or else a word.
PART = re.compile(rf"&#?\w+;|({WORD.pattern})")


def marked(text: str, stems: Container[str], *, language: str) -> Markup:
    """Return a text as HTML with the words marked that have one of these stems."""

    def mark(part: Match[str]) -> str:
        word = part.group(1)
        return f"<mark>{word}</mark>" if word and stem(word, language) in stems else part.group()

    return Markup(PART.sub(mark, str(escape(text))))  # noqa: S704 - escaped first, then only marked

"""Showing which words of a text were found."""

import re
from collections.abc import Container

from markupsafe import Markup, escape

from portal.search.words import WORD, stem

#: In escaped text: what stands for a character of its own, whose stem nobody looks for, or a word.
PART = re.compile(rf"(&#?\w+;|{WORD.pattern})")


def marked(text: str, stems: Container[str], *, language: str) -> Markup:
    """Return a text as HTML with the words marked that have one of these stems."""
    parts = PART.split(str(escape(text)))
    parts[1::2] = [
        f"<mark>{word}</mark>" if stem(word, language) in stems else word for word in parts[1::2]
    ]
    return Markup("".join(parts))  # noqa: S704 - escaped first, then only marked

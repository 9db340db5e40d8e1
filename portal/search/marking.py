"""Showing which words of a text were found."""

from collections.abc import Container

from markupsafe import Markup, escape

from portal.search.words import WORD, stem


def marked(text: str, stems: Container[str], *, language: str) -> Markup:
    """Return a text as HTML with the words marked that have one of these stems."""
    parts, last = [], 0
    for found in WORD.finditer(text):
        if stem(found.group(), language) in stems:
            parts.append(escape(text[last : found.start()]))
            parts.append(MARK % found.group())
            last = found.end()
    parts.append(escape(text[last:]))
    return Markup("").join(parts)


MARK = Markup("<mark>%s</mark>")

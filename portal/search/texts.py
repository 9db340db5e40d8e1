"""Texts of rooms as documents: without marks, and in both languages where there are two."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.platform.language import LANGUAGES
from portal.search.sources import Document
from portal.web.markdown import render


def plain(text: str) -> str:
    """Return what a text with marks says, without them."""
    return str(render(text).striptags())


def joined(*parts: str, between: str = " ") -> str:
    """Return the parts of a text that there are, one after the other."""
    return between.join(part for part in parts if part)


def in_both_languages(
    row: Any, address: str, *, title: str, texts: Sequence[str], more: str = ""
) -> Iterator[Document]:
    """Make a document of each language in which a row has a title.

    `title` and `texts` name columns without their language; `more` is the same in both.
    """
    for language in LANGUAGES[:2]:
        if named := getattr(row, f"{title}_{language}"):
            told = [plain(getattr(row, f"{text}_{language}")) for text in texts]
            yield Document(
                subject_id=row.id,
                language=language,
                title=named,
                text=joined(*told, more),
                address=address,
            )

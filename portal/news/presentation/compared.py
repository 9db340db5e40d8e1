"""Two versions of a text, side by side in words that were taken out and put in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.models import ArticleRevision

#: Beyond so many words, lines are compared and not words: that would take too long.
MOST_WORDS = 4000
FIELDS = ("title", "standfirst", "body", "alternative", "credit")


@dataclass(frozen=True)
class Piece:
    """A stretch of text: kept as it was, taken out or put in."""

    kind: str
    text: str


def differences(
    before: ArticleRevision, after: ArticleRevision
) -> Sequence[tuple[str, Sequence[Piece]]]:
    """Return what changed from one version to the next, by field; fields alike are left out."""
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in FIELDS]
    return [(name, compare(old, new)) for name, old, new in pairs if old != new]


def compare(old: str, new: str) -> Sequence[Piece]:
    """Return a text as pieces that were kept, taken out and put in."""
    left, right = in_parts(old), in_parts(new)
    if len(left) + len(right) > MOST_WORDS:
        left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("kept", "".join(left[i:j])))
            continue
        if j > i:
            pieces.append(Piece("out", "".join(left[i:j])))
        if m > k:
            pieces.append(Piece("in", "".join(right[k:m])))
    return pieces


def in_parts(text: str) -> list[str]:
    """Cut a text into words with the spaces after them."""
    return re.findall(r"\S+\s*|\s+", text)

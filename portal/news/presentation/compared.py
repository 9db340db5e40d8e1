"""Two versions of a text, side by side in words that were taken out and put in."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from portal.models import ArticleRevision

#: Beyond so many words, or pairs of equal words, lines are compared and not words, and beyond as
#: many pairs of lines only the whole: it would take too long, which a text could be written for.
MOST_WORDS, MOST_PAIRS = 4000, 100_000
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
    if len(left) + len(right) > MOST_WORDS or are_many(left, right):
        left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if are_many(left, right):
        left, right = [old], [new]
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


def are_many(left: Sequence[str], right: Sequence[str]) -> bool:
    """Tell whether there are too many ways to pair what is equal."""
    times = Counter(right)
    return sum(times[part] for part in left) > MOST_PAIRS


def in_parts(text: str) -> list[str]:
    """Cut a text into words with the spaces after them."""
    return re.findall(r"\S+\s*|\s+", text)

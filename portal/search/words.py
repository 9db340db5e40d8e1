"""Words as the index keeps them: folded and stemmed here, so that both databases find the same."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import Any

WORD = re.compile(r"[^\W_]+")
#: No word that anybody looks for is longer; the rest of a longer one is not kept.
LONGEST = 40
#: Letters of their own in Norwegian, which keep their marks; beside them their kin.
OWN = "æøå"
KIN = str.maketrans({"ä": "æ", "ö": "ø"})

ALGORITHMS = {"en": "english", "nb": "norwegian"}
#: Words that nearly every text has, as they are folded. They are neither kept nor looked for.
ENGLISH = """a an and are as at be but by can for from has have in is its of on or our that the
    their they this to was we were which will with you your"""
NORWEGIAN = """alle at av bli ble da de den der det dette du eller en er et etter for fra han har
    hun i ikke kan med men mot når og også om opp på skal som til under var ved vi vil å"""
COMMON = {"en": frozenset(ENGLISH.split()), "nb": frozenset(NORWEGIAN.split())}

_one_at_a_time = Lock()


def tidy(text: str) -> str:
    """Return a text whose letters are one character each, with their marks."""
    return unicodedata.normalize("NFC", text)


def words(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words of a tidy text as they are written, each with its position."""
    for found in WORD.finditer(text):
        yield found.start(), found.group()


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """Return what the index keeps of a word in a language; of a common word nothing.

    A language that has no stems, such as that of names, keeps the folded word.
    """
    folded = fold(word)
    if folded in COMMON.get(language, ()):
        return ""
    if language in ALGORITHMS:
        with _one_at_a_time:  # a stemmer remembers the word that it works on
            folded = stemmer(language).stemWord(folded)
    return folded[:LONGEST]


def fold(word: str) -> str:
    """Return a word without case and marks; æ, ø and å are letters and stay."""
    folded = unicodedata.normalize("NFC", word.casefold())
    if folded.isascii():
        return folded
    return "".join(map(bare, folded.translate(KIN)))


def bare(letter: str) -> str:
    """Return a letter without its marks, if it is the same letter without."""
    if letter in OWN:
        return letter
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


@lru_cache(maxsize=2)
def stemmer(language: str) -> Any:
    """Return the stemmer of a language."""
    import snowballstemmer  # noqa: PLC0415 - brings forty languages along

    return snowballstemmer.stemmer(ALGORITHMS[language])

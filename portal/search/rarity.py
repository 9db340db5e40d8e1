"""Which of several words is the rarest: the one that leads through the index.

What has a rare word is looked through for the others; the other way round a search for a common and
a rare word would look through nearly everything.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, literal_column, select, union_all

from portal.models import SearchWord
from portal.platform.database import read
from portal.search.sources import in_order, spelt

#: No word is counted further than this: all that have more are common alike.
ENOUGH = 500

Stems = Mapping[str, tuple[str, ...]]


def rarest_first(stems: Stems) -> dict[str, tuple[str, ...]]:
    """Return the stems of a question in each language in another order: the rarest first."""
    several = {language: kept for language, kept in stems.items() if len(kept) > 1}
    if not several:
        return dict(stems)
    lengths = tuple((language, len(kept)) for language, kept in several.items())
    gaps = {gap(lang, n): word for lang, kept in several.items() for n, word in enumerate(kept)}
    rows = read(how_often(lengths), enough=ENOUGH, **gaps)
    times = {(row.language, row.place): row.times for row in rows}
    return dict(stems) | {
        language: tuple(word for _, _, word in sorted(ranked(language, kept, times)))
        for language, kept in several.items()
    }


def ranked(language: str, kept: tuple[str, ...], times: Any) -> list[tuple[int, int, str]]:
    """Return the stems of a language with what they are sorted by: rare, then long."""
    return [(times[language, place], -len(word), word) for place, word in enumerate(kept)]


@lru_cache(maxsize=256)
def how_often(lengths: tuple[tuple[str, int], ...]) -> Select[*tuple[Any, ...]]:
    """Return the statement that counts so many words in each language, up to a limit."""
    parts = []
    for language, count in lengths:
        kinds = [spelt(source.kind) for source in in_order() if language in source.languages]
        for place in range(count):
            some: Select[tuple[int]] = select(literal_column("1").label("one")).where(
                SearchWord.kind.in_(kinds),
                SearchWord.language == spelt(language),
                SearchWord.word == bindparam(gap(language, place)),
            )
            counted = select(func.count()).select_from(some.limit(bindparam("enough")).subquery())
            parts.append(
                select(
                    spelt(language).label("language"),
                    literal_column(str(place), Integer).label("place"),
                    counted.scalar_subquery().label("times"),
                )
            )
    return select(union_all(*parts).subquery())


def gap(language: str, place: int) -> str:
    """Return the name of the gap for a word."""
    return f"word_{language}_{place}"

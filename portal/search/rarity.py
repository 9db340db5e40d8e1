"""On which shelves all the words of a question stand, and which of them is the rarest there.

The rarest leads through the index: what has a rare word is looked through for the others; the other
way round a search for a common and a rare word would look through nearly everything. Shelves that
lack a word are not looked through at all.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, select, true, union_all

from portal.models import SearchWord
from portal.platform.database import read
from portal.search.sources import Shelf, number, spelt

#: So many rows of a word are looked at on a shelf. The oldest of them tells how common a word is
#: that has as many: the newer it is, the denser they stand.
ENOUGH = 50

Stems = Mapping[str, tuple[str, ...]]


def rarest_first(shelves: tuple[Shelf, ...], stems: Stems) -> dict[Shelf, tuple[str, ...]]:
    """Return the shelves that have all the words of a question, each with them, the rarest first.

    Every language of the shelves must have stems.
    """
    if not shelves:
        return {}
    spoken = dict.fromkeys(shelf.language for shelf in shelves)
    lengths = tuple((language, len(stems[language])) for language in spoken)
    gaps = {gap(each, n): word for each in spoken for n, word in enumerate(stems[each])}
    kinds = tuple(dict.fromkeys(shelf.kind for shelf in shelves))
    rows: Sequence[Any] = read(how_common(kinds, lengths), **gaps).all()
    ranked: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for kind, language, place, common in rows:
        word = stems[language][place]
        ranked.setdefault((kind, language), []).append((common, -len(word), word))
    return {
        shelf: tuple(word for _common, _length, word in sorted(ranked[shelf]))
        for shelf in shelves
        if all(common > -ENOUGH for common, _length, _word in ranked[shelf])
    }


@lru_cache(maxsize=256)
def how_common(
    kinds: tuple[str, ...], lengths: tuple[tuple[str, int], ...]
) -> Select[*tuple[Any, ...]]:
    """Return the statement that tells how common so many words of each language are, by kind.

    It gives the more, the commoner a word is, and `-ENOUGH` for what does not stand there at all.
    """
    those = union_all(*(select(spelt(kind).label("kind")) for kind in kinds)).subquery("kinds")
    words = [
        select(
            spelt(language).label("language"),
            number(place).label("place"),
            bindparam(gap(language, place), type_=SearchWord.word.type).label("word"),
        )
        for language, length in lengths
        for place in range(length)
    ]
    wanted = union_all(*words).subquery("wanted")
    common = commonness(those.c.kind, wanted.c).correlate(those, wanted).scalar_subquery()
    found = select(those.c.kind, wanted.c.language, wanted.c.place, common.label("common"))
    return found.join_from(those, wanted, true())


def commonness(kind: Any, wanted: Any) -> Select[*tuple[Any, ...]]:
    """Return the statement that tells how common one word is on one shelf."""
    some = (
        select(SearchWord.number)
        .where(
            SearchWord.kind == kind,
            SearchWord.language == wanted.language,
            SearchWord.word == wanted.word,
        )
        .order_by(SearchWord.place.desc(), SearchWord.number.desc())
        .limit(number(ENOUGH))
        .correlate(kind.table, wanted.word.table)
        .subquery()
    )
    few = func.count() - number(ENOUGH)
    return select(case((few < number(0), few), else_=func.min(some.c.number))).select_from(some)


def gap(language: str, place: int) -> str:
    """Return the name of the gap for a word."""
    return f"word_{language}_{place}"

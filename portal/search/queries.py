"""One question to the database: what has these words, of all that the visitor may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select, union_all
from sqlalchemy.orm import aliased

from portal.core.legible import legible
from portal.models import Actor, SearchDocument, SearchWord, StaffRole, own, stand_in
from portal.platform.database import read
from portal.platform.paging import named
from portal.search.rarity import rarest_first
from portal.search.sources import SOURCES, Shelf, Source, in_order, number, spelt
from portal.search.words import COMMON, stem, tidy, words

#: More letters and words than these are not looked at.
LONGEST_QUESTION, MOST_WORDS = 200, 6
#: How much of a text is shown: what stands before the first word that was found, and all.
BEFORE, SHOWN = 70, 230
#: Where a word may stand: in a text, or in a title.
PLACES = number(0), number(1)


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: as typed, and as the index keeps it in each language."""

    text: str
    stems: dict[str, tuple[str, ...]]

    @property
    def says_something(self) -> bool:
        """Whether there is a word that not every text has, whichever language it is meant in."""
        return all(stems for language, stems in self.stems.items() if language in COMMON)


class Found(NamedTuple):
    """One row that was found: its title and a piece of its text in one language."""

    language: str
    title: str
    piece: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """What was found of one kind, and whether there is more."""

    source: Source
    found: Sequence[Found]
    more: bool


def asked(question: str) -> Asked:
    """Read a question. Nothing that can be typed is an error; what has no words finds nothing."""
    text = tidy(legible(question))[:LONGEST_QUESTION].strip()
    typed = [word for _, word in words(text)]
    languages = dict.fromkeys(language for s in in_order() for language in s.languages)
    return Asked(text, {language: stems(typed, language) for language in languages})


def stems(typed: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the stems of words in a language, each once."""
    kept = dict.fromkeys(stem(word, language) for word in typed)
    kept.pop("", None)
    return tuple(kept)[:MOST_WORDS]


def results(
    question: Asked,
    *,
    kind: str | None = None,
    most: int,
    language: str,
    actor: Actor | None,
    now: datetime,
) -> list[Group]:
    """Return what a visitor finds, by kind; the best of each kind first."""
    staff = actor.staff if actor else None
    spoken = frozenset(each for each, stems in question.stems.items() if stems)
    shelves = rarest_first(open_shelves(in_order(), spoken, staff=staff, kind=kind), question.stems)
    if not shelves:
        return []
    lengths = tuple((shelf, len(stems)) for shelf, stems in shelves.items())
    gaps: dict[str, Any] = {"most": most + 1}
    for shelf, stems in shelves.items():
        gaps |= {gap(shelf, n): word for n, word in enumerate(stems)}
    for each in {shelf.kind for shelf in shelves}:
        gaps |= SOURCES[each].given(now=now)
    rows = read(statement_for(lengths, staff=staff), **gaps, **(own(actor) if actor else {}))
    return grouped(named(rows), most=most, language=language, actor=actor)


@lru_cache(maxsize=256)
def open_shelves(
    sources: tuple[Source, ...],
    spoken: frozenset[str],
    *,
    staff: frozenset[StaffRole] | None,
    kind: str | None,
) -> tuple[Shelf, ...]:
    """Return the shelves on which visitors with these staff roles may find anything at all."""
    return tuple(
        Shelf(source.kind, language)
        for source in sources
        if kind in (None, source.kind) and visible(source.kind, staff=staff) is not None
        for language in source.languages
        if language in spoken
    )


def visible(kind: str, *, staff: frozenset[StaffRole] | None) -> Select[*tuple[Any, ...]] | None:
    """Select what visitors with these staff roles see of a kind, with gaps for who they are."""
    return SOURCES[kind].visible(stand_in(staff) if staff is not None else None)


@lru_cache(maxsize=512)
def statement_for(
    lengths: tuple[tuple[Shelf, int], ...], *, staff: frozenset[StaffRole] | None
) -> Select[*tuple[Any, ...]]:
    """Return the statement for so many words on each shelf and visitors of one kind.

    Each shelf is looked through by itself, in the order in which it is shown, and no further than
    to as many rows as are shown. A row counts only if its page opens to the visitor.
    """
    parts = [best_of(shelf, count, staff=staff) for shelf, count in lengths]
    hit = union_all(*(select(part.subquery()) for part in parts)).subquery("hit")
    return select(
        SearchDocument.kind,
        SearchDocument.subject_id,
        SearchDocument.language,
        SearchDocument.title,
        SearchDocument.address,
        func.substr(SearchDocument.text, begin_of(hit.c), number(SHOWN)).label("piece"),
        hit.c.position,
        hit.c.place,
        hit.c.number,
    ).join(hit, hit.c.number == SearchDocument.number)


def best_of(
    shelf: Shelf, count: int, *, staff: frozenset[StaffRole] | None
) -> Select[*tuple[Any, ...]]:
    """Return where the best rows of a shelf stand that have all the words."""
    first = aliased(SearchWord, name="w")
    return (
        select(first.number, first.place, first.position)
        .where(*stands(first, shelf, 0))
        .where(*(has_word(first, shelf, place) for place in range(1, count)))
        .where(opens(first, shelf, staff=staff))
        .order_by(first.place.desc(), first.number.desc())
        .limit(bindparam("most"))
    )


def opens(first: Any, shelf: Shelf, *, staff: frozenset[StaffRole] | None) -> ColumnElement[bool]:
    """Return what is true of a document whose page opens to visitors with these staff roles."""
    document, model = aliased(SearchDocument, name="d"), SOURCES[shelf.kind].model
    seen = visible(shelf.kind, staff=staff)
    assert seen is not None  # noqa: S101 - or the shelf would not be open
    found = seen.with_only_columns(model.id).join(document, document.subject_id == model.id)
    return in_turn(found.where(document.number == first.number))


def stands(word: Any, shelf: Shelf, place: int) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of a word on a shelf that is the one in a gap."""
    return (
        word.kind == spelt(shelf.kind),
        word.language == spelt(shelf.language),
        word.word == bindparam(gap(shelf, place)),
    )


def gap(shelf: Shelf, place: int) -> str:
    """Return the name of the gap for a word."""
    return f"{shelf.kind}_{shelf.language}_{place}"


def has_word(first: Any, shelf: Shelf, place: int) -> ColumnElement[bool]:
    """Return what is true of a document that has one more word."""
    other = aliased(SearchWord, name="o")
    there = *stands(other, shelf, place), other.place.in_(PLACES), other.number == first.number
    return in_turn(select(other.number).where(*there))


def in_turn(rows: Select[*tuple[Any, ...]]) -> ColumnElement[bool]:
    """Return what is true where there are such rows, asked of one document after the other.

    Without an OFFSET PostgreSQL would make a join of it, and gather all that fits before the first
    is shown: it cannot know how common the words are that stand in the gaps of a kept plan.
    """
    return rows.offset(number(0)).exists()


def begin_of(word: Any) -> Any:
    """Return where the piece of a text begins that shows a word; a database counts from 1."""
    later = word.position - number(BEFORE - 1)
    return case((word.position > number(BEFORE), later), else_=number(1))


def grouped(rows: Sequence[Any], *, most: int, language: str, actor: Actor | None) -> list[Group]:
    """Put what was found together by kind: each row once, rather in the reader's language."""
    rows = sorted(rows, key=attrgetter("place", "number"), reverse=True)
    by_kind: dict[str, dict[UUID, Any]] = {}
    for row in rows:
        same_kind = by_kind.setdefault(row.kind, {})
        if row.subject_id not in same_kind or row.language == language:
            same_kind[row.subject_id] = row
    return [
        Group(
            source=source,
            found=[found(row, source, actor=actor) for row in of_kind[:most]],
            more=len(of_kind) > most,
        )
        for source in in_order()
        if (of_kind := list(by_kind.get(source.kind, {}).values()))
    ]


def found(row: Any, source: Source, *, actor: Actor | None) -> Found:
    """Return one row as a visitor is shown it."""
    return Found(
        language=row.language,
        title=row.title,
        piece=trimmed(row.piece, begins=row.position <= BEFORE),
        address=source.address(row.address, row.subject_id, actor=actor),
    )


def trimmed(piece: str, *, begins: bool) -> str:
    """Cut a piece of a text where its words end, and say where the text goes on."""
    if not begins:
        piece = "… " + piece.partition(" ")[2]
    if len(piece) >= SHOWN - BEFORE and not piece.endswith((".", "!", "?")):
        piece = piece.rpartition(" ")[0].rstrip(",;:–") + " …"
    return piece

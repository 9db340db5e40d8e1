"""One question to the database: what has these words, of all that the visitor may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from portal.core.legible import legible
from portal.models import Actor, SearchDocument, SearchWord, StaffRole, own, stand_in
from portal.platform.database import read
from portal.search.rarity import gap, rarest_first
from portal.search.sources import Source, in_order, spelt
from portal.search.words import COMMON, stem, tidy, words

#: More letters and words than these are not looked at.
LONGEST_QUESTION, MOST_WORDS = 200, 6
#: How much of a text is shown: what stands before the first word that was found, and all.
BEFORE, SHOWN = 70, 230
#: Where a word may stand: in a text, or in a title.
PLACES: tuple[Any, ...] = (literal_column("0"), literal_column("1"))


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: as typed, and as the index keeps it in each language."""

    text: str
    stems: dict[str, tuple[str, ...]]

    @property
    def says_something(self) -> bool:
        """Whether there is a word that not every text has, whichever language it is meant in."""
        return all(stems for language, stems in self.stems.items() if language in COMMON)


@dataclass(frozen=True, kw_only=True)
class Found:
    """One row that was found: its title and a piece of its text in one language."""

    subject_id: UUID
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
    lengths = tuple((language, len(stems)) for language, stems in question.stems.items())
    staff = actor.staff if actor else None
    statement = statement_for(in_order(), lengths, staff=staff, kind=kind)
    if statement is None:
        return []
    gaps: dict[str, Any] = {"most": most + 1}
    for spoken, kept in rarest_first(question.stems).items():
        gaps |= {gap(spoken, n): word for n, word in enumerate(kept)}
    for source in in_order():
        gaps |= source.given(now=now)
    rows = read(statement, **gaps, **(own(actor) if actor else {}))
    return grouped(list(rows), most=most, language=language, actor=actor)


@lru_cache(maxsize=512)
def statement_for(
    sources: tuple[Source, ...],
    lengths: tuple[tuple[str, int], ...],
    *,
    staff: frozenset[StaffRole] | None,
    kind: str | None,
) -> Select[*tuple[Any, ...]] | None:
    """Return the statement for so many words in each language and visitors of one kind.

    Each kind and language is looked through by itself, in the order in which it is shown, and no
    further than to as many rows as are shown. A row counts only if its page opens to the visitor.
    """
    visitor = stand_in(staff) if staff is not None else None
    branches = [
        branch(source, language, count, visible=visible)
        for source in sources
        if kind in (None, source.kind) and (visible := source.visible(visitor)) is not None
        for language, count in lengths
        if count and language in source.languages
    ]
    if not branches:
        return None
    parts = [select(part.subquery()) for part in branches]
    return select(union_all(*parts).subquery())


def branch(
    source: Source, language: str, count: int, *, visible: Select[*tuple[Any, ...]]
) -> Select[*tuple[Any, ...]]:
    """Return the best rows of one kind that have all the words in one language."""
    document, first = aliased(SearchDocument), aliased(SearchWord)
    shelf = first.kind == spelt(source.kind), first.language == spelt(language)
    rows = (
        select(
            document.kind,
            document.subject_id,
            document.language,
            document.title,
            document.address,
            func.substr(document.text, begin_of(first), number(SHOWN)).label("piece"),
            first.position,
            first.place,
            first.number,
        )
        .join(document, document.number == first.number)
        .where(*shelf, first.word == bindparam(gap(language, 0)))
        .where(visible.where(source.model.id == document.subject_id).exists())
        .order_by(first.place.desc(), first.number.desc())
        .limit(bindparam("most"))
    )
    for place in range(1, count):
        rows = rows.where(has_word(first, bindparam(gap(language, place))))
    return rows


def begin_of(word: Any) -> Any:
    """Return where the piece of a text begins that shows a word; a database counts from 1."""
    later = word.position - number(BEFORE - 1)
    return case((word.position > number(BEFORE), later), else_=number(1))


def number(constant: int) -> Any:
    """Write a number out in the statement: handed over, each costs time at every search."""
    return literal_column(str(constant), Integer)


def has_word(first: Any, wanted: Any) -> Any:
    """Return what is true of a document that has one more word."""
    other = aliased(SearchWord)
    same = and_(
        other.kind == first.kind,
        other.language == first.language,
        other.word == wanted,
        other.place.in_(PLACES),
        other.number == first.number,
    )
    return select(other.number).where(same).exists()


def grouped(rows: Sequence[Any], *, most: int, language: str, actor: Actor | None) -> list[Group]:
    """Put what was found together by kind: each row once, rather in the reader's language."""
    rows = sorted(rows, key=lambda row: (-row.place, -row.number))
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
        subject_id=row.subject_id,
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

"""What rooms give to the search: which rows, as which text, for whose eyes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, String, literal_column

from portal.models import Actor, Row

#: The language of names, which have no stems.
OF_NAMES = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One row of a room in one language, as plain text, with the path of its page.

    It holds nothing that the page of the row does not show to everybody who may open it.
    """

    subject_id: UUID
    language: str
    title: str
    text: str
    address: str


class Given(Protocol):
    """What fills the gaps of a source's statement."""

    def __call__(self, *, now: datetime) -> Mapping[str, Any]:
        """Return the values of this moment."""


class Whereabouts(Protocol):
    """Where a visitor finds a row, if not everybody finds it at the same address."""

    def __call__(self, address: str, subject_id: UUID, *, actor: Actor | None) -> str:
        """Return the path for this visitor."""


def nothing_given(*, now: datetime) -> Mapping[str, Any]:
    """Fill no gaps."""
    return {}


def same_for_all(address: str, subject_id: UUID, *, actor: Actor | None) -> str:
    """Lead everybody to the same address."""
    return address


@dataclass(frozen=True, kw_only=True)
class Source:
    """One kind of thing that is found.

    `documents` makes what is kept of the rows with these ids; a row that it leaves out is not
    found. `visible` selects the rows whose page a visitor may open, through `visible_to`, with
    gaps for what differs between people of the same kind (`stand_in`) and for what `given`
    returns; None hides all. `follows` names the columns by which rows of other tables change a
    document: a column of `model` that holds the other row's id, or, as text, the name of an
    attribute of the other row that holds ours.
    """

    kind: str
    label: str
    rank: int
    model: type[Row]
    documents: Callable[[Sequence[UUID]], Iterable[Document]]
    visible: Callable[[Actor | None], Select[*tuple[Any, ...]] | None]
    follows: Mapping[type, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en", "nb")
    given: Given = nothing_given
    address: Whereabouts = same_for_all

    def __hash__(self) -> int:
        return hash(self.kind)


class Shelf(NamedTuple):
    """What is looked through by itself: one kind of thing in one language."""

    kind: str
    language: str


SOURCES: dict[str, Source] = {}


def declare(source: Source) -> None:
    """Let a kind of thing be found."""
    SOURCES[source.kind] = source


def spelt(word: str) -> ColumnElement[str]:
    """Write a word of ours out in a statement, such as a kind: handed over, each costs time."""
    if not word.isascii() or "'" in word:
        raise ValueError(word)
    return literal_column(f"'{word}'", String)


def number(constant: int) -> ColumnElement[int]:
    """Write a number out in a statement, for the same reason."""
    return literal_column(str(constant), Integer)


def in_order() -> tuple[Source, ...]:
    """Return all kinds in the order in which they are shown."""
    return tuple(sorted(SOURCES.values(), key=lambda source: (source.rank, source.kind)))

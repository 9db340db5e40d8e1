"""States and the moves between them, written down as a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from portal.core.errors import NotAllowed, Refused
from portal.core.vocabulary import Word
from portal.core.wording import N_, Sentence


class Stateful(Protocol):
    """Anything that is in one state at a time."""

    state: Any


A = TypeVar("A")
T = TypeVar("T", bound=Stateful)
T_contra = TypeVar("T_contra", contravariant=True)


class Rule(Protocol[T_contra]):
    """What the terms say about a move."""

    def __call__(self, thing: T_contra, /, *, now: datetime) -> Sentence | None:
        """Return the reason why the thing may not move now, or nothing."""


def nothing_forbids(_thing: object, *, now: datetime) -> Sentence | None:
    """Let every move pass: for the moves that no term speaks of."""
    return None


@dataclass(frozen=True, kw_only=True)
class Move(Generic[T, A]):
    """One permitted change of state: from where, to where, by whom, and unless what."""

    name: str
    label: str
    sources: tuple[Word, ...]
    target: Word
    may: Callable[[A, T], bool]
    unless: Rule[T] = nothing_forbids


@dataclass(frozen=True)
class Step:
    """A move that was made: what the state was and what it is now."""

    before: Word
    after: Word


class Workflow(Generic[T, A]):
    """Every move a thing can make. What is not listed here cannot happen."""

    def __init__(self, *moves: Move[T, A]) -> None:
        self._moves = {move.name: move for move in moves}

    def __iter__(self) -> Iterator[Move[T, A]]:
        return iter(self._moves.values())

    def open_to(self, thing: T, *, actor: A) -> list[Move[T, A]]:
        """Return the moves this actor could try now, in table order: the buttons of a page."""
        return [move for move in self if thing.state in move.sources and move.may(actor, thing)]

    def offers(self, name: str, thing: T, *, actor: A) -> bool:
        """Tell whether this actor could try this move now."""
        move = self._moves[name]
        return thing.state in move.sources and move.may(actor, thing)

    def make(self, name: str, thing: T, *, actor: A, now: datetime) -> Step:
        """Change the state, or refuse and say why.

        Raises NotAllowed when the actor may not, Refused when the state or the terms forbid it.
        """
        move = self._moves[name]
        if not move.may(actor, thing):
            raise NotAllowed
        if thing.state not in move.sources:
            raise Refused(
                Sentence(N_("This cannot be done now. It is “%(state)s”."), {"state": thing.state})
            )
        if reason := move.unless(thing, now=now):
            raise Refused(reason)
        step = Step(thing.state, move.target)
        thing.state = move.target
        return step

"""The menu: every room says which of its pages belong in it, and for whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.models import Actor


def for_everybody(_actor: Actor | None) -> bool:
    """Let an entry be seen by all."""
    return True


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of the menu. `rank` orders them."""

    key: str
    label: str
    endpoint: str
    rank: int
    may: Callable[[Actor | None], bool] = for_everybody


MENU: list[Item] = []


def add(item: Item) -> None:
    """Put an entry in the menu, in its place."""
    MENU[:] = sorted([*(other for other in MENU if other.key != item.key), item], key=rank)


def rank(item: Item) -> int:
    """Return where an entry stands."""
    return item.rank


def items(actor: Actor | None) -> Sequence[Item]:
    """Return the entries that this visitor is shown, in order."""
    return [item for item in MENU if item.may(actor)]

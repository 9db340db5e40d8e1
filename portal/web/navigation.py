"""The menu: every room says which of its pages belong in it, and for whom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from flask import url_for

from portal.models import Actor
from portal.platform import language


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


@dataclass(frozen=True)
class Link:
    """An entry as a page shows it: its key, its address and its label in a language."""

    key: str
    href: str
    label: str


def links(actor: Actor | None) -> Sequence[Link]:
    """Return the links that this visitor is shown, in order and in the language in force."""
    return [link(item, language.current()) for item in MENU if item.may(actor)]


@cache
def link(item: Item, _spoken: str) -> Link:
    """Work out a link, once for each language."""
    return Link(item.key, url_for(item.endpoint), language.tell(item.label))

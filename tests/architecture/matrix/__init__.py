"""Who gets what at every address: written by hand, from what each kind of person is for.

A row is a method, an endpoint, perhaps what sets its subject apart from that of another row, and a
letter for each kind of person:

    .  here it is, or done (200)       >  done, and led on (302)
    -  sign in first (401)             x  seen, but not yours to do (403)
    o  nothing is here for you (404)   !  not possible as things are (409)
    ?  something is wrong with it (422)   z  not ready (503)

To sign in first, a page leads there and back (302), and a deed is refused (401).

Beside each table stands how its addresses are filled in and what is sent: `{name}` is what the
world calls so. HEAD and OPTIONS have no rows: they follow rules.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.architecture.world import KINDS

LETTERS = {
    ".": 200, ">": 302, "-": 401, "x": 403, "o": 404, "!": 409, "?": 422, "z": 503,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class To:
    """How an address is filled in, and what is sent there.

    `quiet` deeds leave no line in the audit; `guarded` says that no token guards the form.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)
    quiet: bool = False
    guarded: str = "token"


@dataclass(frozen=True, kw_only=True)
class Row:
    """What everybody gets at one address by one method."""

    method: str
    endpoint: str
    variant: str
    expected: str
    to: To

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint} {self.variant}".strip()

    def status(self, kind: str) -> int:
        """Return the status that a kind of person gets."""
        return LETTERS[self.expected[KINDS.index(kind)]]

    def those_who(self, *, get_in: bool) -> list[str]:
        """Return the kinds of people who get what they asked for, or those who do not."""
        return [kind for kind in KINDS if (self.status(kind) < 400) is get_in]


def rows_of(table: str, ways: Mapping[str, To]) -> Iterator[Row]:
    """Read a table. Raises ValueError for a line that is no row."""
    for line in table.splitlines():
        words = line.split("#")[0].split()
        if not words:
            continue
        method, endpoint, *rest = words
        named = rest[0].startswith("(")
        letters = "".join(rest[1:] if named else rest)
        if len(letters) != len(KINDS) or not set(letters) <= set(LETTERS):
            raise ValueError(f"This is no row: {line}")
        variant = rest[0] if named else ""
        to = ways.get(f"{endpoint} {variant}".strip()) or ways.get(endpoint) or To()
        yield Row(method=method, endpoint=endpoint, variant=variant, expected=letters, to=to)


def written(statuses: Iterable[int]) -> str:
    """Write statuses as letters; one that has none as it is."""
    signs = {status: letter for letter, status in LETTERS.items()}
    return "".join(signs.get(status, f"[{status}]") for status in statuses)

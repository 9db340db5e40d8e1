"""What is kept about people: each room says what it holds, for copies, for erasing, and why.

A `Holding` is one kind of row in one table. It says whose a row is, what a copy tells of it, and
what becomes of it when its person is erased: it goes, it stays without their name, or it stays as
it is because a law or the statutes want it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from json import dumps
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    delete,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)

from portal.core.vocabulary import Word
from portal.core.wording import N_
from portal.extensions import db
from portal.models import Base

#: The part of an address behind which nobody can ever be.
NOWHERE = "erased.invalid"
#: The same of an account that became a part of another.
MERGED = "merged.invalid"
#: So many of one kind are counted for a preview; it says "or more" then.
MOST = 1_000


class Fate(Word):
    """What becomes of a row when its person is erased."""

    DELETED = "deleted", N_("Deleted"), "bad"
    NAMELESS = "nameless", N_("Kept without their name"), "progress"
    KEPT = "kept", N_("Kept as it is"), "good"


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Somebody whose rows are looked for: by key, by their addresses, by their name."""

    id: UUID
    name: str
    addresses: tuple[str, ...]

    @property
    def is_told_apart(self) -> bool:
        """Whether the name says by itself that a text speaks of them: one word may be a common one.

        So it counts in a text only where it is all that stands there.
        """
        return " " in self.name.strip() and len(self.name) >= 5

    @property
    def words(self) -> tuple[str, ...]:
        """Return what tells that a text speaks of them: addresses, and a name of several words."""
        return (*self.addresses, *((self.name,) if self.is_told_apart else ()))


Mine = Callable[[Whose], ColumnElement[bool]]
Shape = Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One kind of row about people.

    `keys` are the columns through which it is theirs. `told` are the columns of a copy, perhaps
    of tables that `beside` joins; without any, a copy does not have it. `empties` is what stands
    in its columns afterwards where it is kept without a name. `mine` finds the rows to change
    where those are not all that a copy tells of. `because` is why it goes or stays, for the person
    and for staff.
    """

    key: str
    label: str
    model: type[Base]
    mine: Mine
    fate: Fate
    because: str
    keys: tuple[Any, ...] = ()
    told: tuple[Any, ...] = ()
    beside: Shape = lambda rows: rows
    empties: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, whose: Whose) -> Iterator[dict[str, Any]]:
        """Read what a copy tells of somebody, row by row."""
        wanted = self.beside(select(*self.told).select_from(self.model)).where(self.mine(whose))
        for row in db.session.execute(wanted).mappings():
            yield dict(row)

    def counting(self, whose: Whose) -> Select[*tuple[Any, ...]]:
        """Select how many there are, at most so many."""
        some = select(literal(1)).select_from(self.model).where(self.mine(whose)).limit(MOST)
        return select(literal(self.key), func.count()).select_from(some.subquery())

    def let_go(self, whose: Whose) -> None:
        """Do with the rows of somebody who is erased what is said about them."""
        if self.fate is Fate.DELETED:
            gone = delete(self.model).where(self.mine(whose))
            db.session.execute(gone, execution_options={"synchronize_session": False})
        elif self.fate is Fate.NAMELESS and self.empties:
            emptied = update(self.model).where(self.mine(whose)).values(**self.empties)
            db.session.execute(emptied, execution_options={"synchronize_session": False})


HOLDINGS: dict[str, Holding] = {}


def hold(*holdings: Holding) -> None:
    """Say what a room keeps about people: once, however often an app is made."""
    HOLDINGS.update({holding.key: holding for holding in holdings})


def by(*columns: Any) -> Mine:
    """Return what finds the rows that name somebody in one of these columns."""
    return lambda whose: or_(*(column == whose.id for column in columns))


def to(column: Any) -> Mine:
    """Return what finds the rows that hold an address of somebody."""
    return lambda whose: column.in_(whose.addresses)


def speaking_of(*columns: Any) -> Mine:
    """Return what finds the rows in whose texts, or lists of texts, somebody's name stands.

    Or one of their addresses.
    """

    def mine(whose: Whose) -> ColumnElement[bool]:
        texts = [cast(column, String) for column in columns]
        return or_(false(), *(found for text in texts for found in speaks(text, whose)))

    return mine


def speaks(text: ColumnElement[str], whose: Whose) -> Iterator[ColumnElement[bool]]:
    """Yield the ways in which a text may speak of somebody."""
    for word in whose.words:
        for written in {word, dumps(word)[1:-1]}:  # as it is, and as it stands in JSON
            yield text.icontains(written, autoescape=True)
    if whose.name and not whose.is_told_apart:
        yield text == whose.name
        yield text.contains(dumps(whose.name), autoescape=True)


def nowhere(id: UUID) -> str:
    """Return the address that stands in for one that was erased: nobody's, and nobody else's."""
    return f"{id.hex}@{NOWHERE}"


def nowhere_for(key: Any) -> ColumnElement[str]:
    """Return the same as an expression of a statement, for many rows at once."""
    return func.replace(cast(key, String), "-", "") + f"@{NOWHERE}"


def told() -> Sequence[Holding]:
    """Return what a copy of somebody's data holds, in the order in which rooms said so."""
    return [holding for holding in HOLDINGS.values() if holding.told]


def counted(whose: Whose) -> dict[str, int]:
    """Count what there is of each kind: one statement."""
    every = union_all(*(holding.counting(whose) for holding in HOLDINGS.values()))
    return {key: number for key, number in db.session.execute(every) if number}


def let_go(whose: Whose, *, but: Iterable[str] = ()) -> None:
    """Do with all rows of somebody who is erased what is said about them."""
    for key, holding in HOLDINGS.items():
        if key not in but:
            holding.let_go(whose)

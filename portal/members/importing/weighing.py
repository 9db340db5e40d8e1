"""How much a part of a workbook makes of itself when it is read: found without keeping any of it.

A file of some kilobytes can hold a row of millions of cells, or define names that stand for more
and more of each other. Its reader would take all that in at once.
"""

from typing import IO
from xml.parsers import expat

#: Excel's widest row has 16 384 cells, each of some elements.
MOST_AT_ONCE, DEEPEST, PIECE = 200_000, 100, 65_536
#: More than the rows of a sheet, or the cells of a full list.
MOST_IN_TURN = 1_300_000
#: What is let go when it was read, and in which parts.
READ_ONE_BY_ONE = {"worksheet": "row", "sst": "si"}


class TooHeavy(Exception):
    """A part that becomes too large when it is read."""


class Scales:
    """Counts the elements that a reader holds at the same time."""

    def __init__(self) -> None:
        self.held = self.depth = self.turns = 0
        self.let_go: str | None = None

    def begin(self, name: str, _attributes: object) -> None:
        """Count one more. Raises TooHeavy."""
        if self.depth == 0:
            self.let_go = READ_ONE_BY_ONE.get(bare(name))
        self.depth += 1
        self.held += 1
        if self.held > MOST_AT_ONCE or self.depth > DEEPEST:
            raise TooHeavy

    def end(self, name: str) -> None:
        """Let go of what is read one by one. Raises TooHeavy after too many of them."""
        self.depth -= 1
        if self.let_go == bare(name):
            self.held = 0
            self.turns += 1
            if self.turns > MOST_IN_TURN:
                raise TooHeavy

    def define(self, *_given: object) -> None:
        """Take no definitions: no workbook has any. Raises TooHeavy."""
        raise TooHeavy


def bare(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name.rpartition(":")[2]


def weigh_part(part: IO[bytes]) -> None:
    """Go through a part. Raises TooHeavy; what is not XML is for its reader to refuse."""
    scales, parser = Scales(), expat.ParserCreate()
    parser.StartElementHandler = scales.begin
    parser.EndElementHandler = scales.end
    parser.StartDoctypeDeclHandler = scales.define
    try:
        while piece := part.read(PIECE):
            parser.Parse(piece, False)
    except expat.ExpatError:
        return

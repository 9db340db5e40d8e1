"""Which row of a list holds its headings, and which column holds what: guesses for people."""

import re
from collections.abc import Mapping, Sequence

from portal.members.importing.fields import FIELDS

#: The headings stand somewhere in the first rows; above them are titles and dates of printing.
LOOKED_AT = 25
#: A heading that could be an organisation's or a person's name.
NAMES = {"name", "navn"}
#: What only a list of people has.
OF_PEOPLE = {"email", "given_name", "family_name"}


def tidy(heading: str) -> str:
    """Return a heading as it is compared: “Org.nr:” and “org nr” are one."""
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


def known(also: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return which field each heading means; `also` says what else fields are called."""
    found: dict[str, str] = {}
    for each in FIELDS:
        for name in (each.label, *each.names, *also.get(each.key, ())):
            found.setdefault(tidy(name), each.key)
    return found


def find_header(
    rows: Sequence[Sequence[str]], *, also: Mapping[str, Sequence[str]] | None = None
) -> int:
    """Return which of the first rows holds the headings, counted from 0.

    It is the one with the most headings that we know; without any, the first that has as many
    cells as the list is wide at its start.
    """
    names = known(also or {})
    first = rows[:LOOKED_AT]
    scores = [len({names[tidy(cell)] for cell in row if tidy(cell) in names}) for row in first]
    if scores and max(scores) > 0:
        return scores.index(max(scores))
    widths = [sum(1 for cell in row if cell) for row in first]
    return widths.index(max(widths)) if widths else 0


def guess(
    headings: Sequence[str], *, also: Mapping[str, Sequence[str]] | None = None
) -> dict[str, int]:
    """Return the column of each field that a heading names; the first of two alike counts."""
    names = known(also or {})
    found: dict[str, int] = {}
    for column, heading in enumerate(headings):
        key = names.get(tidy(heading))
        if key and key not in found:
            found[key] = column
    return settle_name(found, headings)


def settle_name(found: dict[str, int], headings: Sequence[str]) -> dict[str, int]:
    """Take a bare “Name” for a person's where the organisation is named in another column.

    So it is in a list of people that says nothing of an organisation's number.
    """
    column = found.get("display_name")
    if column is None or tidy(headings[column]) not in NAMES or "person_name" in found:
        return found
    names = known({})
    others = [
        number
        for number, heading in enumerate(headings)
        if number != column and names.get(tidy(heading)) == "display_name"
    ]
    if others:
        return found | {"display_name": others[0], "person_name": column}
    if "number" in found or "given_name" in found or not OF_PEOPLE & set(found):
        return found
    return {key: at for key, at in found.items() if key != "display_name"} | {"person_name": column}

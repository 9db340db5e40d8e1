"""Sentences as they are kept beside a row until somebody reads them, in whichever language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core.vocabulary import Word
from portal.core.wording import Bilingual, Sentence
from portal.members.importing.values import Finding


def keep(sentence: Sentence) -> dict[str, Any]:
    """Return a sentence as JSON."""
    return {
        "text": sentence.text,
        "values": {gap: keep_value(value) for gap, value in sentence.values.items()},
    }


def keep_value(value: object) -> Any:
    """Return what stands in a gap as JSON."""
    if isinstance(value, Sentence):
        return keep(value)
    if isinstance(value, Bilingual):
        return {"en": value.en, "nb": value.nb}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, int) else str(value)


def recall(kept: Mapping[str, Any]) -> Sentence:
    """Return a sentence that was kept."""
    values = {gap: recall_value(value) for gap, value in kept["values"].items()}
    return Sentence(kept["text"], values)


def recall_value(value: Any) -> object:
    """Return what stands in a gap of a sentence that was kept."""
    if not isinstance(value, dict):
        return value
    if "text" in value:
        return recall(value)
    if "day" in value:
        return date.fromisoformat(value["day"])
    return Bilingual(value["en"], value["nb"])


def keep_finding(finding: Finding) -> dict[str, Any]:
    """Return what is wrong with a row as JSON."""
    return {"field": finding.field, "typed": finding.typed, "reason": keep(finding.reason)}


def recall_finding(kept: Mapping[str, Any]) -> Finding:
    """Return what is wrong with a row."""
    return Finding(field=kept["field"], typed=kept["typed"], reason=recall(kept["reason"]))


def keep_all(sentences: Sequence[Sentence]) -> list[dict[str, Any]]:
    """Return sentences as JSON."""
    return [keep(sentence) for sentence in sentences]


@dataclass(frozen=True, kw_only=True)
class Told:
    """A row as the preview and the result show it."""

    number: int
    name: str
    sign: Word | None
    steps: Sequence[Sentence]
    findings: Sequence[tuple[str, Finding]]


def told(row: Any, columns: Mapping[str, int], headings: Sequence[str]) -> Told:
    """Read a row as it is kept: who it is about, what it does, what is wrong in which column."""
    names = (
        " ".join(filter(None, (cell_of(row.cells, columns, key) for key in keys)))
        for keys in KNOWN_BY
    )
    findings = (recall_finding(each) for each in row.findings)
    return Told(
        number=row.number,
        name=next((name for name in names if name), ""),
        sign=row.outcome or row.verdict,
        steps=[recall(each) for each in row.steps],
        findings=[(heading_of(each.field, columns, headings), each) for each in findings],
    )


#: A row is known to people by the first of these that it has.
KNOWN_BY = (
    ("person_name",),
    ("given_name", "family_name"),
    ("email",),
    ("display_name",),
    ("legal_name",),
    ("number",),
)


def cell_of(cells: Sequence[str], columns: Mapping[str, int], key: str) -> str:
    """Return the cell of a field, if the list has one."""
    column = columns.get(key, len(cells))
    return cells[column] if column < len(cells) else ""


def heading_of(key: str, columns: Mapping[str, int], headings: Sequence[str]) -> str:
    """Return how the list calls the column of a field."""
    column = columns.get(key)
    return headings[column] if column is not None and column < len(headings) else ""

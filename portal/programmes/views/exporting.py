"""Applications as the rows of a file: a column for each question that the call ever asked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from portal.models import Criterion, Question, QuestionKind
from portal.platform.language import current, says

#: What a cell says when there is no answer in it, the same in every language.
NOT_ASKED, NOT_ANSWERED = "NOT_ASKED", "NOT_ANSWERED"

Checklist = tuple[Sequence[Criterion], Mapping[tuple[UUID, UUID], bool]]


def table_of(
    rows: Sequence[Any], questions: Sequence[Question], checklist: Checklist, *, base: str
) -> Iterator[Sequence[Any]]:
    """Write a heading and one row for each application."""
    asked = by_key(questions)
    criteria, ticks = checklist
    yield [*headings(), *(says(each, "text") for each in criteria), *labels(asked)]
    for row in rows:
        told = [mark(ticks.get((row.id, each.id))) for each in criteria]
        answers = [cell(row, versions, base=base) for versions in asked.values()]
        yield [*facts(row), *told, *answers]


def headings() -> Sequence[str]:
    """Return what the columns about the application itself are called."""
    return [
        _("Reference"), _("Applicant"), _("Organisation number"), _("Town"), _("Status"),
        _("Sent"), _("Decision being prepared"),
    ]  # fmt: skip


def facts(row: Any) -> Sequence[Any]:
    """Return what is known of the application itself."""
    decision = f"{_(row.outcome.label)} ({_(row.decision.label)})" if row.decision else ""
    return [
        row.reference, row.applicant_name, row.number, row.place, _(row.state.label),
        row.submitted_at, decision,
    ]  # fmt: skip


def by_key(questions: Sequence[Question]) -> Mapping[str, Mapping[UUID, Question]]:
    """Gather the versions of each question; the newest version of the form gives the order."""
    found: dict[str, dict[UUID, Question]] = {}
    for question in questions:
        found.setdefault(question.key, {})[question.section.form_version_id] = question
    return found


def labels(asked: Mapping[str, Mapping[UUID, Question]]) -> Sequence[str]:
    """Return what the questions are called now, with their units."""
    newest = [next(iter(versions.values())) for versions in asked.values()]
    return [
        f"{says(each, 'label')} ({each.unit})" if each.unit else says(each, "label")
        for each in newest
    ]


def codebook(questions: Sequence[Question]) -> Iterator[Sequence[Any]]:
    """Write what each column of answers stands for: a heading and one row for each question."""
    yield [
        _("Key"), _("Question in English"), _("Question in Norwegian"), _("Kind of answer"),
        _("Unit"), _("Choices"),
    ]  # fmt: skip
    for versions in by_key(questions).values():
        newest = next(iter(versions.values()))
        told = (newest.label_en, newest.label_nb, _(newest.kind.label), newest.unit)
        yield [newest.key, *told, "; ".join(map(choice, newest.options))]


def choice(option: Mapping[str, str]) -> str:
    """Return one choice with the code that it is kept as: “eu: Rest of Europe / Resten av …”."""
    labels = dict.fromkeys((option["en"], option.get("nb") or option["en"]))
    return f"{option['code']}: {' / '.join(labels)}"


def mark(met: bool | None) -> str:
    """Return a point of the checklist as a word."""
    if met is None:
        return ""
    return str(_("Yes") if met else _("No"))


def cell(row: Any, versions: Mapping[UUID, Question], *, base: str) -> Any:
    """Return one answer as people read it in a spreadsheet."""
    question = versions.get(row.form_version_id)
    if question is None:
        return NOT_ASKED
    value = (row.answers or {}).get(question.key)
    if value in (None, "", []):
        return NOT_ANSWERED
    if question.kind in {QuestionKind.SINGLE, QuestionKind.MULTIPLE}:
        return chosen(question, value if isinstance(value, list) else [value])
    if question.kind is QuestionKind.YESNO:
        return mark(value == "yes")
    if question.kind is QuestionKind.FILE:
        return f"{base}/files/{value}"
    return as_number(value) if question.kind is QuestionKind.NUMBER else str(value)


def chosen(question: Question, codes: Sequence[str]) -> str:
    """Return the labels of what was chosen."""
    said = {each["code"]: each.get(current()) or each["en"] for each in question.options}
    return ", ".join(said.get(code, code) for code in codes)


def as_number(value: Any) -> Any:
    """Return a number as one, so that a spreadsheet can add it up."""
    try:
        return float(value) if "." in str(value) else int(value)
    except ValueError:
        return str(value)

"""The questions of a call as an applicant will meet them, to be looked at and not filled in."""

from collections.abc import Sequence
from typing import Any

from portal.models import FormVersion, Section
from portal.programmes.forms.asking import field_for
from portal.web.forms import Form


def as_asked(form: FormVersion | None) -> Sequence[tuple[Section, Form]]:
    """Return each page of questions with the very fields that applicants get."""
    return [(section, of_section(section)) for section in form.sections] if form else []


def of_section(section: Section) -> Form:
    """Return the fields of one page, named apart from those of the other pages."""
    fields: dict[str, Any] = {question.key: field_for(question) for question in section.questions}
    made: type[Form] = type("AsAsked", (Form,), fields)
    return made(formdata=None, prefix=f"page-{section.position}-")

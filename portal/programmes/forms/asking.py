"""How each kind of question is asked: the field that it becomes on a page."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, URLInput

from portal.core.wording import Bilingual
from portal.models import Question, QuestionKind
from portal.platform.language import says
from portal.web.forms import UploadField

#: From so many options on, one is chosen from a list that opens.
MANY = 8


class Awaited:
    """Mark a question that has to be answered before sending; a draft is saved without."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: object, field: object) -> None:
        """Let every answer pass: drafts may have holes."""


class DayInput(DateInput):  # type: ignore[misc]  # WTForms has no type hints
    """A day, typed or chosen from the browser's calendar, and kept as it was typed."""


def field_for(question: Question) -> Any:
    """Return the field that asks a question."""
    asked = {
        "label": says(question, "label"),
        "description": says(question, "help"),
        "validators": [Awaited()] if question.required else [Optional()],
    }
    return FIELDS[question.kind](question, asked)


def short(_question: Question, asked: dict[str, Any]) -> Any:
    """Ask for a line."""
    return StringField(**asked)


def long(_question: Question, asked: dict[str, Any]) -> Any:
    """Ask for a text."""
    return TextAreaField(**asked)


def number(_question: Question, asked: dict[str, Any]) -> Any:
    """Ask for a number, typed as people type it."""
    return StringField(**asked, render_kw={"inputmode": "decimal", "autocomplete": "off"})


def day(_question: Question, asked: dict[str, Any]) -> Any:
    """Ask for a day."""
    return StringField(**asked, widget=DayInput())


def link(_question: Question, asked: dict[str, Any]) -> Any:
    """Ask for the address of a page."""
    return StringField(**asked, widget=URLInput())


def single(question: Question, asked: dict[str, Any]) -> Any:
    """Ask for one of several; what need not be answered can be unanswered again."""
    chosen = options(question)
    if not question.required or len(chosen) >= MANY:
        ask = _("Choose") if question.required else _("No answer")
        chosen.insert(0, SelectChoice("", ask))
    kind = SelectField if len(chosen) >= MANY else RadioField
    return kind(**asked, choices=chosen, validate_choice=False)


def multiple(question: Question, asked: dict[str, Any]) -> Any:
    """Ask for as many of several as apply."""
    boxes = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput()}
    return SelectMultipleField(**asked, **boxes, choices=options(question), validate_choice=False)


def yes_or_no(question: Question, asked: dict[str, Any]) -> Any:
    """Ask for a yes or a no, neither of which is chosen beforehand."""
    both = [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))]
    if not question.required:
        both.append(SelectChoice("", _("No answer")))
    return RadioField(**asked, choices=both, validate_choice=False)


def upload(_question: Question, asked: dict[str, Any]) -> Any:
    """Ask for a file."""
    return UploadField(**asked)


FIELDS = {
    QuestionKind.SHORT: short,
    QuestionKind.LONG: long,
    QuestionKind.NUMBER: number,
    QuestionKind.SINGLE: single,
    QuestionKind.MULTIPLE: multiple,
    QuestionKind.YESNO: yes_or_no,
    QuestionKind.DATE: day,
    QuestionKind.LINK: link,
    QuestionKind.FILE: upload,
}


def options(question: Question) -> list[SelectChoice]:
    """Return the options of a question in the reader's language."""
    return [
        SelectChoice(option["code"], says(Bilingual(option["en"], option["nb"])))
        for option in question.options
    ]

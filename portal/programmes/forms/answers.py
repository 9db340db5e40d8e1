"""Forms made of a call's questions: a whole section, or one answer that saves itself."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, ClassVar, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, DateInput, ListWidget, URLInput

from portal.core.errors import Clash, Mistake
from portal.models import Answer, Question, QuestionKind, StoredFile
from portal.platform.files import Upload
from portal.platform.language import say, says
from portal.programmes import rules
from portal.programmes.queries.answers import Entry, Leaf, files
from portal.programmes.service.answers import Given
from portal.web.forms import EditedVersion, Form, UploadField

#: From so many options on, one is chosen from a list that opens.
MANY = 8


class Awaited:
    """Mark a question that has to be answered before sending; a draft is saved without."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: object, field: object) -> None:
        """Let every answer pass: drafts may have holes."""


class DayInput(DateInput):  # type: ignore[misc]  # WTForms has no type hints
    """A day, typed or chosen from the browser's calendar, and kept as it was typed."""


def name_of(key: str) -> str:
    """Return the name of the field for a question."""
    return f"answer_{key}"


def fingerprint(value: Any) -> str:
    """Return a short text that tells whether an answer stands as it was shown."""
    return sha256(repr(value).encode()).hexdigest()[:12]


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
        SelectChoice(option["code"], says(Texts(option), "label")) for option in question.options
    ]


class Texts:
    """An option's words under the names that bilingual texts have."""

    def __init__(self, option: Mapping[str, str]) -> None:
        self.label_en, self.label_nb = option["en"], option["nb"]


class AnswersForm(Form):
    """What a form of questions shares: how answers are read, refused and shown beside others'."""

    questions: ClassVar[Sequence[Question]] = ()
    files: ClassVar[Mapping[str, StoredFile]] = {}

    def field_of(self, key: str) -> str:
        """Return the name of the field for a question."""
        return name_of(key)

    def read_value(self, question: Question) -> Any:
        """Return the value that was given to a question."""
        return rules.read(question, self[self.field_of(question.key)].data)

    def read(self) -> None:
        """Read what was sent, and find what does not fit its question."""
        super().read()
        for question in self.questions:
            field = self[self.field_of(question.key)]
            if question.kind is QuestionKind.FILE or field.errors:
                continue
            if reason := self.wrong(question, self.read_value(question)):
                field.errors = [say(reason)]
                self.accepted = False

    def wrong(self, question: Question, value: Any) -> Any:
        """Return what keeps an answer from being saved, if anything."""
        return rules.malformed(question, value)

    def refuse(self, refusal: Mistake | Clash) -> None:
        """Take in a refusal by the question that it is about."""
        if isinstance(refusal, Mistake) and self.field_of(refusal.field) in self:
            refusal = Mistake(self.field_of(refusal.field), refusal.reason)
        super().refuse(refusal)

    def clash(self, clash: Clash) -> None:
        """Put what others answered beside what was typed, and take note of its version."""
        self.theirs = {}
        for question in self.questions:
            kept = clash.theirs.get(question.key)
            if isinstance(kept, Answer):
                name = self.field_of(question.key)
                self.theirs[name] = self[name].theirs = self.readable(question, kept.value)
                self.take_version(question, kept)

    def readable(self, question: Question, value: Any) -> Any:
        """Return an answer as the form shows it beside another: a file by its name."""
        if question.kind is QuestionKind.FILE and value is not None:
            stored = self.files.get(value)
            return stored.name if stored else gettext("Another file")
        return value

    def take_version(self, question: Question, kept: Answer) -> None:
        """Note which version is on the screen now, so that sending again means to replace it."""


class SectionForm(AnswersForm):
    """The questions of one section."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Make the form for a section of an application, with the answers so far."""
        leaf: Leaf = subjects[0]
        questions, answers = leaf.section.questions, leaf.sheet.answers
        uploads = any(question.kind is QuestionKind.FILE for question in questions)
        kept = files(leaf.application) if uploads else {}
        fields = fields_of(questions, answers, kept)
        parts = {"questions": questions, "files": kept, **fields}
        made: Self = type(cls.__name__, (cls,), parts)(data=shown(questions, answers))
        return made

    def wrong(self, question: Question, value: Any) -> Any:
        """Tell also of too many words, while there is time to shorten."""
        return rules.malformed(question, value) or rules.too_wordy(question, value)

    def given(self) -> Sequence[Given]:
        """Return the answers as they were given; a file that stays as it is is not among them."""
        found = (self.given_to(question) for question in self.questions)
        return [each for each in found if each is not None]

    def given_to(self, question: Question) -> Given | None:
        """Return the answer that was given to one question, if one was."""
        name = name_of(question.key)
        version = self[f"{name}_version"].data or 0
        if question.kind is QuestionKind.FILE:
            chosen: Upload | None = self[name].upload
            removed = f"{name}_remove" in self and self[f"{name}_remove"].data
            if not (chosen or removed):
                return None
            return Given(key=question.key, upload=chosen, version=version)
        value = self.read_value(question)
        touched = self[f"{name}_seen"].data != fingerprint(value)
        return Given(key=question.key, value=value, version=version, touched=touched)

    def take_version(self, question: Question, kept: Answer) -> None:
        """Note the version that is shown beside what was typed."""
        self[f"{name_of(question.key)}_version"].data = kept.version


def fields_of(
    questions: Iterable[Question],
    answers: Mapping[str, Answer],
    kept: Mapping[str, StoredFile],
) -> dict[str, Any]:
    """Return the fields of a section: the questions, and which answers were on the screen."""
    fields: dict[str, Any] = {}
    for question in questions:
        name, answer = name_of(question.key), answers.get(question.key)
        fields[name] = field_for(question)
        fields[f"{name}_version"] = EditedVersion(default=answer.version if answer else 0)
        if question.kind is not QuestionKind.FILE:
            seen = fingerprint(rules.read(question, answer.value) if answer else None)
            fields[f"{name}_seen"] = HiddenField(default=seen)
        elif answer and answer.value in kept:
            label = _("Remove %(name)s", name=kept[answer.value].name)
            fields[f"{name}_remove"] = BooleanField(label)
    return fields


def shown(questions: Iterable[Question], answers: Mapping[str, Answer]) -> dict[str, Any]:
    """Return what the boxes hold when the page is opened."""
    return {
        name_of(question.key): answers[question.key].value
        for question in questions
        if question.key in answers and question.kind is not QuestionKind.FILE
    }


class AnswerForm(AnswersForm):
    """One answer that saves itself while somebody writes: the script sends it as `value`."""

    version = EditedVersion(validators=[Optional()])

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Make the form for one question."""
        entry: Entry = subjects[0]
        fields = {"questions": [entry.question], "value": field_for(entry.question)}
        made: Self = type(cls.__name__, (cls,), fields)()
        return made

    def field_of(self, key: str) -> str:
        """Return the one name that the script knows."""
        return "value"

    def given(self) -> Given:
        """Return the answer as it was given."""
        [question] = self.questions
        value = self.read_value(question)
        return Given(key=question.key, value=value, version=self.version.data or 0)

    def take_version(self, question: Question, kept: Answer) -> None:
        """Remember what the script has to know of the answer that somebody else saved."""
        self.version.data = kept.version

    def refusal(self) -> tuple[dict[str, Any], int]:
        """Tell the script why nothing was saved: a clash with both texts, or a mistake."""
        if self.theirs:
            theirs = self.theirs["value"]
            return {"theirs": theirs, "version": self.version.data}, 409
        texts = [text for errors in self.errors.values() for text in errors]
        return {"error": " ".join(str(text) for text in texts)}, 422

"""Forms made of a call's questions: a whole section, or one answer that saves itself."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any, ClassVar, Self

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
)
from wtforms.validators import Optional

from portal.core.errors import Clash, Mistake
from portal.models import Answer, Question, QuestionKind, StoredFile
from portal.platform.files import Upload
from portal.platform.language import say
from portal.programmes import rules
from portal.programmes.forms.asking import field_for
from portal.programmes.queries.answers import Entry, Leaf, files
from portal.programmes.service.answers import Given
from portal.web.forms import EditedVersion, Form


def name_of(key: str) -> str:
    """Return the name of the field for a question."""
    return f"answer_{key}"


def fingerprint(value: Any) -> str:
    """Return a short text that tells whether an answer stands as it was shown."""
    return sha256(repr(value).encode()).hexdigest()[:12]


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

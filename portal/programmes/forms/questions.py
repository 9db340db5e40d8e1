"""What staff fill in about the questions of a call."""

from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import DataRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from portal.models import Question, QuestionKind
from portal.programmes.queries.questions import NewQuestion
from portal.programmes.service.questions import Asked
from portal.web.forms import Edited, Form, Prose, Trimmed, WholeField

HELP = Length(max=600, message=_("Write at most 600 characters."))
LABEL = Length(max=300, message=_("Write at most 300 characters."))
OPTIONS = Length(max=4000, message=_("Write at most 4,000 characters."))


class SectionForm(Form):
    """What a page of questions is called."""

    title_en = Trimmed(
        _("Title in English"),
        description=_("For example: About your company."),
        validators=[
            DataRequired(_("Write a title in English.")),
            Length(max=120, message=_("Write at most 120 characters.")),
        ],
    )
    title_nb = Trimmed(
        _("Title in Norwegian"),
        validators=[
            DataRequired(_("Write a title in Norwegian.")),
            Length(max=120, message=_("Write at most 120 characters.")),
        ],
    )


class NewSectionForm(SectionForm):
    """A page more."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin empty: the call's own title is not a page's."""
        return cls()


class EditSectionForm(Edited, SectionForm):
    """The same about a page that there is."""


class QuestionForm(Form):
    """What a question asks; it shows only what the kind of answer has a use for."""

    label_en = Trimmed(
        _("Question in English"),
        validators=[DataRequired(_("Write the question in English.")), LABEL],
    )
    label_nb = Trimmed(
        _("Question in Norwegian"),
        validators=[DataRequired(_("Write the question in Norwegian.")), LABEL],
    )
    help_en = Prose(
        _("Help in English"),
        description=_("What a good answer holds. It stands under the question."),
        validators=[HELP],
    )
    help_nb = Prose(_("Help in Norwegian"), validators=[HELP])
    options_en = Prose(
        _("Options in English"),
        description=_("One on each line, in the order they are shown."),
        validators=[DataRequired(_("Write at least two options, each on its own line.")), OPTIONS],
    )
    options_nb = Prose(
        _("Options in Norwegian"),
        description=_("The same ones, in the same order."),
        validators=[DataRequired(_("Write at least two options, each on its own line.")), OPTIONS],
    )
    word_limit = WholeField(
        _("At most this many words"),
        validators=[
            MayBeEmpty(),
            NumberRange(min=10, max=3000, message=_("Write a number from 10 to 3,000.")),
        ],
    )
    unit = Trimmed(
        _("Unit"),
        description=_("Stands after the number: people, NOK, per cent."),
        validators=[Length(max=30, message=_("Write at most 30 characters."))],
    )
    required = BooleanField(_("An answer is required"))

    #: The parts that only some kinds of answer have a use for.
    ONLY: ClassVar[dict[str, tuple[QuestionKind, ...]]] = {
        "word_limit": (QuestionKind.LONG,),
        "unit": (QuestionKind.NUMBER,),
        "options_en": (QuestionKind.SINGLE, QuestionKind.MULTIPLE),
        "options_nb": (QuestionKind.SINGLE, QuestionKind.MULTIPLE),
    }

    def keep_for(self, kind: QuestionKind) -> None:
        """Drop the parts that this kind of answer has no use for."""
        for name, kinds in self.ONLY.items():
            if kind not in kinds:
                del self[name]

    def asked(self) -> Asked:
        """Return what was written."""
        return Asked(
            label_en=self.label_en.data or "",
            label_nb=self.label_nb.data or "",
            help_en=self.help_en.data or "",
            help_nb=self.help_nb.data or "",
            required=self.required.data,
            word_limit=self["word_limit"].data if "word_limit" in self else None,
            unit=self["unit"].data if "unit" in self else "",
            options_en=self.lines("options_en"),
            options_nb=self.lines("options_nb"),
        )

    def lines(self, name: str) -> tuple[str, ...]:
        """Return what stands on each line of a field, if the field is there."""
        text = self[name].data if name in self else ""
        return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


class NewQuestionForm(QuestionForm):
    """One thing more to ask."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin empty and required, with the parts that the kind of answer needs."""
        new: NewQuestion = subjects[0]
        form = cls(required=True, word_limit=200 if new.kind is QuestionKind.LONG else None)
        form.keep_for(new.kind)
        return form


class EditQuestionForm(Edited, QuestionForm):
    """The same about a question that there is."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Show the options line by line."""
        question: Question = subjects[0]
        lines = {
            f"options_{language}": "\n".join(option[language] for option in question.options)
            for language in ("en", "nb")
        }
        form = cls(obj=question, data=lines)
        form.edited_version.data = form.edited_version.data or question.version
        form.keep_for(question.kind)
        return form

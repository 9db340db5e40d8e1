"""The base of every form: how it is read, how it is shown again, and the fields that we add."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, Self
from zoneinfo import ZoneInfo

from babel.support import NullTranslations, Translations
from flask import render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from flask_wtf.file import FileField
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, HiddenField, IntegerField, PasswordField, StringField, TextAreaField
from wtforms.csrf.core import CSRFTokenField
from wtforms.fields import DateField, DateTimeLocalField, SelectChoice
from wtforms.i18n import messages_path
from wtforms.validators import StopValidation
from wtforms.widgets import HiddenInput

from portal.core.errors import Clash, Mistake, Refused
from portal.core.legible import legible
from portal.core.vocabulary import Word
from portal.platform import files, language
from portal.platform.language import say

#: What a database calls a whole number ends here.
TOO_MANY = 2**31


@cache
def words_of_wtforms(language: str) -> NullTranslations:
    """Return what WTForms says by itself in a language; Flask-WTF reads it for every request."""
    return Translations.load(messages_path(), [language], domain="wtforms")


class TokenField(CSRFTokenField):  # type: ignore[misc]  # WTForms has no type hints
    """The token of the session, made when the form is shown; one that was sent rarely is again."""

    def _value(self) -> str:
        return str(generate_csrf())


class Tokens(FlaskForm.Meta.csrf_class):  # type: ignore[misc]  # Flask-WTF has no type hints
    """How forms are told from those of other sites."""

    field_class = TokenField

    def generate_csrf_token(self, csrf_token_field: CSRFTokenField) -> None:
        """Leave it to the field."""


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no type hints
    """A form that knows how to be read and shown. On its own it only presses a button.

    `accepted` says that it was sent and nothing is wrong with it. `theirs` holds, by field, what
    somebody else saved meanwhile.
    """

    accepted: bool = False
    theirs: Mapping[str, object] = {}

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # as above
        """How a form reads what was sent."""

        csrf_class = Tokens

        def get_translations(self, _form: Any) -> Any:
            """Return what WTForms says by itself, in the reader's language."""
            return words_of_wtforms(language.current())

        def wrap_formdata(self, form: "Form", formdata: Any) -> Any:
            """Take what a page of ours sends: texts, and files where files are asked for.

            Never JSON, whose values may be of any kind. Here, once for every field, texts lose
            what no person types.
            """
            if formdata is not _Auto:
                return formdata
            if not form.is_submitted() or not (request.form or request.files):
                return None
            typed = MultiDict((n, legible(v)) for n, v in request.form.items(multi=True))
            wanted = {field.name for field in form if isinstance(field, FileField)}
            sent = request.files.items(multi=True)
            files = MultiDict((name, file) for name, file in sent if name in wanted)
            return CombinedMultiDict((files, typed))

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Make the form for what the page is about, filled in with what is kept."""
        return cls(obj=subjects[0] if subjects else None)

    def read(self) -> None:
        """Read what was sent. Slow work, such as hashing, belongs in the fields' validation."""
        self.accepted = bool(self.validate())

    def refuse(self, refusal: Mistake | Clash) -> None:
        """Take in what only the deed could find: a mistake, or that somebody was first."""
        self.accepted = False
        if isinstance(refusal, Clash):
            self.clash(refusal)
        else:
            field = self[refusal.field] if refusal.field in self else next(iter(self))
            field.errors = [*field.errors, say(refusal.reason)]

    def clash(self, clash: Clash) -> None:
        """Put what another saved beside what was typed; sending again then means to replace it."""
        self.theirs = {
            name: value
            for name, value in clash.theirs.items()
            if name in self and self[name].data != value
        }
        for name, value in self.theirs.items():
            self[name].theirs = value
        if "edited_version" in self:
            self["edited_version"].data = clash.version

    def page(self, template: str, **context: Any) -> tuple[str, int]:
        """Render the form; with mistakes it comes back as 422, after a clash as 409."""
        status = 409 if self.theirs else 422 if self.errors else 200
        return render_template(template, form=self, **context), status


class WholeField(IntegerField):  # type: ignore[misc]  # WTForms has no type hints
    """A whole number that a database takes."""

    data: Any

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Refuse what is no whole number, or has more figures than any that is asked for."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a whole number, such as 12.")) from None
        if self.data is not None and abs(self.data) >= TOO_MANY:
            self.data = None
            raise ValueError(_("This number is too large."))


class EditedVersion(WholeField):
    """The version that was on the screen when somebody began to edit; pair it with `Edited`."""

    widget = HiddenInput()

    def _value(self) -> str:
        """Show the version that is on the screen now, not the one that was sent before a clash."""
        return "" if self.data is None else str(self.data)


class Edited:
    """A form about something that two people may edit at once."""

    edited_version = EditedVersion()

    @classmethod
    def about(cls, *subjects: Any) -> Any:
        """Remember which version is being edited."""
        subject = subjects[0]
        form = super().about(*subjects)  # type: ignore[misc]  # of Form, by inheritance
        if form.edited_version.data is None:
            form.edited_version.data = subject.version
        return form


def choices(words: type[Word] | Sequence[Word], *, ask: Any = None) -> list[SelectChoice]:
    """Return words as choices in the reader's language, perhaps with an empty one that asks."""
    first = [SelectChoice("", ask)] if ask else []
    return first + [SelectChoice(word.value, _(word.label)) for word in words]


class WordField:
    """How a field keeps a word instead of its text: give it as `coerce` to a select field."""

    def __init__(self, words: type[Word]) -> None:
        self.words = words

    def __call__(self, value: Any) -> Any:
        """Read a word; what is none of ours stays as it was typed, and fails as a choice."""
        try:
            return self.words.of(str(value)) if value else None
        except ValueError:
            return value


class Trimmed(StringField):  # type: ignore[misc]  # WTForms has no type hints
    """One line of text without spaces around it."""

    data: str | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Drop the spaces that copying brings along."""
        super().process_formdata(valuelist)
        self.data = " ".join((self.data or "").split())


class Prose(TextAreaField):  # type: ignore[misc]  # WTForms has no type hints
    """Several lines of text, with line ends as we keep them."""

    data: str | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Make the line ends of every browser the same, so that equal texts are equal."""
        super().process_formdata(valuelist)
        lines = (self.data or "").splitlines()
        self.data = "\n".join(line.rstrip() for line in lines).strip("\n")


def is_meant(day: date) -> bool:
    """Tell whether a day lies in a century that anybody means; the calendar has ends."""
    return 1900 <= day.year <= 2199


class DayField(DateField):  # type: ignore[misc]  # WTForms has no type hints
    """A day, in a century that is meant."""

    data: Any

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Refuse what is a slip of the keys; other code may count on from any day."""
        super().process_formdata(valuelist)
        if self.data is not None and not is_meant(self.data):
            self.data = None
            raise ValueError(_("Choose a year between 1900 and 2199."))


class ZonedField(DateTimeLocalField):  # type: ignore[misc]  # WTForms has no type hints
    """A moment typed as the clock shows it in a zone; kept as the moment it is.

    `zone` returns the IANA name. An hour that the clock skips in spring is refused; of an hour
    that comes twice in autumn, the first is meant.
    """

    def __init__(self, *args: Any, zone: Callable[[], str] = language.zone, **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)
        self.zone = zone

    data: datetime | None

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        local = self.data and self.data.astimezone(ZoneInfo(self.zone()))
        return local.strftime("%Y-%m-%dT%H:%M") if local else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Put the moment in its zone."""
        super().process_formdata(valuelist)
        if not isinstance(self.data, datetime):
            return
        typed, zone = self.data, ZoneInfo(self.zone())
        self.data = None
        if not is_meant(typed):
            raise ValueError(_("Choose a year between 1900 and 2199."))
        moment = typed.replace(tzinfo=zone)
        if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != typed:
            raise ValueError(_("The clock skips this hour that day. Choose another."))
        self.data = moment


class UploadField(FileField):  # type: ignore[misc]  # WTForms has no type hints
    """A file; after validation `upload` holds it checked and, if a picture, written anew."""

    check = staticmethod(files.checked)
    upload: files.Upload | None = None

    def pre_validate(self, form: Form) -> None:
        """Look at the content, before any write unit is open."""
        if not self.data:
            return
        try:
            self.upload = self.check(self.data.read(), self.data.filename or "")
        except Refused as refusal:
            raise StopValidation(say(refusal.reason)) from refusal


class PictureField(UploadField):
    """A picture, which is decoded and written anew."""

    check = staticmethod(files.picture)


__all__ = [
    "DayField",
    "Edited",
    "EditedVersion",
    "Field",
    "Form",
    "HiddenField",
    "PasswordField",
    "PictureField",
    "Prose",
    "Trimmed",
    "UploadField",
    "WholeField",
    "WordField",
    "ZonedField",
    "choices",
]

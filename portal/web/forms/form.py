"""The base of every form: how it is read, and how it is shown again."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Self

from babel.support import NullTranslations, Translations
from flask import render_template, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from flask_wtf.file import FileField
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms.csrf.core import CSRFTokenField
from wtforms.i18n import messages_path
from wtforms.widgets import HiddenInput

from portal.core.errors import Clash, Mistake
from portal.core.legible import legible
from portal.platform import language
from portal.platform.language import say
from portal.web.forms.fields import WholeField


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


class BlankForm(Form):
    """A form that begins empty, whatever it is about."""

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Begin with nothing."""
        return cls()


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

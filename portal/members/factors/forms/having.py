"""Adding what one signs in with: passkeys, an app, codes on paper."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import InputRequired

from portal.members.factors import ceremonies, codes, queries
from portal.members.factors.ceremonies import Made, Unfit
from portal.members.factors.forms import checking
from portal.members.factors.forms.checking import Wrong
from portal.members.factors.forms.proving import TYPED
from portal.members.factors.service import Shown
from portal.members.forms import throttling
from portal.members.forms.fields import line_field
from portal.models import AuthenticatorApp
from portal.platform import passwords
from portal.platform.auth import arrived, current_actor
from portal.platform.language import say
from portal.web.forms import BlankForm, Form, Trimmed


def passkey_name() -> Trimmed:
    """Make a field for what its owner calls a passkey."""
    return line_field(
        _("Name"),
        InputRequired(_("Write a name.")),
        most=60,
        description=_("What you know it by: “My phone”, “Key on the key ring”."),
    )


class NewPasskeyForm(BlankForm):
    """A passkey that the browser made a moment ago, and its name."""

    name = passkey_name()
    credential = HiddenField()
    made: Made | None = None

    def read(self) -> None:
        """Check what the device made."""
        super().read()
        if not self.accepted:
            return
        try:
            answer = ceremonies.answer_of(self.credential.data)
            self.made = ceremonies.made(answer, now=arrived())
        except Unfit as unfit:
            self.accepted = False
            self.credential.errors = [say(unfit.reason)]


class NameForm(Form):
    """Call a passkey something else."""

    name = passkey_name()


class AppForm(Form):
    """The first code of an app that is being set up."""

    code = Trimmed(
        _("The code that the app shows"),
        [InputRequired(_("Write the six figures that the app shows."))],
        render_kw=TYPED | {"inputmode": "numeric"},
    )
    app: AuthenticatorApp | None = None
    step = 0

    @classmethod
    def about(cls, *_subjects: Any) -> "AppForm":
        """Find the app that is being set up."""
        form = cls()
        form.app = queries.app_to_confirm(current_actor().id)
        return form

    @property
    def secret(self) -> str:
        """What the app is to be given."""
        return checking.secret(self.app.salt) if self.app else ""

    def read(self) -> None:
        """Check the code."""
        super().read()
        if not self.accepted or self.app is None:
            return
        throttling.count_set_up(current_actor().id)
        try:
            tidied = codes.tidy(self.code.data)
            if not codes.OF_APP.fullmatch(tidied):
                raise Wrong(checking.WRONG_CODE)
            self.step = checking.step_shown(tidied, self.app.salt)
        except Wrong as wrong:
            self.accepted = False
            self.code.errors = [say(wrong.reason)]


class CodesForm(BlankForm):
    """Make a sheet of recovery codes. They are hashed here, before any write unit is open."""

    sheet: list[str]
    hashes: list[str]

    def read(self) -> None:
        """Make the codes."""
        super().read()
        if self.accepted:
            self.sheet = codes.sheet()
            self.hashes = [passwords.hashed(codes.tidy(code)) for code in self.sheet]


class TryForm(BlankForm):
    """One code of the newest sheet, to show that it is kept."""

    code = Trimmed(
        _("One of the codes"),
        [InputRequired(_("Write one of the codes."))],
        description=_("It is used up by this: cross it out."),
        render_kw=TYPED | {"autocomplete": "off"},
    )
    shown: Shown | None = None

    def read(self) -> None:
        """Look for the code among those that nobody tried yet."""
        super().read()
        if not self.accepted:
            return
        throttling.count_set_up(current_actor().id)
        try:
            me = current_actor().id
            self.shown = checking.on_paper(codes.tidy(self.code.data), me, active=False)
        except Wrong as wrong:
            self.accepted = False
            self.code.errors = [say(wrong.reason)]

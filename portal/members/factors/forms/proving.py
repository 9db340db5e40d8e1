"""Showing what one has: at the second step, with a passkey alone, and again before grave deeds."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField

from portal.members.factors import queries, service
from portal.members.factors.forms import checking
from portal.members.factors.forms.checking import Wrong
from portal.members.factors.service import Shown
from portal.members.forms import throttling
from portal.members.forms.fields import CURRENT
from portal.members.service.accounts import WRONG_PASSWORD
from portal.models import LoginSession
from portal.platform import auth
from portal.platform.auth import arrived, current_actor
from portal.platform.language import say
from portal.web.forms import Form, Trimmed

TYPED = {"autocomplete": "one-time-code", "maxlength": 40, "spellcheck": "false"}
#: What no page needs more of: a code, or the answer of a device.
EMPTY = _("Write a code, or use your passkey.")


def code_field() -> Trimmed:
    """Make a field for a code of either kind."""
    return Trimmed(
        _("Code"),
        description=_("The six figures that your authenticator app shows, or a recovery code."),
        render_kw=TYPED,
    )


class Proving(Form):
    """A form that takes one thing that somebody can show."""

    shown: Shown | None = None

    def take(
        self, person_id: UUID | None, look: Callable[[], Shown], *, field: str = "code"
    ) -> None:
        """Look at what was sent; what was wrong is written down, and shown at its field."""
        try:
            self.shown = look()
            throttling.forget_factor(self.shown.person_id)
        except Wrong as wrong:
            if person_id:
                service.note_refused(person_id, now=arrived())
            self.accepted = False
            self[field].errors = [say(wrong.reason)]


def key_or_code(key: str | None, code: str | None, person_id: UUID) -> Shown:
    """Check a passkey if one answered, else the code. Raises Wrong."""
    return checking.passkey(key, person_id) if key else checking.code(code, person_id)


class SecondForm(Proving):
    """The second step of signing in."""

    code = code_field()
    credential = HiddenField()
    half: LoginSession | None = None
    factors: queries.Factors

    @classmethod
    def about(cls, *_subjects: Any) -> "SecondForm":
        """Find the session that waits in this browser, and what its person has."""
        form = cls()
        form.half = auth.half_session(now=arrived())
        if form.half is not None:
            form.factors = queries.factors(form.half.person_id)
        return form

    def read(self) -> None:
        """Count the try and check it."""
        super().read()
        if not self.accepted or self.half is None:
            return
        if not self.code.data and not self.credential.data:
            self.accepted = False
            self.code.errors = [EMPTY]
            return
        whose = self.half.person_id
        throttling.count_factor(whose)
        self.take(whose, lambda: key_or_code(self.credential.data, self.code.data, whose))


class PasskeyForm(Proving):
    """Sign in with a passkey alone."""

    credential = HiddenField()

    @classmethod
    def about(cls, *_subjects: Any) -> "PasskeyForm":
        """Start empty."""
        return cls()

    def read(self) -> None:
        """Count the try by network and check it: nobody knows yet whose it is."""
        super().read()
        if self.accepted:
            throttling.count_passkey()
            answer = self.credential.data
            self.take(None, lambda: checking.passkey(answer), field="credential")


class ConfirmForm(Proving):
    """Show again that it is you, by the strongest thing that you have."""

    code = code_field()
    credential = HiddenField()
    password = PasswordField(_("Your password"), render_kw=CURRENT)
    carried = HiddenField()
    factors: queries.Factors

    @classmethod
    def about(cls, *_subjects: Any, **given: Any) -> "ConfirmForm":
        """Ask for the strongest things alone."""
        form = cls(**given)
        form.factors = queries.factors(current_actor().id)
        if form.factors.any:
            del form.password
        else:
            del form.code
        return form

    def read(self) -> None:
        """Count the try and check it."""
        super().read()
        if not self.accepted:
            return
        typed = self.password if self.by_password else self.code
        if not typed.data and not self.credential.data:
            self.accepted = False
            typed.errors = [_("Write your password.") if self.by_password else EMPTY]
            return
        throttling.count_factor(current_actor().id)
        self.take(current_actor().id, self.look, field=typed.name)

    @property
    def by_password(self) -> bool:
        """Whether a password is all that this person has."""
        return "password" in self

    def look(self) -> Shown:
        """Check the password where that is all there is, else a passkey or a code."""
        me = current_actor().id
        if not self.by_password:
            return key_or_code(self.credential.data, self.code.data, me)
        shown = checking.password(self.password.data, me)
        if shown is None:
            raise Wrong(WRONG_PASSWORD)
        return shown

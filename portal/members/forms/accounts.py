"""Forms for accounts. Passwords are hashed here, before any write unit is open."""

from typing import Any

from flask import session
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField, SelectField, TelField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp, StopValidation

from portal.extensions import db
from portal.members import service
from portal.members.forms import throttling
from portal.members.forms.fields import (
    CURRENT,
    email_field,
    insist_on_strong,
    name_field,
    new_password_field,
)
from portal.members.forms.opening import is_opened_here
from portal.members.forms.texts import TextsField
from portal.members.service.accounts import WRONG_PASSWORD
from portal.models import Person
from portal.platform import language, passwords
from portal.platform.auth import current_actor
from portal.platform.language import NAMES, say
from portal.web.forms import BlankForm, Edited, Form

#: What a browser keeps, signed, of what another issuer said of somebody whom nobody knows here.
INTRODUCED = "introduced"


class SignUpForm(Form):
    """Open an account."""

    name = name_field(_("Your name"))
    email = email_field(_("Your e-mail address"), description=_("We send an e-mail there."))
    password = new_password_field(_("A password"))
    accepts = BooleanField(
        _("I have read the privacy notice and accept the terms"),
        [InputRequired(_("To have an account you must accept the terms."))],
    )
    texts = TextsField()
    password_hash = ""

    @classmethod
    def about(cls, *_subjects: Any) -> "SignUpForm":
        """Fill in what another issuer said of the visitor, which proves nothing here."""
        return cls(data=session.get(INTRODUCED))

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is guessed first."""
        insist_on_strong(field.data, self.name.data or "", self.email.data or "")

    def read(self) -> None:
        """Count the try and hash the password, the same for a known and an unknown address."""
        super().read()
        if self.accepted:
            throttling.count_letter("sign-up", self.email.data)
            self.password_hash = passwords.hashed(self.password.data)

    def account(self, *, after: str) -> service.Account:
        """Return what the service opens, for somebody who was heading for a page."""
        return service.Account(
            name=self.name.data or "",
            email=self.email.data,
            password_hash=self.password_hash,
            language=language.current(),
            after=after,
            texts=self.texts.shown,
        )


class VerifyForm(Form):
    """Prove an address; away from the browser that opened the account, with its password too."""

    password = PasswordField(
        _("The password of the account"),
        [InputRequired(_("Write your password."))],
        description=_("If it was not you who opened this account, leave this page: then nothing"
                      " happens."),
        render_kw=CURRENT,
    )  # fmt: skip
    person: Person

    @classmethod
    def about(cls, *subjects: Any) -> "VerifyForm":
        """Ask for the password where it is needed."""
        form = cls()
        form.person = subjects[0]
        if is_opened_here(form.person):
            del form.password
        return form

    def validate_password(self, field: PasswordField) -> None:
        """Check the password, counting the tries as those to sign in."""
        one = self.person
        throttling.count_sign_in(one.id, one.email, browsers_from=one.browsers_from)
        if not passwords.fits(self.person.password_hash, field.data):
            raise StopValidation(say(WRONG_PASSWORD))


class VerifyAgainForm(Form):
    """Ask for the letter once more."""

    def read(self) -> None:
        """Count the letter."""
        super().read()
        if self.accepted:
            throttling.count_letter_home("verify", current_actor().email)


class ForgottenForm(Form):
    """Ask for a letter that lets you choose a new password."""

    email = email_field(_("Your e-mail address"))

    def read(self) -> None:
        """Count the letter, whether the address is known or not."""
        super().read()
        if self.accepted:
            throttling.count_letter_home("forgotten", self.email.data)


class ResetForm(Form):
    """Choose a new password with the link of a letter."""

    password = new_password_field(_("Your new password"))
    password_hash = ""
    known: tuple[str, ...] = ()

    @classmethod
    def about(cls, *subjects: Any) -> "ResetForm":
        """Remember what others know of the person, and start empty."""
        form = cls()
        form.known = (subjects[0].name, subjects[0].email)
        return form

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is guessed first."""
        insist_on_strong(field.data, *self.known)

    def read(self) -> None:
        """Hash the password."""
        super().read()
        if self.accepted:
            self.password_hash = passwords.hashed(self.password.data)


class ProfileForm(Edited, Form):
    """How somebody is called, reached and spoken to."""

    name = name_field(_("Your name"))
    phone = TelField(
        _("Phone"),
        [
            Regexp(r"[-+0-9 ()]*\Z", message=_("Write digits, spaces and a plus sign.")),
            Length(max=30),
        ],
        filters=[lambda text: " ".join((text or "").split())],
        description=_("Our staff see it. Who else does is your choice."),
        render_kw={"autocomplete": "tel", "maxlength": 30},
    )
    language = SelectField(
        _("Language"), choices=[SelectChoice(key, name) for key, name in NAMES.items()]
    )

    def profile(self) -> service.Profile:
        """Return what the service keeps."""
        return service.Profile(
            name=self.name.data or "", phone=self.phone.data, language=self.language.data
        )


class PasswordForm(BlankForm):
    """Change the password; the other browsers are signed out."""

    current = PasswordField(
        _("Your present password"), [InputRequired(_("Write your password."))], render_kw=CURRENT
    )
    password = new_password_field(_("Your new password"))
    old_hash: str | None = None
    new_hash = ""

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is guessed first."""
        actor = current_actor()
        insist_on_strong(field.data, actor.name, actor.email)

    def validate_current(self, field: PasswordField) -> None:
        """Check the present password, counting the tries."""
        actor = current_actor()
        throttling.count_sign_in(actor.id, actor.email)
        person = db.session.get_one(Person, actor.id)
        self.old_hash = person.password_hash
        if not passwords.fits(person.password_hash, field.data):
            raise StopValidation(say(WRONG_PASSWORD))

    def read(self) -> None:
        """Hash the new password."""
        super().read()
        if self.accepted:
            self.new_hash = passwords.hashed(self.password.data)

"""Signing in: the same answer, after the same work, for every wrong try."""

from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from wtforms import PasswordField
from wtforms.validators import InputRequired

from portal.extensions import db
from portal.members import service
from portal.members.forms import throttling
from portal.members.forms.fields import CURRENT, email_field
from portal.models import EmailAddress, Person, PersonState
from portal.platform import demo, passwords
from portal.platform.auth import arrived
from portal.platform.language import say
from portal.web.forms import Form


class SignInForm(Form):
    """Address and password."""

    email = email_field(_("E-mail address"))
    password = PasswordField(
        _("Password"), [InputRequired(_("Write your password."))], render_kw=CURRENT
    )
    proof: service.Proof | None = None

    def read(self) -> None:
        """Check the password before any write unit is open, and note a refused try beside it."""
        super().read()
        if not self.accepted:
            return
        person = db.session.execute(
            select(
                Person.id, Person.email, Person.password_hash, Person.state, Person.browsers_from
            )
            .join(EmailAddress, EmailAddress.person_id == Person.id)
            .where(EmailAddress.address == self.email.data)
        ).first()
        person_id = person.id if person else None
        since = person.browsers_from if person else None
        throttling.count_sign_in(person_id, self.email.data, browsers_from=since)
        fits = passwords.fits(person.password_hash if person else None, self.password.data)
        may = person is not None and person.state is PersonState.ACTIVE
        if person and fits and may and demo.may_sign_in(person.email):
            self.prove(person.id, person.password_hash)
        else:
            service.note_refused(person_id, now=arrived())
            self.accepted = False
            self.password.errors = [say(service.WRONG)]

    def prove(self, person_id: UUID, password_hash: str) -> None:
        """Remember which hash the password fitted, and make a better one if that is outdated."""
        throttling.unlock(person_id)
        outdated = passwords.is_outdated(password_hash)
        new_hash = passwords.hashed(self.password.data) if outdated else None
        self.proof = service.Proof(
            person_id=person_id,
            password_hash=password_hash,
            new_hash=new_hash,
        )

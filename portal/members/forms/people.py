"""Forms about who belongs to an organisation."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from portal.members import service
from portal.members.forms import throttling
from portal.members.forms.fields import email_field, text_field
from portal.models import AffiliationRole
from portal.platform import language
from portal.platform.auth import current_actor
from portal.platform.language import NAMES
from portal.web.forms import BlankForm, Form, WordField, choices

ROLES = (AffiliationRole.MEMBER, AffiliationRole.REPRESENTATIVE, AffiliationRole.ADMINISTRATOR)
EXPLAINED = _(
    "Members edit drafts. Representatives also submit, accept and withdraw. Administrators also"
    " manage people and the page."
)


def role_field() -> SelectField:
    """Make a field for what somebody is in an organisation."""
    return SelectField(
        _("Role"),
        [InputRequired(_("Choose a role."))],
        choices=choices(ROLES),
        coerce=WordField(AffiliationRole),
        description=EXPLAINED,
    )


class InviteForm(Form):
    """Invite somebody by mail."""

    email = email_field(_("E-mail address"))
    role = role_field()
    language = SelectField(
        _("Language of the e-mail"),
        choices=[SelectChoice(key, name) for key, name in NAMES.items()],
    )
    message = text_field(_("A message to them"), most=500)

    @classmethod
    def about(cls, *subjects: Any) -> "InviteForm":
        """Write in the language of the one who invites, unless they choose another.

        Strangers are sent no words of an organisation that nobody confirmed.
        """
        form = cls()
        if subjects[0].confirmed_at is None:
            del form.message
        if not form.is_submitted():
            form.language.data = language.current()
        return form

    def read(self) -> None:
        """Count the letter."""
        super().read()
        if self.accepted:
            throttling.count_letter(f"invite-{current_actor().id}", self.email.data)

    def wish(self) -> service.Wish:
        """Return whom the service invites."""
        return service.Wish(
            email=self.email.data,
            role=self.role.data,
            message=self.message.data or "" if self.message else "",
            language=self.language.data,
        )


class RoleForm(Form):
    """Change what somebody is."""

    role = role_field()


class AcceptRequestForm(BlankForm):
    """Let somebody join, as what the organisation decides."""

    role = role_field()


class ActForForm(Form):
    """Choose the organisation to act for."""

    organisation = SelectField(_("Acting for"), [InputRequired(_("Choose one."))])

    @classmethod
    def about(cls, *_subjects: object) -> "ActForForm":
        """Offer the organisations that this person belongs to."""
        form = cls()
        standings = current_actor().standings
        form.organisation.choices = [
            SelectChoice(str(s.organisation_id), s.organisation_name) for s in standings
        ]
        return form

    def chosen(self) -> UUID:
        """Return the organisation that was chosen."""
        return UUID(self.organisation.data)

"""The form about who takes over."""

from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Email, Length, Optional, StopValidation

from portal.members.forms import throttling
from portal.members.forms.fields import lower
from portal.members.succession import queries
from portal.platform.auth import current_actor
from portal.web.forms import Form


class SuccessorForm(Form):
    """Choose a colleague, or invite somebody."""

    successor = SelectField(_("Who takes over?"))
    email = EmailField(
        _("Or invite somebody by e-mail"),
        [
            Optional(),
            Email(
                _("Write a whole e-mail address, such as name@example.org."),
                allow_smtputf8=False,
            ),
            Length(max=254, message=_("This address is too long.")),
        ],
        filters=[lower],
        description=_("They take over when they accept."),
    )
    ends = BooleanField(
        _("The earlier holder does not work here any more"),
        description=_("Ends what they still are in the organisation, when a colleague takes over."),
    )

    @classmethod
    def about(cls, *subjects: Any) -> "SuccessorForm":
        """Offer the colleagues."""
        form = cls()
        form.successor.choices = [
            SelectChoice("", gettext("Choose a colleague")),
            *(SelectChoice(str(row.id), row.name) for row in queries.colleagues(subjects[0])),
        ]
        return form

    def validate_successor(self, field: Any) -> None:
        """Insist on one way, and not on both."""
        if bool(field.data) == bool(self.email.data):
            raise StopValidation(_("Choose a colleague, or write an address to invite."))

    def read(self) -> None:
        """Count the letter."""
        super().read()
        if self.accepted and self.email.data:
            throttling.count_letter(f"invite-{current_actor().id}", self.email.data)

    def chosen(self) -> UUID | None:
        """Return the colleague who was chosen."""
        return UUID(self.successor.data) if self.successor.data else None

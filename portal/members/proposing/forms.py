"""Forms about names and numbers of organisations."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import InputRequired

from portal.members import policy, rules, service
from portal.members.forms import throttling
from portal.members.forms.fields import line_field, text_field
from portal.members.forms.organisations import NumberForm
from portal.platform.auth import current_actor
from portal.web.forms import BlankForm


class IdentityForm(NumberForm):
    """What an organisation is called, and where it is registered."""

    display_name = line_field(
        _("Name"),
        InputRequired(_("Write the name that people use.")),
        description=_("As people say it, without AS or Ltd."),
    )
    legal_name = line_field(
        _("Full legal name"), InputRequired(_("Write the name as it is registered."))
    )
    message = text_field(
        _("A message to the cluster’s staff"),
        most=500,
        description=_("What changed, and where it can be looked up."),
    )

    @classmethod
    def about(cls, *subjects: Any) -> "IdentityForm":
        """Fill in what is kept. Staff, who change it at once, have nobody to write to."""
        organisation = subjects[0]
        form = cls(obj=organisation)
        if policy.checks_identity(current_actor(), organisation):
            del form.message
        return form

    def read(self) -> None:
        """Count the letter that a proposal is."""
        super().read()
        if self.accepted and "message" in self:
            throttling.count_asking(current_actor().id)

    def identity(self) -> service.Identity:
        """Return what the service checks."""
        kind = self.number_kind.data
        return service.Identity(
            display_name=self.display_name.data or "",
            legal_name=self.legal_name.data or "",
            number_kind=kind,
            number=rules.tidy_number(kind, self.number.data or ""),
            country=self.where(),
        )


class DeclineForm(BlankForm):
    """Why a change is not made."""

    reason = text_field(
        _("Why not?"),
        InputRequired(_("Write the reason: they read it.")),
        most=500,
        description=_("Goes to whoever asked for the change."),
    )

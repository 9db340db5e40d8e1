"""Registering somebody again: the reference for the invoice, where the ticket wants one."""

from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms.validators import DataRequired

from portal.core.errors import Clash, Mistake
from portal.events.forms.fields import LINE
from portal.models import Delegate
from portal.platform.language import say
from portal.web.forms import Form, Trimmed


class ReinstateForm(Form):
    """What is needed to register somebody again whose registration ended."""

    purchase_reference = Trimmed(
        _("Purchase reference"),
        description=_("Stands on the invoice: an order number or whoever approved it."),
        validators=[DataRequired(_("Give the reference that your invoice should carry.")), LINE],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Ask for a reference if the ticket needs one; begin with what was given then."""
        delegate: Delegate = subjects[0]
        form = cls(purchase_reference=delegate.registration.purchase_reference)
        if not delegate.ticket.needs_purchase_reference:
            del form.purchase_reference
        return form

    @property
    def reference(self) -> str:
        """The reference, if one was asked for."""
        return (self["purchase_reference"].data or "") if "purchase_reference" in self else ""

    def refuse(self, refusal: Mistake | Clash) -> None:
        """Say above the form what is wrong with what is not asked here: the ticket, the address."""
        if isinstance(refusal, Mistake) and refusal.field not in self:
            self.accepted = False
            self.form_errors = [say(refusal.reason)]
        else:
            super().refuse(refusal)

"""The form about what two have to agree on."""

from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from portal.members.agreeing import queries
from portal.members.agreeing.service import ByTwo
from portal.platform.language import says
from portal.web.forms import Form


class ByTwoForm(Form):
    """What nobody of the staff decides alone."""

    exclusions = BooleanField(_("Two people decide that a member is excluded"))
    applications = BooleanField(_("Two people approve every application for membership"))
    kinds = SelectMultipleField(
        _("Two people approve applications for these kinds of membership"),
        description=_(
            "Two also confirm a list that is imported, where it makes such members. Nobody gives a"
            " member such a kind by hand: it asks for it, and two agree."
        ),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Show what holds now."""
        tiers = queries.tiers()
        form = cls(
            data={
                "exclusions": queries.exclusions(),
                "applications": queries.every_application(),
                "kinds": [tier.code for tier in tiers if tier.two_approve],
            }
        )
        form.kinds.choices = [SelectChoice(tier.code, says(tier, "name")) for tier in tiers]
        return form

    def chosen(self) -> ByTwo:
        """Return the answers as the service takes them."""
        return ByTwo(
            exclusions=self.exclusions.data,
            applications=self.applications.data,
            kinds=frozenset(self.kinds.data or ()),
        )

"""Forms about runs of renewals."""

from typing import Self

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from portal.members import queries as room
from portal.members.forms.staff import a_year_after, day_field
from portal.models import MembershipTier
from portal.platform.auth import arrived
from portal.platform.language import says
from portal.web.forms import Edited, Form


class StartForm(Edited, Form):
    """Start a run as it was shown."""


class RenewalsForm(Form):
    """Which memberships a run renews."""

    last_from = day_field(_("The period ends on this day or later"))
    last_until = day_field(_("The period ends on this day or earlier"))
    tier = SelectField(_("Kind of membership"), [Optional()])

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Propose what runs out in the year that comes."""
        form = cls()
        form.every_tier = {str(tier.id): tier for tier in room.tiers()}
        tiers = [SelectChoice(id, says(tier, "name")) for id, tier in form.every_tier.items()]
        form.tier.choices = [SelectChoice("", _("Every kind")), *tiers]
        if not form.is_submitted():
            today = room.today(now=arrived())
            form.last_from.data, form.last_until.data = today, a_year_after(today)
        return form

    def chosen(self) -> MembershipTier | None:
        """Return the tier that was chosen, if any."""
        tiers = {str(tier.id): tier for tier in room.tiers()}
        return tiers.get(str(self.tier.data))

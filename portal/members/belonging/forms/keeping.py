"""Forms about memberships as staff keep them: terms, another kind, exclusions, answers."""

from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from portal.members import queries as room
from portal.members.belonging import rules
from portal.members.belonging.service.terms import Terms
from portal.members.forms.fields import text_field
from portal.members.forms.staff import day_field
from portal.models import MembershipTier, ResignationTakes, TierRequestTakes
from portal.platform.auth import arrived
from portal.platform.language import says
from portal.web.forms import BlankForm, Form, WholeField, WordField, choices

WRITE_NUMBER = _("Write a number.")


class ChangeTierForm(Form):
    """Give a membership another tier from a day on."""

    tier = SelectField(_("New kind of membership"), [InputRequired(_("Choose a kind."))])
    from_on = day_field(
        _("From"), description=_("The period that runs ends the day before, and goes on in this.")
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the tiers, from today; the one that it is of stands first in the form."""
        form = cls()
        form.every_tier = {str(tier.id): tier for tier in room.tiers()}
        form.tier.choices = [
            SelectChoice(id, says(tier, "name")) for id, tier in form.every_tier.items()
        ]
        if not form.is_submitted():
            form.from_on.data = today = room.today(now=arrived())
            present = rules.period_on(subjects[0].periods, today)
            form.tier.data = str(present.tier_id) if present else None
        return form

    def chosen(self) -> MembershipTier:
        """Return the tier that was chosen."""
        tiers = {str(tier.id): tier for tier in room.tiers()}
        return tiers[str(self.tier.data)]


class AgreeForm(Form):
    """Agree to what a member asks for; of a change at once, from which day."""

    from_on = day_field(
        _("From"), description=_("The period that runs ends the day before, and goes on in this.")
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Propose today; what begins with a period needs no day."""
        form = cls()
        if subjects[0].takes is not TierRequestTakes.AT_ONCE:
            del form.from_on
        elif not form.is_submitted():
            form.from_on.data = room.today(now=arrived())
        return form


class RefuseForm(BlankForm):
    """Do not agree to what a member asks for."""

    reason = text_field(
        _("Reason"),
        InputRequired(_("Write the reason.")),
        most=1000,
        description=_("The member reads it."),
    )


class ExcludeForm(Form):
    """Exclude a member."""

    reason = text_field(
        _("Reason"),
        InputRequired(_("Write the reason.")),
        most=2000,
        description=_("The member is told it when the exclusion is decided."),
    )
    from_on = day_field(_("First day without membership"))

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Begin with today."""
        form = cls()
        if not form.is_submitted():
            form.from_on.data = room.today(now=arrived())
        return form


class TermsForm(Form):
    """What the statutes say of membership."""

    grace_days = WholeField(
        _("Days of grace"),
        [InputRequired(WRITE_NUMBER), NumberRange(min=0, max=365)],
        description=_("For so long after its last day a membership that was not renewed counts."),
    )
    reinstatement_months = WholeField(
        _("Months in which a lapsed member may come back"),
        [InputRequired(WRITE_NUMBER), NumberRange(min=0, max=120)],
        description=_("With the same number; who comes later gets a new one."),
    )
    resignation = SelectField(
        _("When notice takes effect"),
        [InputRequired()],
        choices=choices(ResignationTakes),
        coerce=WordField(ResignationTakes),
    )
    notice_months = WholeField(
        _("Months of notice"),
        [InputRequired(WRITE_NUMBER), NumberRange(min=0, max=24)],
        description=_("Only where notice takes effect after them."),
    )

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Show the terms that hold."""
        return cls(obj=room.terms())

    def terms(self) -> Terms:
        """Return the answers as the service takes them."""
        return Terms(
            grace_days=self.grace_days.data,
            reinstatement_months=self.reinstatement_months.data,
            resignation=self.resignation.data,
            notice_months=self.notice_months.data,
        )

"""Forms about what a tier promises, and what was used of it."""

from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from portal.members import queries as room
from portal.members.belonging.queries import benefits
from portal.members.belonging.service.benefits import Promise, Use
from portal.members.forms.fields import line_field
from portal.members.forms.staff import day_field
from portal.models import BenefitYear, MembershipTier
from portal.platform.auth import arrived
from portal.platform.language import says
from portal.web.forms import Form, WholeField, WordField, choices

WRITE_NUMBER = _("Write a number.")


class BenefitForm(Form):
    """What a tier promises."""

    key = line_field(
        _("Key"),
        InputRequired(_("Write a key.")),
        Regexp(r"[a-z0-9-]+\Z", message=_("Write small letters, digits and dashes.")),
        most=40,
        description=_("The same key in several kinds of membership is the same benefit."),
    )
    label_en = line_field(_("Name in English"), InputRequired(_("Write a name.")))
    label_nb = line_field(_("Name in Norwegian"), InputRequired(_("Write a name.")))
    quantity = WholeField(
        _("How much"), [InputRequired(WRITE_NUMBER), NumberRange(min=1, max=100_000)]
    )
    unit_en = line_field(
        _("Of what, in English"), most=40, description=_("Such as “tickets” or “hours”.")
    )
    unit_nb = line_field(_("Of what, in Norwegian"), most=40)
    year = SelectField(
        _("For"),
        [InputRequired()],
        choices=choices(BenefitYear),
        coerce=WordField(BenefitYear),
    )
    rank = WholeField(
        _("Place in the list"), [InputRequired(WRITE_NUMBER), NumberRange(min=1, max=99)], default=1
    )
    withdrawn = BooleanField(_("Not promised any more"))

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Fill in what is kept of a benefit; its key stays."""
        subject = subjects[0]
        if isinstance(subject, MembershipTier):
            return cls()
        form = cls(obj=subject, withdrawn=subject.withdrawn_on is not None)
        form.key.render_kw = {"readonly": True}
        return form

    def promise(self) -> Promise:
        """Return the answers as the service takes them."""
        return Promise(
            label_en=self.label_en.data or "",
            label_nb=self.label_nb.data or "",
            quantity=self.quantity.data,
            unit_en=self.unit_en.data or "",
            unit_nb=self.unit_nb.data or "",
            year=self.year.data,
            rank=self.rank.data,
        )


class UseForm(Form):
    """That a member used some of a benefit."""

    benefit = SelectField(_("Benefit"), [InputRequired(_("Choose a benefit."))])
    used_on = day_field(_("Day"))
    quantity = WholeField(
        _("How much"),
        [InputRequired(WRITE_NUMBER), NumberRange(min=1, max=100_000)],
        default=1,
    )
    reference = line_field(
        _("For what"), Optional(), most=120, description=_("Such as the event or the story.")
    )
    goodwill = BooleanField(
        _("Goodwill"), description=_("Given beyond the promise, and not counted against it.")
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer what the member has a right to today, and today."""
        form, today = cls(), room.today(now=arrived())
        form.promised = benefits.promised(subjects[0], today=today)
        form.benefit.choices = [
            SelectChoice(str(each.id), says(each, "label")) for each in form.promised
        ]
        if not form.is_submitted():
            form.used_on.data = today
        return form

    def use(self) -> Use:
        """Return the answers as the service takes them."""
        return Use(
            used_on=self.used_on.data,
            quantity=self.quantity.data,
            reference=self.reference.data or "",
            goodwill=self.goodwill.data,
        )

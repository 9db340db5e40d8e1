"""Forms about membership over the years."""

from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from portal.members import queries as room
from portal.members.belonging.queries import benefits
from portal.members.belonging.service.benefits import Promise, Use
from portal.members.belonging.service.terms import Terms
from portal.members.forms import throttling
from portal.members.forms.fields import line_field, text_field
from portal.members.forms.staff import a_year_after, day_field
from portal.models import BenefitYear, MembershipTier, ResignationTakes
from portal.platform.auth import arrived, current_actor
from portal.platform.language import says
from portal.web.forms import Edited, Form, WholeField, WordField, choices

WRITE_NUMBER = _("Write a number.")


class ResignForm(Form):
    """Give notice for a member."""

    why = text_field(
        _("Why do you leave?"),
        InputRequired(_("Write a line about why.")),
        most=1000,
        description=_("We read it to learn from it. Nobody else but your own people does."),
    )
    sure = BooleanField(_("Yes, we give notice"), [InputRequired(_("Tick this if you mean it."))])

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Start empty."""
        return cls()


class AskForm(Form):
    """Ask the staff about one's membership."""

    message = text_field(
        _("What would you like?"), InputRequired(_("Write what you would like.")), most=1000
    )

    def read(self) -> None:
        """Count the letter."""
        super().read()
        if self.accepted:
            throttling.count_asking(current_actor().id)

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Start empty."""
        return cls()


class ChangeTierForm(Form):
    """Give a membership another tier from a day on."""

    tier = SelectField(_("New kind of membership"), [InputRequired(_("Choose a kind."))])
    from_on = day_field(
        _("From"), description=_("The period that runs ends the day before, and goes on in this.")
    )

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Offer the tiers, from today."""
        form = cls()
        form.every_tier = {str(tier.id): tier for tier in room.tiers()}
        form.tier.choices = [
            SelectChoice(id, says(tier, "name")) for id, tier in form.every_tier.items()
        ]
        if not form.is_submitted():
            form.from_on.data = room.today(now=arrived())
        return form

    def chosen(self) -> MembershipTier:
        """Return the tier that was chosen."""
        tiers = {str(tier.id): tier for tier in room.tiers()}
        return tiers[str(self.tier.data)]


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


class StartForm(Edited, Form):
    """Start a run as it was shown."""


class RenewalsForm(Form):
    """Which memberships a run renews."""

    last_from = day_field(_("Periods whose last day is from"))
    last_until = day_field(_("to"))
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

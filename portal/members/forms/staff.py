"""Forms for staff."""

from datetime import date
from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from portal.members import queries, service
from portal.members.forms import throttling
from portal.members.forms.fields import line_field, text_field
from portal.models import EndReason, MembershipTier, MembershipYear, StaffRole
from portal.platform.auth import arrived
from portal.platform.language import says
from portal.web.forms import BlankForm, DayField, Form, WholeField, WordField, choices


def day_field(label: Any, *validators: Any, **more: Any) -> DayField:
    """Make a field for a day."""
    return DayField(label, [*validators] or [InputRequired(_("Choose a day."))], **more)


def a_year_after(day: date) -> date:
    """Return the same day a year later."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, month=3, day=1)


class GrantForm(BlankForm):
    """Give somebody a role in the staff."""

    role = SelectField(
        _("Role"),
        [InputRequired(_("Choose a role."))],
        choices=choices(StaffRole),
        coerce=WordField(StaffRole),
    )


class UnlockForm(Form):
    """Let somebody try to sign in again. The counters are kept apart, so they are set here."""

    def read(self) -> None:
        """Forget the tries that were counted."""
        super().read()
        if self.accepted:
            throttling.unlock((request.view_args or {})["id"])


class PeriodForm(Form):
    """A period of membership in a tier."""

    tier = SelectField(_("Kind of membership"), [InputRequired(_("Choose a kind."))])
    from_on = day_field(_("First day"))
    to_on = day_field(
        _("First day after"), description=_("The period ends with the day before this one.")
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the tiers, and the year that comes next."""
        form = cls()
        form.every_tier = {str(tier.id): tier for tier in queries.tiers()}
        form.tier.choices = [
            SelectChoice(id, says(tier, "name")) for id, tier in form.every_tier.items()
        ]
        if not form.is_submitted():
            periods = getattr(subjects[0], "periods", ()) if subjects else ()
            begins = max((p.to_on for p in periods), default=queries.today(now=arrived()))
            form.from_on.data, form.to_on.data = begins, a_year_after(begins)
            form.tier.data = next((str(p.tier_id) for p in periods if p.to_on == begins), None)
        return form

    def chosen(self) -> MembershipTier:
        """Return the tier that was chosen."""
        tiers = {str(tier.id): tier for tier in queries.tiers()}
        return tiers[str(self.tier.data)]


#: Why staff end a membership by hand; exclusions have a page of their own, and lapses come by date.
BY_HAND = (EndReason.RESIGNED, EndReason.MERGED, EndReason.DISSOLVED)


class EndMembershipForm(Form):
    """End a membership."""

    ends_on = day_field(
        _("First day without membership"), description=_("It counts until the day before.")
    )
    reason = SelectField(
        _("Why?"),
        [InputRequired(_("Choose a reason."))],
        choices=choices(BY_HAND),
        coerce=WordField(EndReason),
    )

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Begin with today."""
        form = cls()
        if not form.is_submitted():
            form.ends_on.data = queries.today(now=arrived())
        return form


class SuspendForm(Form):
    """Let a membership rest."""

    from_on = day_field(_("First day of the suspension"))
    to_on = day_field(
        _("First day after it"), Optional(), description=_("Leave it empty while it is not known.")
    )

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Begin with today."""
        form = cls()
        if not form.is_submitted():
            form.from_on.data = queries.today(now=arrived())
        return form


class TierForm(Form):
    """A kind of membership."""

    code = line_field(
        _("Code"),
        InputRequired(_("Write a code.")),
        Regexp(r"[a-z0-9-]+\Z", message=_("Write small letters, digits and dashes.")),
        most=30,
        description=_("Short and lasting. It is not changed later."),
    )
    name_en = line_field(_("Name in English"), InputRequired(_("Write a name.")))
    name_nb = line_field(_("Name in Norwegian"), InputRequired(_("Write a name.")))
    rank = WholeField(
        _("Place in the list"),
        [InputRequired(_("Write a number.")), NumberRange(min=1, max=99)],
        default=1,
    )
    about_en = text_field(
        _("Who it is for, in English"),
        most=600,
        description=_("Shown to those who would like to join, in a sentence or two."),
    )
    about_nb = text_field(_("Who it is for, in Norwegian"), most=600)
    seats = WholeField(
        _("People who may take part"),
        [Optional(), NumberRange(min=1, max=9999)],
        description=_("Left empty, there is no limit."),
    )
    votes = WholeField(
        _("Votes in the general meeting"),
        [InputRequired(_("Write a number.")), NumberRange(min=0, max=99)],
        default=1,
    )
    year = SelectField(
        _("A period is"),
        [InputRequired(_("Choose one."))],
        choices=choices(MembershipYear),
        coerce=WordField(MembershipYear),
    )
    open_to_apply = BooleanField(_("Offered to new members"), default=True)

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Fill in what is kept; a code that was given once stays."""
        form = cls(obj=subjects[0] if subjects else None)
        if subjects:
            form.code.render_kw = {"readonly": True}
        return form

    def terms(self) -> service.TierTerms:
        """Return what it gives, and for how long."""
        return service.TierTerms(
            about_en=self.about_en.data or "",
            about_nb=self.about_nb.data or "",
            seats=self.seats.data,
            votes=self.votes.data,
            year=self.year.data,
        )


class EnquiryNoteForm(Form):
    """What was answered, in a line or two."""

    note = text_field(_("Note for colleagues"), most=1000)

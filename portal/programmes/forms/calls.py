"""What staff fill in about a call."""

from typing import Any, Self
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from portal.models import Call, Cohort
from portal.platform import language
from portal.platform.auth import current_actor
from portal.programmes.forms.programmes import (
    LINE,
    MARKS,
    SUMMARY,
    TEXT,
    as_id,
    team_choices,
    with_present,
)
from portal.programmes.queries import calls as queries
from portal.programmes.service.calls import CallTerms
from portal.web.forms import DayField, Edited, Form, Prose, Trimmed, WholeField, ZonedField

ZONES = ["UTC", *sorted(name for name in available_timezones() if name.startswith("Europe/"))]
TITLE = DataRequired(_("Write a title in this language."))


class CallForm(Form):
    """What a call says, until when, and who answers for it."""

    title_en = Trimmed(_("Title in English"), validators=[TITLE, LINE])
    title_nb = Trimmed(_("Title in Norwegian"), validators=[TITLE, LINE])
    summary_en = Prose(
        _("In one sentence, in English"),
        description=_("Stands in lists: for whom it is and what they get."),
        validators=[SUMMARY],
    )
    summary_nb = Prose(_("In one sentence, in Norwegian"), validators=[SUMMARY])
    text_en = Prose(_("The whole text in English"), description=MARKS, validators=[TEXT])
    text_nb = Prose(_("The whole text in Norwegian"), description=MARKS, validators=[TEXT])
    contact_id = SelectField(
        _("Contact person"),
        description=_("Their name and address stand on the public page."),
        coerce=as_id,
    )
    zone = SelectField(_("Time zone"), choices=[SelectChoice(name, name) for name in ZONES])
    opens_at = ZonedField(
        _("Opens"), validators=[InputRequired(_("Choose when applicants can begin."))]
    )
    closes_at = ZonedField(
        _("Closes"),
        description=_("What arrives at this time or later is not taken."),
        validators=[InputRequired(_("Choose until when applications are taken."))],
    )
    decision_on = DayField(
        _("Decision promised by"),
        description=_("Applicants read this day at every step."),
        validators=[InputRequired(_("Choose the day by which applicants have an answer."))],
    )
    offer_days = WholeField(
        _("Days to answer an offer"),
        validators=[
            InputRequired(_("Write how many days an offer stays open.")),
            NumberRange(min=1, max=60, message=_("Write a number from 1 to 60.")),
        ],
    )

    def process(self, *given: Any, **more: Any) -> None:
        """Read the moments as clocks show them in the zone that was chosen with them."""
        sent = self.meta.wrap_formdata(self, given[0] if given else more.get("formdata"))
        kept = getattr(more.get("obj"), "zone", None) or language.zone()
        chosen = sent.get("zone", kept) if sent else kept
        zone = chosen if chosen in ZONES else kept
        self.opens_at.zone = self.closes_at.zone = lambda: zone
        super().process(*given, **more)

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the team as contacts; a contact who has left it stays as a choice."""
        form: Self = super().about(*subjects)
        form.contact_id.choices = with_present(team_choices(), subjects[0], "contact")
        return form

    def terms(self) -> CallTerms:
        """Return what was decided."""
        names = CallTerms.__dataclass_fields__
        return CallTerms(**{name: self[name].data for name in names})


class EditCallForm(Edited, CallForm):
    """The same about a call that there is."""


class NewCallForm(CallForm):
    """The first terms of a call for a cohort, perhaps like an earlier one."""

    like = SelectField(
        _("Begin with the questions and terms of"),
        description=_("You can change them before you publish."),
        coerce=lambda value: as_id(value) if value else None,
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with the cluster's zone, two weeks for an answer, and whoever is asking."""
        cohort: Cohort = subjects[0]
        actor = current_actor()
        form = cls(zone=language.zone(), offer_days=14, contact_id=actor.id)
        form.contact_id.choices = team_choices()
        earlier = queries.earlier(cohort, actor=actor)
        named = [SelectChoice(call.id, language.says(call, "title")) for call in earlier]
        form.like.choices = [SelectChoice("", _("Nothing: write new ones")), *named]
        return form

    def model(self) -> Call | None:
        """Return the earlier call to begin with, if one was chosen."""
        return queries.call(self.like.data, actor=current_actor()) if self.like.data else None


class CriterionForm(Form):
    """A term that applicants have to meet."""

    text_en = Trimmed(
        _("Term in English"),
        description=_("A sentence that is true or not: “Your company is younger than five years.”"),
        validators=[
            DataRequired(_("Write the term in English.")),
            Length(max=300, message=_("Write at most 300 characters.")),
        ],
    )
    text_nb = Trimmed(
        _("Term in Norwegian"),
        validators=[
            DataRequired(_("Write the term in Norwegian.")),
            Length(max=300, message=_("Write at most 300 characters.")),
        ],
    )


class NewCriterionForm(CriterionForm):
    """A term more."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin empty: the call's own text is no term."""
        return cls()


class EditCriterionForm(Edited, CriterionForm):
    """The same about a term that there is."""


class CancelCallForm(Form):
    """Why a call is cancelled."""

    reason = Prose(
        _("Why do you cancel it?"),
        description=_("Everybody who has begun or sent an application reads this."),
        validators=[
            DataRequired(_("Write a sentence that applicants will understand.")),
            Length(max=1000, message=_("Write at most 1,000 characters.")),
        ],
    )

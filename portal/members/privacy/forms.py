"""Forms about people's own data."""

from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.members.forms.fields import email_field, text_field
from portal.members.forms.texts import TextsField
from portal.members.privacy.clearing import RULES
from portal.models import PrivacyKind
from portal.platform import language
from portal.platform.auth import arrived
from portal.web.forms import BlankForm, DayField, Form, WordField, choices

#: What people ask for themselves, in their own words.
OWN = {
    PrivacyKind.RECTIFY: _("Correct something that I cannot change myself"),
    PrivacyKind.OBJECT: _("Stop using my data in a way that I name"),
    PrivacyKind.ERASE: _("Erase my data and close my account"),
}

#: What has to be said with what they ask; to be erased, nothing.
SAY = {
    PrivacyKind.RECTIFY: _("Say what is wrong, and what would be right."),
    PrivacyKind.OBJECT: _("Say what we should stop."),
}


class AskForm(Form):
    """What somebody asks about their own data."""

    kind = SelectField(
        _("What would you like?"),
        [InputRequired(_("Choose one."))],
        coerce=WordField(PrivacyKind),
    )
    wish = text_field(
        _("What is wrong, or what should we stop?"),
        most=2000,
        description=_(
            "We need this for a correction and for an objection. To be erased you need say nothing."
        ),
    )

    @classmethod
    def about(cls, *subjects: Any) -> "AskForm":
        """Offer what people ask for themselves."""
        form = super().about()
        form.kind.choices = [SelectChoice(kind.value, told) for kind, told in OWN.items()]
        return form

    def validate_wish(self, field: Field) -> None:
        """Ask for a sentence, unless everything is to go."""
        if self.kind.data in SAY and not field.data:
            raise ValidationError(SAY[self.kind.data])


class AcceptForm(Form):
    """Accept the texts in the versions that the page shows."""

    accepts = TextsField()


class EnterForm(Form):
    """What somebody asked by letter or by phone."""

    email = email_field(_("Whose data? Their e-mail address"))
    kind = SelectField(
        _("What do they ask for?"),
        [InputRequired(_("Choose one."))],
        coerce=WordField(PrivacyKind),
    )
    received_on = DayField(
        _("When did it come?"),
        [InputRequired(_("Choose the day."))],
        description=_("The time for our answer begins on this day."),
    )
    wish = text_field(_("What they wrote"), most=2000)

    @classmethod
    def about(cls, *subjects: Any) -> "EnterForm":
        """Offer every kind."""
        form = super().about()
        form.kind.choices = choices(PrivacyKind)
        return form

    def validate_received_on(self, field: DayField) -> None:
        """Refuse a day that has not come."""
        if field.data and field.data > arrived().astimezone(ZoneInfo(language.zone())).date():
            raise ValidationError(_("This day has not come yet."))

    def received_at(self) -> datetime:
        """Return the beginning of that day."""
        zone = ZoneInfo(language.zone())
        return datetime.combine(self.received_on.data, time(), zone).astimezone(UTC)


#: What each step asks.
ASKS = {
    "check": (
        _("How did you make sure who asks?"),
        _("Such as: signed in with a passkey; called back on the number that we know."),
    ),
    "extend": (_("Why does it take longer?"), _("The person reads this.")),
    "refuse": (
        _("Why is it refused?"),
        _("The person reads this. Name the law or the statute."),
    ),
    "finish": (_("What did you do?"), _("The person reads this.")),
}


class StepForm(Form):
    """What staff say when they take a request one step further."""

    words = text_field(_("Words"), InputRequired(_("Write a sentence about it.")), most=2000)

    def ask(self, move: str) -> "StepForm":
        """Ask what belongs to a step."""
        self.words.label.text, self.words.description = ASKS[move]
        return self


class EraseForm(Form):
    """The second pair of eyes."""

    sure = BooleanField(
        _("I have read what goes and what stays, and I am not the one who checked who asks"),
        [InputRequired(_("Read it, and say that you did."))],
    )
    answer = text_field(_("A word to the person"), most=2000)


class CountForm(Form):
    """Which kinds of old data to count."""

    rules = SelectMultipleField(
        _("What to count"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @classmethod
    def about(cls, *subjects: Any) -> "CountForm":
        """Offer every rule, all chosen."""
        form = super().about()
        form.rules.choices = [SelectChoice(rule.key, language.tell(rule.label)) for rule in RULES]
        if form.rules.data is None:
            form.rules.data = [rule.key for rule in RULES]
        return form


class AnnounceForm(BlankForm):
    """What is new in a text that everybody is asked to accept."""

    summary_en = text_field(
        _("What is new, in English"), InputRequired(_("Say what is new.")), most=600
    )
    summary_nb = text_field(
        _("What is new, in Norwegian"), InputRequired(_("Say what is new.")), most=600
    )

"""What staff fill in about prices, and about what is promised."""

from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from portal.members.forms.fields import text_field
from portal.members.joining.queries import Promise, terms
from portal.members.joining.service import PriceTerms, PromiseTerms
from portal.members.queries import today
from portal.models import PriceBand, TierPrice, VatCode
from portal.platform.auth import arrived, current_actor
from portal.web.forms import DayField, Edited, Form, WholeField, WordField, choices
from portal.web.money import Kroner

AFTER = _("The price holds until the day before. Leave it empty while it is not known.")


class PriceForm(Form):
    """What a year costs whom, from a day on."""

    band = SelectField(
        _("Size of the organisation"),
        [InputRequired(_("Choose one."))],
        choices=choices(PriceBand),
        coerce=WordField(PriceBand),
        description=_("A price for any size holds where a size has none of its own."),
    )
    price_ore = Kroner(
        _("Price for a year, excluding VAT"),
        [InputRequired(_("Write an amount; 0 if it costs nothing."))],
        least_ore=0,
        render_kw={"inputmode": "decimal"},
    )
    vat_code = SelectField(
        _("Value added tax"),
        [InputRequired(_("Choose one."))],
        choices=choices(VatCode),
        coerce=WordField(VatCode),
    )
    from_on = DayField(_("First day"), [InputRequired(_("Choose a day."))])
    to_on = DayField(_("First day after"), [Optional()], description=AFTER)

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Begin with today."""
        form = cls()
        if not form.is_submitted():
            form.from_on.data = today(now=arrived())
        return form

    def terms(self) -> PriceTerms:
        """Return what was decided."""
        return PriceTerms(
            band=self.band.data,
            price_ore=self.price_ore.data,
            vat_code=self.vat_code.data,
            from_on=self.from_on.data,
            to_on=self.to_on.data,
        )


class EndPriceForm(Form):
    """Until when a price holds."""

    to_on = DayField(
        _("First day after"),
        [InputRequired(_("Choose a day."))],
        description=_("The price holds until the day before."),
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with what is kept."""
        price: TierPrice = subjects[0]
        form = cls()
        if not form.is_submitted():
            form.to_on.data = price.to_on
        return form


class PromiseForm(Edited, Form):
    """What is promised to those who would like to join."""

    promised_days = WholeField(
        _("They have an answer within so many days"),
        [InputRequired(_("Write a number.")), NumberRange(min=1, max=365)],
        description=_("Counted from the day on which an application is sent."),
    )
    answer_days = WholeField(
        _("They may take so many days to answer a question"),
        [InputRequired(_("Write a number.")), NumberRange(min=15, max=365)],
        description=_("After that the application is taken as withdrawn. They are reminded."),
    )
    who_en = text_field(_("Who can join, in English"), most=1000)
    who_nb = text_field(_("Who can join, in Norwegian"), most=1000)
    appeal_en = text_field(
        _("What somebody can do who is declined, in English"),
        most=1000,
        description=_("It stands in the letter. Left empty, it says to write to us."),
    )
    appeal_nb = text_field(_("What somebody can do who is declined, in Norwegian"), most=1000)

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Fill in what is promised now; nobody needs to have said anything."""
        row = terms(actor=current_actor())
        form = cls(obj=row or Promise())
        if form.edited_version.data is None:
            form.edited_version.data = row.version if row else 0
        return form

    def terms(self) -> PromiseTerms:
        """Return what was decided."""
        return PromiseTerms(
            promised_days=self.promised_days.data,
            answer_days=self.answer_days.data,
            who_en=self.who_en.data or "",
            who_nb=self.who_nb.data or "",
            appeal_en=self.appeal_en.data or "",
            appeal_nb=self.appeal_nb.data or "",
        )

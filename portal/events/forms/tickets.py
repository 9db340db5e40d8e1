"""What staff fill in about tickets and the quotas that they take places from."""

from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.events.forms.events import as_id
from portal.events.queries import staff as queries
from portal.events.service.tickets import QuotaTerms, TicketTerms
from portal.models import TicketType, VatCode
from portal.platform import language
from portal.web.forms import Edited, Form, Prose, Trimmed, WholeField, WordField, choices
from portal.web.money import Kroner

LINE = Length(max=120, message=_("Write at most 120 characters."))
NAME = DataRequired(_("Write a name in this language."))


class QuotaForm(Form):
    """So many places."""

    name_en = Trimmed(
        _("Name in English"), description=_("For example: Places on the stand."),
        validators=[NAME, LINE],
    )  # fmt: skip
    name_nb = Trimmed(_("Name in Norwegian"), validators=[NAME, LINE])
    size = WholeField(
        _("Places"),
        description=_("Left empty, there is no limit."),
        validators=[
            Optional(),
            NumberRange(min=0, max=100_000, message=_("Write a number from 0 to 100,000.")),
        ],
    )

    def terms(self) -> QuotaTerms:
        """Return what was decided."""
        return QuotaTerms(
            name_en=self.name_en.data or "", name_nb=self.name_nb.data or "", size=self.size.data
        )


class NewQuotaForm(QuotaForm):
    """A quota more."""

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Begin with empty boxes: the event is no quota."""
        return cls()


class EditQuotaForm(Edited, QuotaForm):
    """The same about a quota that there is."""


class TicketForm(Form):
    """A kind of ticket: what it gives, what it costs, which places it takes."""

    name_en = Trimmed(
        _("Name in English"), description=_("For example: Exhibitor."), validators=[NAME, LINE]
    )
    name_nb = Trimmed(_("Name in Norwegian"), validators=[NAME, LINE])
    about_en = Prose(
        _("What it gives, in English"),
        validators=[Length(max=400, message=_("Write at most 400 characters."))],
    )
    about_nb = Prose(
        _("What it gives, in Norwegian"),
        validators=[Length(max=400, message=_("Write at most 400 characters."))],
    )
    price_ore = Kroner(
        _("Price for one person, excluding VAT"),
        description=_("Left empty, the ticket is free."),
        render_kw={"inputmode": "decimal"},
    )
    vat_code = SelectField(_("Value added tax"), coerce=WordField(VatCode))
    needs_purchase_reference = BooleanField(
        _("Ask for a purchase reference"),
        description=_("It stands on the invoice. Only where there is a price."),
    )
    max_per_organisation = WholeField(
        _("Most of these for one organisation"),
        description=_("Left empty, there is no limit."),
        validators=[
            Optional(),
            NumberRange(min=1, max=999, message=_("Write a number from 1 to 999.")),
        ],
    )
    quota_ids = SelectMultipleField(
        _("Takes a place from"),
        description=_("From each that you choose. Tickets may share one."),
        coerce=as_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[DataRequired(_("Choose at least one. Add a quota first if there is none."))],
    )
    on_sale = BooleanField(_("On offer now"), default=True)

    def offer_choices(self, event_id: Any, chosen: Any = ()) -> None:
        """Offer the quotas of the event and the kinds of tax."""
        found = queries.quotas_of(event_id)
        self.quota_ids.choices = [SelectChoice(row.id, language.says(row, "name")) for row in found]
        self.vat_code.choices = choices(VatCode)
        if not self.is_submitted():
            self.quota_ids.data = [quota.id for quota in chosen]
        elif self.quota_ids.data is None:
            self.quota_ids.data = []

    def terms(self) -> TicketTerms:
        """Return what was decided; what is free has no tax and asks for no reference."""
        price = self.price_ore.data
        return TicketTerms(
            name_en=self.name_en.data or "",
            name_nb=self.name_nb.data or "",
            about_en=self.about_en.data or "",
            about_nb=self.about_nb.data or "",
            price_ore=price,
            vat_code=self.vat_code.data if price else None,
            needs_purchase_reference=bool(price and self.needs_purchase_reference.data),
            max_per_organisation=self.max_per_organisation.data,
            on_sale=bool(self.on_sale.data),
            quota_ids=tuple(self.quota_ids.data or ()),
        )


class NewTicketForm(TicketForm):
    """A kind of ticket more."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with empty boxes."""
        form = cls()
        form.offer_choices(subjects[0].id)
        return form


class EditTicketForm(Edited, TicketForm):
    """The same about a ticket that there is."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with what it takes places from now."""
        ticket: TicketType = subjects[0]
        form: Self = super().about(*subjects)
        form.offer_choices(ticket.event_id, ticket.quotas)
        return form

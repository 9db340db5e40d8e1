"""What applicants fill in."""

from typing import Any, Self
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, EmailField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional

from portal.members.forms import throttling
from portal.members.forms.fields import line_field, lower, text_field
from portal.members.joining import queries, rules
from portal.members.joining.service import Draft
from portal.members.queries import today
from portal.models import MembershipApplication, MembershipTier, SizeClass
from portal.platform.auth import arrived, current_actor
from portal.platform.language import says
from portal.platform.money import amount
from portal.web.forms import BlankForm, Edited, Form

WHY = 2000
ADDRESS = Email(_("Write a whole e-mail address, such as name@example.org."), allow_smtputf8=False)


class BeginForm(Form):
    """For which organisation, and for which kind of membership."""

    organisation = SelectField(
        _("For which organisation?"), [InputRequired(_("Choose an organisation."))]
    )
    tier = RadioField(_("Which kind of membership?"), [InputRequired(_("Choose a kind."))])

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Offer the organisations that have nothing going, and the kinds that are offered."""
        form = cls()
        actor, now = current_actor(), arrived()
        form.situations = queries.situations(actor=actor, now=now) if actor.standings else ()
        form.offers = queries.offers(today=today(now=now), benefits=False)
        form.organisation.choices = [
            SelectChoice(str(row.id), row.display_name)
            for row in form.situations
            if row.application_id is None and row.number is None
        ]
        form.tier.choices = [SelectChoice(row.code, says(row, "name")) for row in form.offers.tiers]
        form.prefill(actor.acting_id)
        return form

    situations: Any = ()
    offers: Any = None

    def prefill(self, acting_id: UUID | None) -> None:
        """Choose what somebody acts for, and the kind that they came for."""
        if self.is_submitted():
            return
        codes = [choice.value for choice in self.tier.choices]
        wanted = request.args.get("tier", "")
        first = codes[0] if len(codes) == 1 else None
        self.tier.data = wanted if wanted in codes else first
        self.organisation.data = str(acting_id) if acting_id else None

    def chosen(self) -> UUID:
        """Return the organisation that was chosen."""
        return UUID(str(self.organisation.data))


class DraftForm(Edited, Form):
    """What we ask. Nothing has to be answered before it is sent."""

    tier = SelectField(_("Kind of membership"), [InputRequired(_("Choose a kind."))])
    why = text_field(
        _("Why would you like to join?"),
        most=WHY,
        description=_("What you hope for, and what you would like to give. A few sentences do."),
    )
    billing_email = EmailField(
        _("Where do invoices go?"),
        [Optional(), ADDRESS, Length(max=254, message=_("This address is too long."))],
        filters=[lower],
        description=_("An e-mail address that somebody reads."),
        render_kw={"autocomplete": "email", "maxlength": 254},
    )
    invoice_reference = line_field(
        _("Your reference on invoices"),
        most=80,
        description=_("A purchase order or a name, if your accounts ask for one."),
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Fill in what is kept, with what each kind costs an organisation of this size."""
        row: MembershipApplication = subjects[0]
        form = cls(data=kept(row))
        if form.edited_version.data is None:
            form.edited_version.data = row.version
        day = today(now=arrived())
        found = queries.offers(today=day, benefits=False)
        form.tier.choices = [
            SelectChoice(str(tier.id), with_price(tier, found, row.organisation.size))
            for tier in found.tiers
        ]
        if str(row.tier_id) not in {choice.value for choice in form.tier.choices}:
            form.tier.choices.append(SelectChoice(str(row.tier_id), says(row.tier, "name")))
        return form

    def tier_id(self) -> UUID:
        """Return the kind of membership that was chosen."""
        return UUID(str(self.tier.data))

    def draft(self, tier: MembershipTier) -> Draft:
        """Return what was written."""
        return Draft(
            tier=tier,
            why=self.why.data or "",
            billing_email=self.billing_email.data or "",
            invoice_reference=self.invoice_reference.data or "",
        )


def kept(row: MembershipApplication) -> dict[str, Any]:
    """Return what a draft says, by field."""
    return {
        "tier": str(row.tier_id),
        "why": row.answers.get("why", ""),
        "billing_email": row.billing_email,
        "invoice_reference": row.invoice_reference,
    }


def with_price(tier: Any, offers: queries.Offers, size: SizeClass) -> str:
    """Name a kind of membership with what a year of it costs an organisation of a size."""
    day = today(now=arrived())
    price = rules.price_for(offers.prices.get(tier.id, ()), size, today=day)
    name = says(tier, "name")
    if price is None:
        return name
    told = _("%(amount)s a year", amount=amount(price.price_ore, price.currency))
    return f"{name} · {told}"


class SendForm(BlankForm):
    """Yes, as it stands, and to the terms."""

    accepts = BooleanField(
        _("I may bind the organisation, and we accept the terms of membership"),
        [InputRequired(_("Accept the terms, or ask us first."))],
    )

    def read(self) -> None:
        """Count the letters."""
        super().read()
        if self.accepted:
            throttling.count_asking(current_actor().id)


class AnswerForm(BlankForm):
    """The answer to our question."""

    text = text_field(_("Your answer"), InputRequired(_("Write an answer.")), most=4000)


class WithdrawForm(BlankForm):
    """Why an application is withdrawn, if somebody likes to say."""

    reason = text_field(_("Why?"), most=500, description=_("Only if you like to tell us."))

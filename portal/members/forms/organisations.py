"""Forms about organisations, and about becoming a member."""

from typing import Any, Self

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from portal.core.alphabet import name_key
from portal.members import rules, service
from portal.members.forms import throttling
from portal.members.forms.facts import FactsFields
from portal.members.forms.fields import (
    email_field,
    line_field,
    name_field,
    text_field,
)
from portal.models import NumberKind
from portal.platform import language
from portal.platform.auth import current_actor
from portal.platform.language import say
from portal.web.forms import Edited, Form, WordField, choices

NEIGHBOURS = ("NO", "SE", "DK", "FI", "IS")


def countries() -> list[SelectChoice]:
    """Return the countries by their names in the reader's language, the nearest first."""
    from babel import Locale  # noqa: PLC0415 - its list of countries is read only here

    names: dict[str, str] = dict(Locale.parse(language.current()).territories)
    codes = [code for code in names if len(code) == 2 and code.isalpha() and code not in NOWHERE]
    rest = sorted(set(codes) - set(NEIGHBOURS), key=lambda code: name_key(names[code]))
    return [SelectChoice(code, names[code]) for code in (*NEIGHBOURS, *rest)]


#: What the list of territories holds beside countries: groups, and codes kept for tests.
NOWHERE = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}


class NumberForm(Form):
    """Which number an organisation has, before anything else is asked."""

    number_kind = RadioField(
        _("Is it registered?"),
        [InputRequired(_("Choose one."))],
        choices=choices(NumberKind),
        default=NumberKind.NORWEGIAN.value,
        coerce=WordField(NumberKind),
    )
    number = line_field(
        _("Number"), most=40, description=_("Nine digits in Norway. Leave it empty if it has none.")
    )
    country = SelectField(_("Country"), choices=countries, default="NO")

    def validate_number(self, field: Any) -> None:
        """Check the number as its register would."""
        kind = self.number_kind.data
        if not isinstance(kind, NumberKind):
            return
        if reason := rules.wrong_number(kind, field.data or "", self.where()):
            raise StopValidation(say(reason))

    def where(self) -> str:
        """Return the country; a Norwegian number settles it."""
        norwegian = self.number_kind.data is NumberKind.NORWEGIAN
        return rules.organisations.NORWAY if norwegian else str(self.country.data)

    def registration(self) -> service.Registration:
        """Return what the service registers."""
        kind = self.number_kind.data
        number = rules.tidy_number(kind, self.number.data or "")
        return service.Registration(number_kind=kind, number=number, country=self.where())


class RegisterForm(FactsFields, Form):
    """Register an organisation whose number was given on the page before."""

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Offer the tags."""
        form = cls()
        form.offer_tags()
        if not form.is_submitted():
            form.language.data = language.current()
        return form

    def registration(self) -> service.Registration:
        """Read the number from the address of the page; the service checks it again."""
        try:
            kind = NumberKind.of(request.args.get("kind", ""))
        except ValueError:
            kind = NumberKind.NONE
        country = request.args.get("country", "NO").upper()
        known = country if len(country) == 2 and country.isalpha() else "NO"
        number = rules.tidy_number(kind, request.args.get("number", ""))
        return service.Registration(number_kind=kind, number=number, country=known)

    def refuse(self, refusal: Any) -> None:
        """Show what is wrong with the number, which is not on this page, at the name."""
        if getattr(refusal, "field", "") == "number":
            refusal.field = "display_name"
        super().refuse(refusal)


class RegisterForForm(NumberForm, FactsFields):
    """Register an organisation on behalf of somebody, on one page: for staff."""

    person_name = name_field(_("Name of the person"))
    person_email = email_field(
        _("E-mail address of the person"),
        description=_("They become the administrator, and get an e-mail."),
    )

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Offer the tags."""
        form = cls()
        form.offer_tags()
        if not form.is_submitted():
            form.language.data = language.current()
        return form


#: What staff check, and so hear of, when somebody changes it.
IDENTITY = ("display_name", "legal_name")


class OrganisationForm(Edited, FactsFields, Form):
    """What an organisation tells, and what of it everybody may see."""

    listed = BooleanField(
        _("Show us in the public list of members"),
        description=_("Members are shown from the day they are confirmed."),
    )
    shows_size = BooleanField(_("Show how many people work here"))
    shows_website = BooleanField(_("Show the website"))
    shows_people = BooleanField(_("Show the names and titles of our people"))

    @classmethod
    def about(cls, *subjects: Any) -> Any:
        """Fill in what is kept."""
        organisation = subjects[0]
        kept = [tag.key for tag in organisation.tags]
        form = cls.filled(organisation, kept)
        if form.edited_version.data is None:
            form.edited_version.data = organisation.version
        form.offer_tags()
        return form

    def read(self) -> None:
        """Count the letter that another name is."""
        super().read()
        if self.accepted and any(self[name].data != self[name].object_data for name in IDENTITY):
            throttling.count_asking(current_actor().id)

    @classmethod
    def filled(cls, organisation: Any, tags: list[str]) -> Any:
        """Make the form with the tags by their keys."""
        names = (*service.Facts.__annotations__, *service.Shown.__annotations__)
        kept = {name: getattr(organisation, name) for name in names}
        return cls(data=kept | {"tags": tags})

    def shown(self) -> service.Shown:
        """Return what everybody may see."""
        return service.Shown(**{n: bool(self[n].data) for n in service.Shown.__annotations__})


class AskForm(Form):
    """Ask to join an organisation that is here already."""

    message = text_field(
        _("A message to its administrator"),
        most=500,
        description=_("Say who you are, so that they know you."),
    )

    def read(self) -> None:
        """Count the letter."""
        super().read()
        if self.accepted:
            throttling.count_asking(current_actor().id)


class EnquiryForm(Form):
    """Tell the cluster that you would like to join."""

    organisation_name = line_field(
        _("Your organisation"),
        InputRequired(_("Write the name of your organisation.")),
        render_kw={"autocomplete": "organization"},
    )
    name = name_field(_("Your name"))
    email = email_field(_("Your e-mail address"))
    phone = line_field(_("Phone"), most=30, render_kw={"autocomplete": "tel"})
    message = text_field(_("What would you like to know?"))

    def read(self) -> None:
        """Count the letters that this will send."""
        super().read()
        if self.accepted:
            throttling.count_letter("enquiry", self.email.data)

    def enquiry(self) -> service.Enquiry:
        """Return what the service keeps."""
        return service.Enquiry(
            organisation_name=self.organisation_name.data or "",
            name=self.name.data or "",
            email=self.email.data,
            phone=self.phone.data or "",
            message=self.message.data or "",
            language=language.current(),
        )

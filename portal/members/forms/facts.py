"""What an organisation tells of itself, as questions that several forms ask."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField, URLField
from wtforms.fields import SelectChoice
from wtforms.validators import URL, InputRequired, Length, Optional, StopValidation

from portal.core.alphabet import name_key
from portal.members import queries, service
from portal.members.forms.fields import line_field, text_field, web
from portal.models import OrganisationKind, Service, SizeClass, Tag
from portal.platform import language
from portal.platform.language import NAMES
from portal.web.forms import PictureField, WordField, choices


class FactsFields:
    """What an organisation tells of itself."""

    display_name = line_field(
        _("Name"),
        InputRequired(_("Write the name that people use.")),
        description=_("As people say it, without AS or Ltd."),
    )
    legal_name = line_field(
        _("Full legal name"), InputRequired(_("Write the name as it is registered."))
    )
    kind = SelectField(
        _("What is it?"),
        [InputRequired(_("Choose one."))],
        choices=choices(OrganisationKind),
        coerce=WordField(OrganisationKind),
    )
    size = SelectField(
        _("How many people work there?"),
        [InputRequired(_("Choose one."))],
        choices=choices(SizeClass),
        coerce=WordField(SizeClass),
    )
    place = line_field(_("Town"), most=80)
    website = URLField(
        _("Website"),
        [Optional(), URL(message=_("Write the whole address, beginning with https://.")),
         Length(max=300)],
        filters=[web],
        render_kw={"maxlength": 300, "placeholder": "https://"},
    )  # fmt: skip
    standfirst = line_field(
        _("In one sentence"), most=200, description=_("Shown in the list of members.")
    )
    description = text_field(
        _("Description"),
        most=5000,
        description=_("What you make, for whom, and what you are looking for. An empty line begins"
                      " a new paragraph."),
    )  # fmt: skip
    language = SelectField(
        _("Language of the description"),
        choices=[SelectChoice(key, name) for key, name in NAMES.items()],
    )
    tags = SelectMultipleField(_("Sectors and technologies"))
    offered = SelectMultipleField(
        _("What do you offer others?"),
        description=_("Who looks for it in the list of members finds you."),
        choices=choices(Service),
        coerce=WordField(Service),
    )
    sought = SelectMultipleField(
        _("What are you looking for?"),
        description=_("Who offers it finds you."),
        choices=choices(Service),
        coerce=WordField(Service),
    )
    logo = PictureField(_("Logo"), description=_("PNG, JPEG or WebP, at most 8 megabytes."))

    def validate_website(self, field: Any) -> None:
        """Link to the web alone."""
        if field.data and not field.data.lower().startswith(("http://", "https://")):
            raise StopValidation(_("Write the whole address, beginning with https://."))

    def offer_tags(self) -> None:
        """Read the list of tags to choose from, and sort the services as the reader calls them."""
        services = sorted(Service, key=lambda each: name_key(language.tell(each.label)))
        for field in (self.offered, self.sought):
            field.choices = choices(services)
        named = ((tag.key, language.says(tag, "label")) for tag in queries.tags())
        self.tags.choices = [
            SelectChoice(*each) for each in sorted(named, key=lambda each: name_key(each[1]))
        ]

    def chosen_tags(self) -> list[Tag]:
        """Return the tags that were ticked, afresh from the database."""
        chosen = set(self.tags.data or ())
        return [tag for tag in queries.tags() if tag.key in chosen]

    def facts(self) -> service.Facts:
        """Return what the service keeps."""
        names = service.Facts.__annotations__
        given: dict[str, Any] = {name: getattr(self, name).data or "" for name in names}
        services = {name: tuple(given[name]) for name in ("offered", "sought")}
        return service.Facts(**given | services)

"""Forms about what is here twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from portal.extensions import db
from portal.members.forms.fields import line_field, lower, text_field
from portal.members.merging import queries
from portal.models import Organisation, Person
from portal.platform.auth import current_actor
from portal.web.forms import BlankForm, Form


@dataclass(frozen=True, kw_only=True)
class Alike:
    """How those of a kind are found that may be one, and how a choice tells which it is."""

    model: type[Any]
    like: Callable[..., Sequence[Any]]
    told: Callable[[Any], str]
    called: Callable[[str], Person | Organisation | None]


PEOPLE = Alike(
    model=Person,
    like=queries.like_person,
    told=lambda row: f"{row.name}, {row.email}",
    called=queries.person_called,
)
ORGANISATIONS = Alike(
    model=Organisation,
    like=queries.like_organisation,
    told=lambda row: ", ".join(filter(None, (row.display_name, row.number, row.country))),
    called=queries.organisation_called,
)


class MergeForm(Form):
    """Which one is kept, and why the two are one."""

    alike: ClassVar[Alike]

    other = SelectField(_("Which one is kept?"), default="")
    called = line_field(_("Or find it"))
    reason = text_field(
        _("How do you know that the two are one?"),
        InputRequired(_("Write how you know. Your colleague decides by it.")),
        most=500,
    )

    @classmethod
    def about(cls, *subjects: Any) -> Any:
        """Offer those that are likely to be the same."""
        form, found = cls(), cls.alike.like(subjects[0], actor=current_actor())
        form.other.choices = [
            SelectChoice("", gettext("Choose one that looks the same")),
            *(SelectChoice(str(row.id), cls.alike.told(row)) for row in found),
        ]
        return form

    def kept(self) -> Any:
        """Return the one that is kept: chosen, or written out."""
        if self.other.data:
            return db.session.get(self.alike.model, UUID(self.other.data))
        return self.alike.called(self.called.data or "")

    def validate_called(self, field: Any) -> None:
        """Insist on one way, and that it leads to somebody."""
        if bool(field.data) == bool(self.other.data):
            raise StopValidation(_("Choose one from the list, or write which one you mean."))
        if field.data and self.alike.called(field.data) is None:
            raise StopValidation(_("Nothing is found by this. Check how it is written."))


class MergePersonForm(MergeForm):
    """Which account of a person is kept."""

    alike = PEOPLE
    called = line_field(_("Or find the account by its e-mail address"), most=254, filters=[lower])


class MergeOrganisationForm(MergeForm):
    """Which row of an organisation is kept."""

    alike = ORGANISATIONS
    called = line_field(_("Or find it by its number, or by the address of its page"), most=200)


class KeepApartForm(BlankForm):
    """Why the two are not one."""

    reason = text_field(
        _("Why are they two?"), InputRequired(_("Write the reason: your colleague reads it.")),
        most=500,
    )  # fmt: skip

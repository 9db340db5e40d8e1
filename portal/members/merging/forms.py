"""Forms about what is here twice."""

from typing import Any
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
from portal.web.forms import Form


class MergeForm(Form):
    """Which one is kept, and why the two are one."""

    other = SelectField(_("Which one is kept?"))
    called = line_field(_("Or find it"))
    reason = text_field(
        _("How do you know that the two are one?"),
        InputRequired(_("Write how you know. Your colleague decides by it.")),
        most=500,
    )

    @classmethod
    def about(cls, *subjects: Any) -> Any:
        """Offer those that are likely to be the same."""
        form = cls()
        form.other.choices = [
            SelectChoice("", gettext("Choose one that looks the same")),
            *(SelectChoice(str(row.id), cls.told(row)) for row in cls.like(subjects[0])),
        ]
        return form

    @classmethod
    def like(cls, subject: Any) -> Any:
        """Find those that are likely to be the same."""
        raise NotImplementedError

    @staticmethod
    def told(row: Any) -> str:
        """Say which one a choice is."""
        raise NotImplementedError

    def found(self) -> Any:
        """Return the one that was written out."""
        raise NotImplementedError

    def validate_called(self, field: Any) -> None:
        """Insist on one way, and that it leads to somebody."""
        if bool(field.data) == bool(self.other.data):
            raise StopValidation(_("Choose one from the list, or write which one you mean."))
        if field.data and self.found() is None:
            raise StopValidation(_("Nothing is found by this. Check how it is written."))


class MergePersonForm(MergeForm):
    """Which account of a person is kept."""

    called = line_field(_("Or find the account by its e-mail address"), most=254, filters=[lower])

    @classmethod
    def like(cls, subject: Any) -> Any:
        """Find accounts of the same name."""
        return queries.like_person(subject, actor=current_actor())

    @staticmethod
    def told(row: Any) -> str:
        """Say whose account it is."""
        return f"{row.name}, {row.email}"

    def found(self) -> Person | None:
        """Return the account of the address."""
        return queries.person_called(self.called.data or "")

    def kept(self) -> Person | None:
        """Return the account that is kept."""
        return db.session.get(Person, UUID(self.other.data)) if self.other.data else self.found()


class MergeOrganisationForm(MergeForm):
    """Which row of an organisation is kept."""

    called = line_field(_("Or find it by its number, or by the address of its page"), most=200)

    @classmethod
    def like(cls, subject: Any) -> Any:
        """Find organisations of the same name, number or domain."""
        return queries.like_organisation(subject, actor=current_actor())

    @staticmethod
    def told(row: Any) -> str:
        """Say which organisation it is."""
        return ", ".join(filter(None, (row.display_name, row.number, row.country)))

    def found(self) -> Organisation | None:
        """Return the organisation of the number or address."""
        return queries.organisation_called(self.called.data or "")

    def kept(self) -> Organisation | None:
        """Return the organisation that is kept."""
        chosen = self.other.data
        return db.session.get(Organisation, UUID(chosen)) if chosen else self.found()


class KeepApartForm(Form):
    """Why the two are not one."""

    reason = text_field(
        _("Why are they two?"), InputRequired(_("Write the reason: your colleague reads it.")),
        most=500,
    )  # fmt: skip

    @classmethod
    def about(cls, *_subjects: Any) -> "KeepApartForm":
        """Begin with nothing."""
        return cls()

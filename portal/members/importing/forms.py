"""The forms of an import: the file, what stands in its columns, and yes."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileRequired
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from portal.core.wording import N_
from portal.members.forms.organisations import countries
from portal.members.importing import queries, tables
from portal.members.importing.fields import FIELDS
from portal.models import AffiliationRole, OrganisationKind, SizeClass
from portal.platform.language import NAMES, tell
from portal.web.forms import Edited, Form, UploadField, WholeField, choices

ROLES = (AffiliationRole.MEMBER, AffiliationRole.REPRESENTATIVE, AffiliationRole.ADMINISTRATOR)
#: What a list must say at least one of, or none of its rows means anything.
KEYS = ("display_name", "legal_name", "number", "email")


class ListField(UploadField):
    """A list, read before anything is written."""

    check = staticmethod(tables.read_table)  # type: ignore[assignment]  # a table is no file to keep
    upload: Any = None


class ImportForm(Form):
    """The file to bring in."""

    file = ListField(
        _("The list"),
        [FileRequired(_("Choose a file."))],
        description=_("An Excel workbook (.xlsx) or CSV, at most 20,000 rows and 10 megabytes."),
        render_kw={"accept": ".csv,.txt,.xlsx,text/csv"},
    )


class ColumnsForm(Form):
    """What stands in which column, and what is taken where the list says nothing."""

    samples: ClassVar[Sequence[Any]] = ()
    headings: ClassVar[Sequence[str]] = ()
    kept_header: ClassVar[int] = 0

    header = WholeField(
        _("Row with the headings"),
        [InputRequired(_("Write a number.")), NumberRange(min=1, message=_("Write a number."))],
        description=_("What stands above it is left out. Change the number and press the"
                      " button to see the columns of another row."),
    )  # fmt: skip
    kind = SelectField(_("Kind of organisation"), choices=choices(OrganisationKind))
    size = SelectField(_("How many people work there"), choices=choices(SizeClass))
    country = SelectField(_("Country"), choices=countries)
    role = SelectField(_("Role"), choices=choices(ROLES))
    language = SelectField(
        _("Language"), choices=[SelectChoice(key, name) for key, name in NAMES.items()]
    )
    listed = BooleanField(_("Show new organisations in the public list while they are members"))

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Make a question for each column, and answer it with the guess or the last choice."""
        row = subjects[0]
        means = {column: key for key, column in row.columns.items()}
        offered = fields_offered()
        asked = {
            name_of(column): SelectField(heading or str(column + 1), choices=offered)
            for column, heading in enumerate(row.headings)
        }
        shown = {"headings": row.headings, "kept_header": row.header}
        made = type(cls.__name__, (cls,), asked | shown | {"samples": samples(row)})
        answers = {name_of(column): means.get(column, "") for column in range(len(row.headings))}
        form: Self = made(data=answers | row.defaults | {"header": row.header})
        return form

    def read(self) -> None:
        """Find fields that were chosen twice, and lists that say nothing."""
        super().read()
        if self.moves_header or not self.headings:
            return
        taken: dict[str, int] = {}
        for column, key in enumerate(self.chosen()):
            if key in taken:
                self.wrong(column, _("You chose this for another column already."))
            elif key:
                taken[key] = column
        if not set(KEYS) & set(taken):
            self.wrong(0, _("Say in which column the organisation’s name or number is, or the"
                            " person’s e-mail."))  # fmt: skip

    def wrong(self, column: int, reason: Any) -> None:
        """Say what is wrong with the choice for a column."""
        self.accepted = False
        self[name_of(column)].errors = [reason]

    @property
    def moves_header(self) -> bool:
        """Whether another row is to be taken for the headings."""
        return isinstance(self.header.data, int) and self.header.data != self.kept_header

    def chosen(self) -> list[str]:
        """Return what was chosen for each column."""
        return [self[name_of(column)].data or "" for column in range(len(self.headings))]

    def columns(self) -> dict[str, int]:
        """Return the column of each field that was chosen."""
        return {key: column for column, key in enumerate(self.chosen()) if key}

    def defaults(self) -> Mapping[str, Any]:
        """Return what is taken where the list says nothing."""
        names = ("kind", "size", "country", "role", "language")
        return {name: self[name].data for name in names} | {"listed": bool(self.listed.data)}


def name_of(column: int) -> str:
    """Return the name of the question about a column."""
    return f"column_{column}"


def fields_offered() -> list[SelectChoice]:
    """Return what a column may hold, by what it is about."""
    groups = [SelectChoice("", tell(N_("Leave out")))]
    return groups + [SelectChoice(f.key, tell(f.label), optgroup=tell(f.group)) for f in FIELDS]


def samples(row: Any) -> list[list[str]]:
    """Return some cells of each column below its heading."""
    below = [cells for number, cells in queries.first_rows(row) if number > row.header]
    return [
        [cells[column] for cells in below if column < len(cells) and cells[column]]
        for column in range(len(row.headings))
    ]


class ConfirmForm(Edited, Form):
    """Yes to the preview that was on the screen."""


__all__ = ["ColumnsForm", "ConfirmForm", "ImportForm"]

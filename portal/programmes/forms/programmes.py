"""What staff fill in about programmes, cohorts and agreements."""

from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from portal.models import ProgrammeKind
from portal.platform.auth import arrived, current_actor
from portal.programmes.queries import programmes as queries
from portal.programmes.service.programmes import CohortTerms, ProgrammeWords
from portal.web.forms import DayField, Edited, Form, Prose, Trimmed, WholeField, WordField, choices

LINE = Length(max=120, message=_("Write at most 120 characters."))
SUMMARY = Length(max=400, message=_("Write at most 400 characters."))
TEXT = Length(max=20_000, message=_("Write at most 20,000 characters."))
MARKS = _("Leave an empty line between paragraphs. **Bold**, - lists and [links](https://…) work.")
NAME = DataRequired(_("Write a name in this language."))


def as_id(value: object) -> UUID:
    """Read the id of what was chosen. Raises ValueError for what is none."""
    return value if isinstance(value, UUID) else UUID(str(value))


class ProgrammeForm(Form):
    """What a programme says of itself, in both languages."""

    kind = SelectField(_("Kind"), coerce=WordField(ProgrammeKind))
    name_en = Trimmed(_("Name in English"), validators=[NAME, LINE])
    name_nb = Trimmed(_("Name in Norwegian"), validators=[NAME, LINE])
    summary_en = Prose(
        _("In one sentence, in English"),
        description=_("Stands in lists, beside the name."),
        validators=[SUMMARY],
    )
    summary_nb = Prose(_("In one sentence, in Norwegian"), validators=[SUMMARY])
    text_en = Prose(_("The whole story in English"), description=MARKS, validators=[TEXT])
    text_nb = Prose(_("The whole story in Norwegian"), description=MARKS, validators=[TEXT])

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the kinds of programme that there are."""
        form: Self = super().about(*subjects)
        form.kind.choices = choices(ProgrammeKind)
        return form

    def words(self) -> ProgrammeWords:
        """Return what was written."""
        return ProgrammeWords(
            kind=self.kind.data,
            name_en=self.name_en.data or "",
            name_nb=self.name_nb.data or "",
            summary_en=self.summary_en.data or "",
            summary_nb=self.summary_nb.data or "",
            text_en=self.text_en.data or "",
            text_nb=self.text_nb.data or "",
        )


class EditProgrammeForm(Edited, ProgrammeForm):
    """The same about a programme that there is."""


def team_choices() -> list[SelectChoice]:
    """Return the people who run programmes now, to choose one."""
    return [SelectChoice(row.id, row.name) for row in queries.team(now=arrived())]


class CohortForm(Form):
    """When a cohort runs, with how many places, and under whom."""

    name_en = Trimmed(
        _("Name in English"), description=_("For example: Spring 2027."), validators=[NAME, LINE]
    )
    name_nb = Trimmed(_("Name in Norwegian"), validators=[NAME, LINE])
    starts_on = DayField(_("First day"), validators=[InputRequired(_("Choose the first day."))])
    ends_on = DayField(_("Last day"), validators=[InputRequired(_("Choose the last day."))])
    capacity = WholeField(
        _("Places"),
        description=_("How many companies can take part. An open offer holds a place."),
        validators=[
            InputRequired(_("Write how many companies can take part.")),
            NumberRange(min=1, max=500, message=_("Write a number from 1 to 500.")),
        ],
    )
    manager_id = SelectField(_("Who runs it"), coerce=as_id)

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the team as managers; a manager who has left it stays as a choice."""
        form: Self = super().about(*subjects)
        form.manager_id.choices = with_present(team_choices(), subjects[0], "manager")
        return form

    def terms(self) -> CohortTerms:
        """Return what was decided."""
        return CohortTerms(
            name_en=self.name_en.data or "",
            name_nb=self.name_nb.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            capacity=self.capacity.data,
            manager_id=self.manager_id.data,
        )


class NewCohortForm(CohortForm):
    """The first terms of a cohort of a programme."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin empty, but run by whoever plans it: the programme's name is not the cohort's."""
        form = cls(manager_id=current_actor().id)
        form.manager_id.choices = team_choices()
        return form


class EditCohortForm(Edited, CohortForm):
    """The same about a cohort that there is."""


class AgreementForm(Form):
    """A new version of what companies sign."""

    text_en = Prose(
        _("The agreement in English"),
        description=MARKS,
        validators=[DataRequired(_("Write the agreement in English.")), TEXT],
    )
    text_nb = Prose(
        _("The agreement in Norwegian"),
        description=MARKS,
        validators=[DataRequired(_("Write the agreement in Norwegian.")), TEXT],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with the latest version, which is seldom far from the next."""
        latest = next(iter(queries.agreements(subjects[0])), None)
        return cls(obj=latest)


def with_present(offered: list[SelectChoice], subject: Any, role: str) -> list[SelectChoice]:
    """Return the people offered, and whoever has the role now even if no longer of the team."""
    present = getattr(subject, role, None)
    if present is None or any(choice.value == present.id for choice in offered):
        return offered
    return [*offered, SelectChoice(present.id, present.name)]

"""What is asked about companies in a cohort and their milestones."""

from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from portal.models import Milestone, Participation, Person
from portal.platform.auth import arrived
from portal.platform.language import say
from portal.programmes.queries import applying as organisations
from portal.programmes.queries import cohorts as queries
from portal.programmes.rules import not_found_by
from portal.programmes.service.milestones import MilestoneWords
from portal.web.forms import BlankForm, DayField, Edited, Form, Prose, Trimmed

SHORT = Length(max=1000, message=_("Write at most 1,000 characters."))
TEXT = Length(max=4000, message=_("Write at most 4,000 characters."))


class AdmitForm(BlankForm):
    """Which company joins a cohort without an application, and why."""

    organisation = Trimmed(
        _("Company"),
        description=_("Its organisation number, or its name exactly as it is listed."),
        validators=[DataRequired(_("Write which company joins."))],
    )
    reason = Prose(
        _("Why does it join without an application?"),
        description=_("Both the team and the company read this."),
        validators=[DataRequired(_("Write in a sentence how it came to the place.")), SHORT],
    )
    found_id: UUID

    def read(self) -> None:
        """Look the company up, so that a slip is told at the field."""
        super().read()
        if not self.accepted:
            return
        found = organisations.organisation_called(self.organisation.data or "")
        if found is None:
            self.organisation.errors = [say(not_found_by(self.organisation.data or ""))]
            self.accepted = False
        else:
            self.found_id = found.id


def people_of(participation: Participation, present: Person | None) -> list[SelectChoice]:
    """Return the people of a company as choices; one who has left stays while chosen."""
    ours = queries.people(participation.organisation_id, now=arrived())
    named = [SelectChoice(str(person.id), person.name) for person in ours]
    if present is not None and present.id not in {person.id for person in ours}:
        named.append(SelectChoice(str(present.id), present.name))
    return named


def as_choice(value: object) -> str:
    """Read an id as the choice that it is; nobody is a choice too."""
    return "" if value is None else str(value)


class ResponsibleForm(Form):
    """Who of a company is responsible for its part in the cohort."""

    responsible_id = SelectField(
        _("Responsible person"),
        description=_("We write to this person about milestones and dates."),
        coerce=str,
        validators=[InputRequired(_("Choose somebody."))],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the people of the company."""
        participation: Participation = subjects[0]
        form = cls(data={"responsible_id": str(participation.responsible_id or "")})
        form.responsible_id.choices = people_of(participation, None)
        return form


class DepartureForm(BlankForm):
    """Why a company leaves a cohort before its end."""

    reason = Prose(
        _("Why does it end?"),
        description=_("Both the company and the team read this."),
        validators=[DataRequired(_("Write a sentence that both sides will understand.")), SHORT],
    )


class MilestoneForm(Form):
    """What a company means to reach, by when, and who sees to it."""

    title = Trimmed(
        _("What will you have reached?"),
        description=_("As a fact that can be shown: “First paying customer abroad”."),
        validators=[
            DataRequired(_("Write what you mean to reach.")),
            Length(max=160, message=_("Write at most 160 characters.")),
        ],
    )
    description = Prose(
        _("More about it"), description=_("What counts, and what does not."), validators=[TEXT]
    )
    due_on = DayField(
        _("By which day?"), validators=[InputRequired(_("Choose a day, such as 2026-12-01."))]
    )
    owner_id = SelectField(_("Who sees to it?"), coerce=as_choice)

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with an empty milestone of a company."""
        participation: Participation = subjects[0]
        form = cls()
        form.offer_people(participation, None)
        return form

    def offer_people(self, participation: Participation, present: Person | None) -> None:
        """Offer the people of the company, and nobody."""
        nobody = SelectChoice("", _("Nobody in particular"))
        self.owner_id.choices = [nobody, *people_of(participation, present)]

    def words(self) -> MilestoneWords:
        """Return what was planned."""
        return MilestoneWords(
            title=self.title.data or "",
            due_on=self.due_on.data,
            description=self.description.data or "",
            owner_id=UUID(self.owner_id.data) if self.owner_id.data else None,
        )


class EditMilestoneForm(Edited, MilestoneForm):
    """The same about a milestone that there is."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with what is planned."""
        milestone: Milestone = subjects[0]
        form = cls(obj=milestone)
        form.offer_people(milestone.participation, milestone.owner)
        if form.edited_version.data is None:
            form.edited_version.data = milestone.version
        return form


class HandInForm(Form):
    """What shows that a milestone is reached."""

    evidence = Prose(
        _("What shows that you reached it?"),
        description=_("A few words, a figure, an address that we can look at."),
        validators=[
            DataRequired(_("Write in a few words what shows that you reached it.")),
            TEXT,
        ],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with what was written before, if it was handed in before."""
        return cls(obj=subjects[0])


class JudgeForm(BlankForm):
    """Whether a milestone counts, and what the company is told."""

    verdict = RadioField(
        _("Is it reached?"),
        choices=[
            SelectChoice("achieved", _("Yes, it counts as achieved")),
            SelectChoice("more", _("Not yet, we ask for more")),
        ],
        validators=[InputRequired(_("Choose one of the two."))],
    )
    note = Prose(
        _("What the company reads"),
        description=_("A word of praise, or what is missing."),
        validators=[SHORT],
    )


class DropForm(BlankForm):
    """Why a milestone is given up."""

    reason = Prose(
        _("Why do you drop it?"),
        description=_("The company reads this."),
        validators=[DataRequired(_("Write a sentence that the company will understand.")), SHORT],
    )

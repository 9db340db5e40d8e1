"""What staff fill in to decide on an application."""

from collections.abc import Mapping
from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from portal.models import Outcome
from portal.platform.language import say, says
from portal.programmes import rules
from portal.programmes.queries.deciding import Batch, Case
from portal.programmes.service.deciding import Check, DecisionWords
from portal.web.forms import EditedVersion, Form, Prose, Trimmed, WholeField, WordField, choices

NOTE = Length(max=300, message=_("Write at most 300 characters."))
TEXT = Length(max=4000, message=_("Write at most 4,000 characters."))


class ChecklistForm(Form):
    """Whether an application meets each term of its call; a point may be left for later."""

    edited_version = EditedVersion()

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Ask about every term of the call, with what was said of it so far."""
        case: Case = subjects[0]
        asked: dict[str, Any] = {}
        for point in case.points:
            asked |= questions_of(point)
        kind = type("ChecklistForm", (cls,), asked)
        form: Self = kind()
        if form.edited_version.data is None:
            form.edited_version.data = case.version
        form.criteria = [point.criterion.id for point in case.points]
        return form

    criteria: list[UUID]

    def checks(self) -> Mapping[UUID, Check]:
        """Return what was said, by criterion; a point that was left out is not there."""
        return {
            id: Check(
                met=self[f"met_{id.hex}"].data == "yes", note=self[f"note_{id.hex}"].data or ""
            )
            for id in self.criteria
            if self[f"met_{id.hex}"].data
        }


def questions_of(point: Any) -> dict[str, Any]:
    """Return the two fields that ask about one term."""
    name, check = point.criterion.id.hex, point.check
    both = [SelectChoice("yes", _("Meets it")), SelectChoice("no", _("Does not"))]
    met = RadioField(
        says(point.criterion, "text"),
        choices=both,
        default=("yes" if check.met else "no") if check else None,
        validators=[Optional()],
    )
    note = Trimmed(_("Note"), default=check.note if check else "", validators=[NOTE])
    return {f"met_{name}": met, f"note_{name}": note}


class DecisionForm(Form):
    """What is decided about an application, and what the applicant reads of it."""

    edited_version = EditedVersion()
    outcome = RadioField(
        _("Decision"),
        coerce=WordField(Outcome),
        validators=[InputRequired(_("Choose what you decide."))],
    )
    waiting_rank = WholeField(
        _("Place on the waiting list"),
        description=_("Only for the waiting list. Left empty, it is the last place."),
        validators=[
            Optional(),
            NumberRange(min=1, max=999, message=_("Write a number from 1 to 999.")),
        ],
    )
    feedback = Prose(
        _("What the applicant reads"),
        description=_("Plain and useful: what convinced you, and what to work on. They read it"
                      " when the decision is published."),
        validators=[TEXT],
    )  # fmt: skip
    rationale = Prose(
        _("Why, for the team"),
        description=_("Stays with the team."),
        validators=[TEXT],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with the decision that is prepared, if one is."""
        case: Case = subjects[0]
        form = cls(obj=case.decision)
        form.outcome.choices = choices(Outcome)
        if form.edited_version.data is None:
            form.edited_version.data = case.decision.version if case.decision else 0
        return form

    def read(self) -> None:
        """Ask for feedback where the applicant is owed some."""
        super().read()
        owed = rules.without_feedback(self.outcome.data, self.feedback.data or "")
        if owed and isinstance(self.outcome.data, Outcome):
            self.feedback.errors = [*self.feedback.errors, say(owed)]
            self.accepted = False

    def words(self) -> DecisionWords:
        """Return what was decided."""
        return DecisionWords(
            outcome=self.outcome.data,
            feedback=self.feedback.data or "",
            rationale=self.rationale.data or "",
            waiting_rank=self.waiting_rank.data,
        )


class ApproveForm(Form):
    """That somebody agrees to what they have read."""

    edited_version = EditedVersion()

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Remember which wording is on the screen."""
        form = cls()
        if form.edited_version.data is None:
            form.edited_version.data = subjects[0].version
        return form


class PublishAllForm(Form):
    """That all approved decisions may take effect. `seen` is what was on the screen."""

    seen = HiddenField()

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Remember which decisions are on the screen."""
        batch: Batch = subjects[0]
        return cls(data={"seen": batch.fingerprint})

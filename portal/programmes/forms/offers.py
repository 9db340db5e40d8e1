"""What is asked of those who answer offers, and of staff who move the waiting list."""

from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import DataRequired, InputRequired, Length

from portal.platform.auth import current_actor
from portal.platform.language import say
from portal.programmes import rules
from portal.programmes.queries.offers import Turn
from portal.web.forms import BlankForm, Form, Prose, Trimmed

SHORT = Length(max=1000, message=_("Write at most 1,000 characters."))


class AcceptForm(Form):
    """The signature under the agreement."""

    name = Trimmed(
        _("Your name"),
        description=_("It stands as a signature under the agreement, with this moment."),
        validators=[
            DataRequired(_("Write your name, as you sign.")),
            Length(max=120, message=_("Write at most 120 characters.")),
        ],
    )
    agrees = BooleanField(
        _("I have read the agreement and accept it for the company"),
        validators=[InputRequired(_("Read the agreement and accept it, or decline the offer."))],
    )

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Begin with the name of whoever is asking."""
        return cls(data={"name": current_actor().name})


class DeclineForm(BlankForm):
    """Why an offer is declined, for whoever wants to say."""

    note = Prose(
        _("Why do you decline?"),
        description=_("You need not say. The programme team reads it."),
        validators=[SHORT],
    )


class TakeBackForm(BlankForm):
    """Why an offer is taken back."""

    reason = Prose(
        _("Why do you take it back?"),
        description=_("The applicant reads this."),
        validators=[DataRequired(_("Write a sentence that the applicant will understand.")), SHORT],
    )


class PromoteForm(Form):
    """Why somebody who is not the next is offered the place."""

    reason = Prose(
        _("Why this applicant and not the next?"),
        description=_("Stays with the team."),
        validators=[SHORT],
    )
    turn: Turn

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Remember whose turn it is."""
        form = cls()
        form.turn = subjects[0]
        return form

    def read(self) -> None:
        """Ask for the reason where there has to be one."""
        super().read()
        passed = rules.out_of_turn(is_next=self.turn.is_next, reason=self.reason.data or "")
        if passed:
            self.reason.errors = [*self.reason.errors, say(passed)]
            self.accepted = False


class ReleaseForm(BlankForm):
    """What an applicant reads who is taken off the waiting list."""

    message = Prose(
        _("What the applicant reads"),
        description=_("Why no place became free, and what they can do next."),
        validators=[DataRequired(_("Write a sentence that the applicant will understand.")), SHORT],
    )

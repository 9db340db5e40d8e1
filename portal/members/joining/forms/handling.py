"""What staff fill in about an application."""

from datetime import timedelta
from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from portal.members.forms.fields import text_field
from portal.members.joining import queries
from portal.members.queries import today
from portal.models import MembershipApplication
from portal.platform.auth import arrived
from portal.web.forms import BlankForm, DayField, Form

#: What is offered when somebody puts an application off.
A_WHILE = timedelta(days=30)


class AskForm(BlankForm):
    """A question to the applicants."""

    question = text_field(
        _("Your question"),
        InputRequired(_("Write a question.")),
        most=4000,
        description=_("They read it in an e-mail and answer here."),
    )


class DeferForm(Form):
    """Until when an application is put off, and why."""

    until = DayField(_("Until"), [InputRequired(_("Choose a day."))])
    reason = text_field(
        _("Why?"), InputRequired(_("Say why.")), most=1000, description=_("The applicants read it.")
    )

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Suggest a while."""
        form = cls()
        if not form.is_submitted():
            form.until.data = today(now=arrived()) + A_WHILE
        return form


class ApproveForm(Form):
    """The first day of the membership."""

    from_on = DayField(_("First day of the membership"), [InputRequired(_("Choose a day."))])

    @classmethod
    def about(cls, *_subjects: object) -> Self:
        """Begin with today."""
        form = cls()
        if not form.is_submitted():
            form.from_on.data = today(now=arrived())
        return form


class DeclineForm(BlankForm):
    """Why an application is declined."""

    reason = text_field(
        _("Why?"),
        InputRequired(_("Say why.")),
        most=2000,
        description=_("The applicants read it, followed by what they can do about it."),
    )


class AssignForm(Form):
    """Who looks after an application."""

    handler = SelectField(_("Who looks after it"), [InputRequired(_("Choose a colleague."))])

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer those who look after membership now."""
        row: MembershipApplication = subjects[0]
        form = cls()
        form.handler.choices = [
            SelectChoice(str(each.id), each.name) for each in queries.handlers(now=arrived())
        ]
        if row.handler_id is None:
            form.handler.choices.insert(0, SelectChoice("", _("Nobody yet")))
        if not form.is_submitted():
            form.handler.data = str(row.handler_id) if row.handler_id else ""
        return form

    def chosen(self) -> UUID:
        """Return the colleague who was chosen."""
        return UUID(str(self.handler.data))

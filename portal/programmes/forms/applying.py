"""What applicants are asked beside the questions: for whom, whether it is true, why they go."""

from typing import Any, Self
from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from portal.platform.auth import current_actor
from portal.platform.language import say
from portal.programmes.queries import applying as queries
from portal.programmes.rules import not_found_by
from portal.web.forms import BlankForm, Form, Prose, Trimmed


class BeginForm(Form):
    """For which of one's organisations to apply; who has one is not asked."""

    organisation = SelectField(_("Apply for"), coerce=str)

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Offer the person's organisations, the one that they act for chosen."""
        actor = current_actor()
        form = cls(data={"organisation": str(actor.acting.organisation_id) if actor.acting else ""})
        form.organisation.choices = [
            SelectChoice(str(each.organisation_id), each.organisation_name)
            for each in actor.standings
        ]
        if not form.organisation.raw_data and actor.acting:
            form.organisation.data = str(actor.acting.organisation_id)
        return form


class BeginForOthersForm(Form):
    """For which organisation staff begin a draft, on the phone with it."""

    organisation = Trimmed(
        _("Organisation"),
        description=_("Its organisation number, or its name exactly as it is listed."),
        validators=[InputRequired(_("Write for whom you begin the application."))],
    )
    found_id: UUID

    def read(self) -> None:
        """Look the organisation up, so that a slip is told at the field."""
        super().read()
        if not self.accepted:
            return
        found = queries.organisation_called(self.organisation.data or "")
        if found is None:
            self.organisation.errors = [say(not_found_by(self.organisation.data or ""))]
            self.accepted = False
        else:
            self.found_id = found.id


class SendForm(Form):
    """The last question before an application is sent. `seen` is what was read before it."""

    seen = HiddenField()
    confirm = BooleanField(
        _("What we wrote is true, and I may send it for the organisation"),
        validators=[InputRequired(_("Confirm this, then send."))],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Remember what is on the screen."""
        return cls(data={"seen": subjects[0].fingerprint})


class WithdrawForm(BlankForm):
    """Why an application is withdrawn, for whoever wants to say."""

    reason = Prose(
        _("Why do you withdraw?"),
        description=_("You need not say. The programme team reads it."),
        validators=[Length(max=1000, message=_("Write at most 1000 characters."))],
    )

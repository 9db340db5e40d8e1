"""Lost factors, and who has to have any."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import InputRequired, NumberRange

from portal.members.forms import throttling
from portal.members.forms.fields import text_field
from portal.models import LoginSession
from portal.platform import auth
from portal.platform.auth import arrived
from portal.web.forms import BlankForm, Form, WholeField


class LostForm(Form):
    """Say what happened to what one signs in with."""

    reason = text_field(
        _("What happened?"),
        InputRequired(_("Tell us what happened.")),
        most=500,
        description=_("For example: my phone fell into the sea. Write no passwords here."),
    )
    half: LoginSession | None = None

    @classmethod
    def about(cls, *_subjects: Any) -> "LostForm":
        """Find the session that waits in this browser."""
        form = cls()
        form.half = auth.half_session(now=arrived())
        return form

    def read(self) -> None:
        """Count the request."""
        super().read()
        if self.accepted and self.half is not None:
            throttling.count_letter("lost-factors", self.half.person.email)


class CheckForm(BlankForm):
    """How one of us made sure who is asking."""

    note = text_field(
        _("How did you make sure who it is?"),
        InputRequired(_("Write how you made sure.")),
        most=500,
        description=_("For example: I called the number that we had before, and saw them on video."
                      " Other administrators read this."),
    )  # fmt: skip


class DeclineForm(CheckForm):
    """Why a request is declined."""

    note = text_field(
        _("Why?"),
        InputRequired(_("Write why.")),
        most=500,
        description=_("Other administrators read this."),
    )


class DemandForm(Form):
    """Who has to have a second factor, and how long they have to set one up."""

    demanded = BooleanField(
        _("Staff and administrators of organisations need a second factor"),
        description=_("A passkey or an authenticator app. Without one, their roles count for"
                      " nothing once their days are over, until they have set one up."),
    )  # fmt: skip
    days = WholeField(
        _("Days to set it up"),
        [
            InputRequired(_("Write a number of days.")),
            NumberRange(0, 90, message=_("Write a number from 0 to 90.")),
        ],
        description=_("Counted from when somebody got their role, or from when this began."),
    )

    @classmethod
    def about(cls, *subjects: Any) -> "DemandForm":
        """Show what holds now."""
        row = subjects[0]
        return cls(data={"demanded": row.factors_from is not None, "days": row.factor_days})

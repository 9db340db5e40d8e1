"""What people fill in to register: colleagues, themselves, or somebody who is on the phone."""

from typing import Any, Self
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.validators import DataRequired

from portal.core.errors import Clash, Mistake
from portal.core.wording import N_, Sentence
from portal.events import policy
from portal.events.forms import throttling
from portal.events.forms.events import as_id
from portal.events.forms.fields import NO_TICKET
from portal.events.forms.people import FIRST_ROWS, PeopleForm, wanted_rows
from portal.events.places import Attendee
from portal.events.places.admission import REGISTERED
from portal.events.queries import own as queries
from portal.events.queries.own import Sheet
from portal.models import Actor
from portal.platform import language
from portal.platform.auth import arrived, current_actor
from portal.web.forms import Trimmed

REGISTERED_ONESELF = Sentence(N_("You are registered for this event already."))


class RegisterForm(PeopleForm):
    """Registering colleagues of the organisation that somebody acts for, or oneself alone."""

    acting_for = HiddenField()

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer colleagues to those who bind the organisation; others register themselves."""
        sheet: Sheet = subjects[0]
        actor = current_actor()
        standing = actor.acting
        if standing is None or not actor.represents(standing.organisation_id):
            return OneselfForm.alone(sheet, actor=actor)
        people = queries.colleagues(standing.organisation_id, now=arrived())
        form = cls.of(sheet, people, number=wanted_rows(FIRST_ROWS), every=False)
        form.remember(actor)
        return form

    def remember(self, actor: Actor) -> None:
        """Remember for whom the form was opened: in another tab that may change."""
        if not self.acting_for.data and actor.acting:
            self.acting_for.data = str(actor.acting.organisation_id)

    @property
    def organisation_id(self) -> UUID:
        """The organisation that the form was opened for."""
        return as_id(self.acting_for.data)

    def read(self) -> None:
        """Insist that the form still is for the organisation that it was opened for."""
        super().read()
        actor = current_actor()
        mine = {str(id) for id in actor.organisation_ids}
        if self.accepted and self.acting_for.data not in mine:
            self.acting_for.errors = [_("Open the form afresh.")]
            self.accepted = False
        if self.accepted:
            self.count(actor)

    def count(self, actor: Actor) -> None:
        """Count how often somebody names others. Raises TooOften."""
        throttling.count(self.typed(), actor=actor)

    def typed(self) -> set[str]:
        """Return the addresses that were typed, and not chosen."""
        return {self.answer(row, "email") for row in self.filled} - {""}


class OneselfForm(RegisterForm):
    """Registering oneself: once for each event, and the letter goes to nobody else."""

    several = False

    def count(self, actor: Actor) -> None:
        """Count nothing: nobody else is named."""

    @classmethod
    def alone(cls, sheet: Sheet, *, actor: Actor) -> Self:
        """Ask for a ticket alone: who it is, we know."""
        form = cls.of(sheet, (), number=1, every=policy.event_staff(actor))
        form.remember(actor)
        return form

    @classmethod
    def row_fields(cls, *, people: bool) -> dict[str, Any]:
        """Ask for the ticket."""
        return {"ticket_id": SelectField(_("Ticket"))}

    def refuse(self, refusal: Mistake | Clash) -> None:
        """Say “you” of whom we know."""
        if isinstance(refusal, Mistake) and refusal.reason == REGISTERED:
            refusal = Mistake(refusal.field, REGISTERED_ONESELF)
        super().refuse(refusal)

    def is_filled(self, row: int) -> bool:
        """Count the one row, whatever stands in it."""
        return True

    def check(self, row: int) -> None:
        """Insist on a ticket."""
        if not self.answer(row, "ticket_id"):
            self.wrong(row, "ticket_id", NO_TICKET)

    def attendee(self, row: int) -> Attendee:
        """Return oneself."""
        actor = current_actor()
        return Attendee(
            name=actor.name, email=actor.email, ticket_id=as_id(self.answer(row, "ticket_id"))
        )


class RegisterForForm(PeopleForm):
    """Registering people of an organisation that is on the phone."""

    organisation = Trimmed(
        _("Organisation"),
        description=_("Its organisation number, or its name exactly as it is listed."),
        validators=[DataRequired(_("Write where these people come from."))],
    )
    organisation_id: UUID

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer every ticket."""
        return cls.of(subjects[0], (), number=wanted_rows(FIRST_ROWS), every=True)

    def read(self) -> None:
        """Look the organisation up, so that a slip is told at the field."""
        super().read()
        typed = self.organisation.data or ""
        if "add" in request.form or not typed:
            return
        found = queries.organisation_called(typed)
        if found is None:
            said = N_("We know no organisation “%(typed)s”. Check the number or the name.")
            self.organisation.errors = [language.say(Sentence(said, {"typed": typed[:80]}))]
            self.accepted = False
        else:
            self.organisation_id = found.id

    def refuse(self, refusal: Mistake | Clash) -> None:
        """Show at the field what is wrong with the organisation."""
        if isinstance(refusal, Mistake) and refusal.field == "organisation_id":
            refusal = Mistake("organisation", refusal.reason)
        super().refuse(refusal)

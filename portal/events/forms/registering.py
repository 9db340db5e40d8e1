"""What people fill in to register: a row for each person, a ticket, a reference where one is due.

Without script: a button adds a row, and a row that is left empty is left out.
"""

import re
from collections.abc import Sequence
from typing import Any, Self
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import EmailField, Field, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Email, Length, Optional, Regexp

from portal.core.errors import Clash, Mistake
from portal.core.wording import N_, Sentence
from portal.events import policy
from portal.events.forms import throttling
from portal.events.forms.events import as_id
from portal.events.places import Attendee, Booking
from portal.events.presentation import words
from portal.events.queries import own as queries
from portal.events.queries.own import Sheet
from portal.models import Actor
from portal.platform import language, tokens
from portal.platform.auth import arrived, current_actor
from portal.web.forms import Form, Prose, Trimmed

FIRST_ROWS, MOST_ROWS = 3, 20
LINE = Length(max=120, message=_("Write at most 120 characters."))
ADDRESS = Email(_("Write a whole e-mail address, such as name@example.org."), allow_smtputf8=False)
LONG_ADDRESS = Length(max=254, message=_("This address is too long."))
OFF = {"autocomplete": "off"}
NUMBERED = re.compile(r"people-(\d+)-(\w+)")

NO_NAME = Sentence(N_("Write the name."))
NO_ADDRESS = Sentence(N_("Write the e-mail address."))
NO_TICKET = Sentence(N_("Choose a ticket."))
NOBODY = Sentence(N_("Say who is to be registered."))


def email_field(label: Any, *validators: Any, **more: Any) -> EmailField:
    """Make a field for somebody's e-mail address."""
    return EmailField(
        label,
        [*validators, ADDRESS, LONG_ADDRESS],
        filters=[lambda text: (text or "").strip().lower()],
        render_kw=OFF,
        **more,
    )


def colleague_choices(people: Sequence[Any]) -> list[SelectChoice]:
    """Return colleagues to choose from, or somebody whom we do not know."""
    others = SelectChoice("", _("Choose, or write a name"))
    return [others, *(SelectChoice(str(each.id), each.name) for each in people)]


def ticket_choices(tickets: Sequence[Any], *, every: bool) -> list[SelectChoice]:
    """Return the tickets that are given out, with price and room."""
    offered = [ticket for ticket in tickets if every or ticket.on_sale]
    told = [
        SelectChoice(
            str(ticket.id),
            f"{language.says(ticket, 'name')} · {words.price(ticket)} · {words.room(ticket)}",
        )
        for ticket in offered
    ]
    return told if len(told) == 1 else [SelectChoice("", _("Choose a ticket")), *told]


class PeopleForm(Form):
    """Rows of people, and what is asked once for all of them."""

    client_token = HiddenField(
        validators=[
            DataRequired(_("Open the form afresh.")),
            Length(max=100, message=_("Open the form afresh.")),
            Regexp(r"[A-Za-z0-9_-]+\Z", message=_("Open the form afresh.")),
        ]
    )
    rows = HiddenField()
    purchase_reference = Trimmed(
        _("Purchase reference"),
        description=_("Stands on the invoice: an order number or whoever approved it."),
        validators=[LINE],
    )
    note = Prose(
        _("Anything the event team should know?"),
        validators=[Length(max=1000, message=_("Write at most 1,000 characters."))],
    )
    number: int
    colleagues: dict[str, Any]
    filled: list[int]
    #: Whether every ticket needs a purchase reference.
    always_referred: bool

    @classmethod
    def of(cls, sheet: Sheet, people: Sequence[Any], *, number: int, every: bool) -> Self:
        """Make a form with so many rows about these people and tickets."""
        tickets = ticket_choices(sheet.tickets, every=every)
        asked: dict[str, Any] = {}
        for row in range(number):
            asked |= cls.row_fields(row, people, tickets)
        needs = [ticket.needs_purchase_reference for ticket in sheet.tickets]
        if not any(needs):
            asked["purchase_reference"] = None
        kind = type("PeopleForm", (cls,), asked)
        form: Self = kind()
        form.number, form.rows.data = number, str(number)
        form.colleagues = {str(each.id): each for each in people}
        form.filled = []
        form.always_referred = all(needs)
        for field in form:
            if about := NUMBERED.fullmatch(field.name):
                field.about = _("Person %(number)s", number=int(about[1]) + 1)
        if not form.client_token.data:
            form.client_token.data = tokens.fresh()
        return form

    @classmethod
    def row_fields(
        cls, row: int, people: Sequence[Any], tickets: list[SelectChoice]
    ) -> dict[str, Any]:
        """Return what is asked about one person."""
        begins = f"people-{row}-"
        asked = {
            "name": Trimmed(_("Name"), [LINE], render_kw=OFF),
            "email": email_field(_("E-mail"), Optional()),
            "ticket_id": SelectField(_("Ticket"), choices=tickets),
        }
        if people:
            who = SelectField(_("Who"), choices=colleague_choices(people))
            asked = {"who": who} | asked
        return {begins + name: field for name, field in asked.items()}

    def forget_what_is_known(self) -> None:
        """Leave out what was typed before a colleague was chosen; pages do not show it then."""
        for row in range(self.number):
            if self.answer(row, "who"):
                for field in (self.field(row, "name"), self.field(row, "email")):
                    if field is not None:
                        field.data, field.raw_data = "", [""]

    def field(self, row: int, name: str) -> Field | None:
        """Return what is asked about one person under a name, if it is asked."""
        found: Field | None = self._fields.get(f"people-{row}-{name}")
        return found

    def answer(self, row: int, name: str) -> str:
        """Return what was answered about one person."""
        field = self.field(row, name)
        return (field.data or "") if field is not None else ""

    def read(self) -> None:
        """Add a row where one was asked for; else insist on whole rows."""
        if "add" in request.form:
            self.accepted = False
            return
        self.forget_what_is_known()
        super().read()
        self.filled = [row for row in range(self.number) if self.is_filled(row)]
        if not self.filled:
            self.wrong(0, "who" if self.field(0, "who") is not None else "name", NOBODY)
        for row in self.filled:
            self.check(row)

    def is_filled(self, row: int) -> bool:
        """Tell whether a row is about somebody, or has a ticket that was chosen for somebody."""
        ticket = self.field(row, "ticket_id")
        asked = ["who", "name", "email"]
        if ticket is not None and len(ticket.choices) > 1:  # a single one is chosen from the start
            asked.append("ticket_id")
        return any(self.answer(row, name) for name in asked)

    def check(self, row: int) -> None:
        """Insist on a name and an address of whom we do not know, and on a ticket."""
        if not self.answer(row, "who"):
            for name, said in (("name", NO_NAME), ("email", NO_ADDRESS)):
                if not self.answer(row, name):
                    self.wrong(row, name, said)
        if not self.answer(row, "ticket_id"):
            self.wrong(row, "ticket_id", NO_TICKET)

    def wrong(self, row: int, name: str, said: Sentence) -> None:
        """Say what is wrong with one answer."""
        field = self.field(row, name)
        if field is not None and not field.errors:
            field.errors = [language.say(said)]
        self.accepted = False

    def refuse(self, refusal: Mistake | Clash) -> None:
        """Find the row that a mistake is about: empty rows were left out when they were counted."""
        about = NUMBERED.fullmatch(refusal.field) if isinstance(refusal, Mistake) else None
        if about is None:
            super().refuse(refusal)
            return
        row, name = self.filled[int(about[1])], about[2]
        if name != "ticket_id" and self.answer(row, "who"):
            name = "who"
        if self.field(row, name) is None:
            name = "ticket_id"
        self.wrong(row, name, refusal.reason)

    def attendee(self, row: int) -> Attendee:
        """Return whom a row is about."""
        known = self.colleagues.get(self.answer(row, "who"))
        return Attendee(
            name=known.name if known else self.answer(row, "name"),
            email=known.email if known else self.answer(row, "email"),
            phone=known.phone if known else "",
            title=known.title if known else "",
            ticket_id=as_id(self.answer(row, "ticket_id")),
        )

    def booking(self, organisation_id: UUID) -> Booking:
        """Return what is asked for."""
        reference = self["purchase_reference"].data if "purchase_reference" in self else ""
        return Booking(
            organisation_id=organisation_id,
            client_token=self.client_token.data or "",
            people=tuple(self.attendee(row) for row in self.filled),
            purchase_reference=reference or "",
            note=self.note.data or "",
        )


def wanted_rows(first: int) -> int:
    """Return how many rows to show: those that were there, and one more where it was asked for."""
    sent = request.form.get("rows", "")
    there = int(sent) if sent.isdecimal() and len(sent) < 3 else first
    return max(1, min(there + ("add" in request.form), MOST_ROWS))


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
            throttling.count(self.typed(), actor=actor)

    def typed(self) -> set[str]:
        """Return the addresses that were typed, and not chosen."""
        return {self.answer(row, "email") for row in self.filled} - {""}


class OneselfForm(RegisterForm):
    """Registering oneself."""

    @classmethod
    def alone(cls, sheet: Sheet, *, actor: Actor) -> Self:
        """Ask for a ticket alone: who it is, we know."""
        form = cls.of(sheet, (), number=1, every=policy.event_staff(actor))
        form.remember(actor)
        return form

    @classmethod
    def row_fields(
        cls, row: int, people: Sequence[Any], tickets: list[SelectChoice]
    ) -> dict[str, Any]:
        """Ask for the ticket."""
        return {f"people-{row}-ticket_id": SelectField(_("Ticket"), choices=tickets)}

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

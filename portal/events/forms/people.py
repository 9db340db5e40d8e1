"""Rows of people to fill in: whom they are about, a ticket each, a reference where one is due.

Without script: a button adds a row, and a row that is left empty is left out.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Self
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from portal.core.errors import Clash, Mistake
from portal.core.wording import N_, Sentence
from portal.events.forms.events import as_id
from portal.events.forms.fields import (
    LINE,
    NO_ADDRESS,
    NO_NAME,
    NO_TICKET,
    OFF,
    colleague_choices,
    email_field,
    kind_choices,
)
from portal.events.places import Attendee, Booking
from portal.events.queries.own import Sheet
from portal.platform import language, tokens
from portal.web.forms import Form, Prose, Trimmed

FIRST_ROWS, MOST_ROWS = 3, 20
NUMBERED = re.compile(r"people-(\d+)-(\w+)")

NOBODY = Sentence(N_("Say who is to be registered."))


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
    #: Whether there may be several rows: each says then whose it is.
    several = True
    number: int
    colleagues: dict[str, Any]
    filled: list[int]
    #: Whether every ticket needs a purchase reference.
    always_referred: bool

    @classmethod
    def of(cls, sheet: Sheet, people: Sequence[Any], *, number: int, every: bool) -> Self:
        """Make a form with so many rows about these people and tickets."""
        needs = [ticket.needs_purchase_reference for ticket in sheet.kinds]
        kind: Any = cls
        form: Self = with_rows(kind, number, people=bool(people), referred=any(needs))()
        form.number, form.rows.data = number, str(number)
        form.colleagues = {str(each.id): each for each in people}
        form.filled = []
        form.always_referred = all(needs)
        form.offer(people, kind_choices(sheet, every=every))
        if not form.client_token.data:
            form.client_token.data = tokens.fresh()
        return form

    def offer(self, people: Sequence[Any], tickets: list[SelectChoice]) -> None:
        """Offer these colleagues and tickets in every row."""
        choices = {"who": colleague_choices(people), "ticket_id": tickets}
        for field in self:
            if about := NUMBERED.fullmatch(field.name):
                if self.several:
                    field.about = _("Person %(number)s", number=int(about[1]) + 1)
                if about[2] in choices:
                    field.choices = choices[about[2]]

    @classmethod
    def row_fields(cls, *, people: bool) -> dict[str, Any]:
        """Return what is asked about one person, who may be among people that we know."""
        asked = {
            "name": Trimmed(_("Name"), [LINE], render_kw=OFF),
            "email": email_field(_("E-mail"), Optional()),
            "ticket_id": SelectField(_("Ticket")),
        }
        return {"who": SelectField(_("Who"))} | asked if people else asked

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


@cache
def with_rows(
    kind: type[PeopleForm], number: int, *, people: bool, referred: bool
) -> type[PeopleForm]:
    """Make, once, the form with so many rows; making a class costs more than filling one in."""
    asked: dict[str, Any] = {} if referred else {"purchase_reference": None}
    for row in range(number):
        for name, field in kind.row_fields(people=people).items():
            asked[f"people-{row}-{name}"] = field
    return type("PeopleForm", (kind,), asked)


def wanted_rows(first: int) -> int:
    """Return how many rows to show: those that were there, and one more where it was asked for."""
    sent = request.form.get("rows", "")
    there = int(sent) if sent.isdecimal() and len(sent) < 3 else first
    return max(1, min(there + ("add" in request.form), MOST_ROWS))

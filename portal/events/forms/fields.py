"""Fields and choices that several forms about people ask with."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import EmailField
from wtforms.fields import SelectChoice
from wtforms.validators import Email, Length

from portal.core.wording import N_, Sentence
from portal.events.presentation import words
from portal.events.queries.own import Sheet
from portal.platform import language

LINE = Length(max=120, message=_("Write at most 120 characters."))
ADDRESS = Email(_("Write a whole e-mail address, such as name@example.org."), allow_smtputf8=False)
LONG_ADDRESS = Length(max=254, message=_("This address is too long."))
OFF = {"autocomplete": "off"}

NO_NAME = Sentence(N_("Write the name."))
NO_ADDRESS = Sentence(N_("Write the e-mail address."))
NO_TICKET = Sentence(N_("Choose a ticket."))


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
    return one_or_choose([SelectChoice(str(each.id), told(each)) for each in offered])


def kind_choices(sheet: Sheet, *, every: bool) -> list[SelectChoice]:
    """Return the same, told only when the form is shown: most that are sent are not again."""
    offered = [kind.ticket_id for kind in sheet.kinds if every or kind.on_sale]
    return one_or_choose([SelectChoice(str(id), LazyString(told_of, sheet, id)) for id in offered])


def told_of(sheet: Sheet, id: UUID) -> str:
    """Tell of a ticket of a sheet, unless it was thrown away meanwhile."""
    ticket = sheet.tickets.get(id)
    return told(ticket) if ticket else ""


def told(ticket: Any) -> str:
    """Tell the name, price and room of a ticket."""
    return f"{language.says(ticket, 'name')} · {words.price(ticket)} · {words.room(ticket)}"


def one_or_choose(choices: list[SelectChoice]) -> list[SelectChoice]:
    """Return the only choice, or an invitation to choose before the others."""
    return choices if len(choices) == 1 else [SelectChoice("", _("Choose a ticket")), *choices]

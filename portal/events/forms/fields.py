"""Fields and choices that several forms about people ask with."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import EmailField
from wtforms.fields import SelectChoice
from wtforms.validators import Email, Length

from portal.core.wording import N_, Sentence
from portal.events.presentation import words
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
    told = [
        SelectChoice(
            str(ticket.id),
            f"{language.says(ticket, 'name')} · {words.price(ticket)} · {words.room(ticket)}",
        )
        for ticket in offered
    ]
    return told if len(told) == 1 else [SelectChoice("", _("Choose a ticket")), *told]

"""What is asked about one delegate, and about several of them."""

from collections.abc import Sequence
from typing import Any, Self
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import SelectField, SelectMultipleField, TelField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.wording import Sentence
from portal.events import policy
from portal.events.forms import throttling
from portal.events.forms.events import as_id
from portal.events.forms.fields import (
    LINE,
    NO_ADDRESS,
    NO_NAME,
    OFF,
    colleague_choices,
    email_field,
    ticket_choices,
)
from portal.events.places import NewName
from portal.events.queries import listing
from portal.events.queries import own as queries
from portal.events.queries.public import tickets_of
from portal.models import Delegate, Event
from portal.platform import language
from portal.platform.auth import arrived, current_actor
from portal.web.forms import BlankForm, Form, Prose, Trimmed

REASON = Length(max=1000, message=_("Write at most 1,000 characters."))


def phone_field() -> TelField:
    """Make a field for a number to call somebody on."""
    return TelField(
        _("Phone"),
        validators=[Length(max=40, message=_("Write at most 40 characters."))],
        filters=[lambda text: " ".join((text or "").split())],
        render_kw=OFF,
    )


class ReasonForm(BlankForm):
    """Why staff end or refuse something."""

    reason = Prose(
        _("Why?"),
        description=_("Whoever is registered reads this."),
        validators=[DataRequired(_("Write a sentence that they will understand.")), REASON],
    )


class DetailsForm(Form):
    """The spelling of a name, a title, a number: the person stays the same."""

    name = Trimmed(_("Name"), validators=[InputRequired(_("Write the name.")), LINE], render_kw=OFF)
    title = Trimmed(_("Job title"), validators=[LINE], render_kw=OFF)
    phone = phone_field()


class SubstituteForm(Form):
    """Who comes instead."""

    who = SelectField(_("Who comes instead?"))
    name = Trimmed(_("Name"), validators=[LINE], render_kw=OFF)
    email = email_field(_("E-mail"), Optional())
    title = Trimmed(_("Job title"), validators=[LINE], render_kw=OFF)
    phone = phone_field()
    colleagues: dict[str, Any]

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the colleagues of whoever gives the place away."""
        delegate: Delegate = subjects[0]
        form = cls()
        people = queries.colleagues(delegate.organisation_id, now=arrived())
        others = [each for each in people if each.email != delegate.email]
        form.who.choices = colleague_choices(others)
        form.colleagues = {str(each.id): each for each in others}
        return form

    def read(self) -> None:
        """Insist on a name and an address of whom we do not know."""
        super().read()
        if self.who.data:
            return
        for field, said in ((self.name, NO_NAME), (self.email, NO_ADDRESS)):
            if not field.data and not field.errors:
                self.wrong(field, said)
        if self.accepted:
            throttling.count([self.email.data or ""], actor=current_actor())

    def wrong(self, field: Any, said: Sentence) -> None:
        """Say what is wrong with one answer."""
        field.errors = [language.say(said)]
        self.accepted = False

    def new_name(self) -> NewName:
        """Return who comes instead."""
        known = self.colleagues.get(self.who.data or "")
        return NewName(
            name=known.name if known else self.name.data or "",
            email=known.email if known else self.email.data or "",
            phone=self.phone.data or (known.phone if known else ""),
            title=self.title.data or (known.title if known else ""),
        )


class ChangeTicketForm(Form):
    """Which other ticket somebody would rather have."""

    ticket_id = SelectField(
        _("New ticket"),
        description=_("You keep your place until the other one is yours."),
        validators=[DataRequired(_("Choose a ticket."))],
    )
    purchase_reference = Trimmed(
        _("Purchase reference"),
        description=_("Left empty, the one that was given stays."),
        validators=[LINE],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the other tickets of the event."""
        delegate: Delegate = subjects[0]
        form = cls()
        others = [each for each in tickets_of(delegate.event_id) if each.id != delegate.ticket_id]
        every = policy.event_staff(current_actor())
        form.ticket_id.choices = ticket_choices(others, every=every)
        if not any(ticket.needs_purchase_reference for ticket in others):
            del form.purchase_reference
        return form

    @property
    def chosen(self) -> UUID:
        """The ticket that was chosen."""
        return as_id(self.ticket_id.data)

    @property
    def reference(self) -> str:
        """What the invoice is to carry, if it was asked for."""
        return self.purchase_reference.data or "" if self.purchase_reference else ""


class ChosenForm(Form):
    """The delegates that staff ticked in a list."""

    ids = SelectMultipleField(
        _("Delegates"),
        coerce=as_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[DataRequired(_("Tick at least one delegate."))],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Offer the delegates of the event that were ticked, and no others."""
        event: Event = subjects[0]
        form = cls()
        wanted = wanted_ids(request.values.getlist("ids"))
        found = listing.chosen(event, wanted, actor=current_actor()) if wanted else ()
        form.offer(found)
        return form

    def offer(self, found: Sequence[Any]) -> None:
        """Offer these delegates; at first all of them are chosen."""
        self.ids.choices = [SelectChoice(row.id, self.called(row)) for row in found]
        if not self.is_submitted():
            self.ids.data = [row.id for row in found]
        elif self.ids.data is None:
            self.ids.data = []

    def called(self, row: Any) -> str:
        """Say who somebody is, where they come from and how they stand: names alone are alike."""
        state = language.tell(row.state.label)
        told = {"name": row.name, "organisation": row.organisation_name, "state": state}
        return str(_("%(name)s, %(organisation)s (%(state)s)", **told))


def wanted_ids(given: Sequence[str]) -> list[UUID]:
    """Read the ids that an address or a form brings; what is none is left out."""
    found = []
    for text in given[: listing.MOST_CHOSEN]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


class MessageForm(ChosenForm):
    """What staff write to delegates."""

    subject = Trimmed(_("Subject"), validators=[InputRequired(_("Write what it is about.")), LINE])
    text = Prose(
        _("Message"),
        description=_("Everybody who is ticked gets it as an e-mail of their own."),
        validators=[
            DataRequired(_("Write the message.")),
            Length(max=5000, message=_("Write at most 5,000 characters.")),
        ],
    )

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Begin with those who were ticked, else with all that the list showed."""
        form: Self = super().about(*subjects)
        if not form.ids.choices and not form.is_submitted():
            wish = listing.Wish.of(request.args)
            found = listing.everybody(subjects[0], wish, actor=current_actor())
            form.offer(found)
        return form


class CountAgainForm(Form):
    """That every place is to be counted again. It changes nothing, so nothing is opened to write.

    Many rows are read for it: not for programmes that open every link.
    """

    asked = False

    def read(self) -> None:
        """Take note of the wish."""
        super().read()
        self.asked, self.accepted = self.accepted, False

"""What staff fill in about an event."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Self
from uuid import UUID
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.events import rules
from portal.events.forms.pictures import PictureFields
from portal.events.presentation import words
from portal.events.queries import staff as queries
from portal.events.service.events import EventTerms, Relocation
from portal.models import Event, EventState
from portal.platform import language
from portal.platform.auth import arrived, current_actor
from portal.web.forms import BlankForm, Edited, Form, Prose, Trimmed, WholeField, ZonedField

#: Zones that are named after a town, which people know.
PARTS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
ZONES = sorted(name for name in available_timezones() if name.partition("/")[0] in PARTS)
LINE = Length(max=120, message=_("Write at most 120 characters."))
SUMMARY = Length(max=400, message=_("Write at most 400 characters."))
TEXT = Length(max=20_000, message=_("Write at most 20,000 characters."))
TITLE = DataRequired(_("Write a title in this language."))
MARKS = _("Leave an empty line between paragraphs. **Bold**, - lists and [links](https://…) work.")


def as_id(value: object) -> UUID:
    """Read the id of what was chosen. Raises ValueError for what is none."""
    return value if isinstance(value, UUID) else UUID(str(value))


class Placed(Form):
    """When and where an event is. Its moments are read as the clock shows them in its zone."""

    zone = SelectField(_("Time zone"), choices=[SelectChoice(name, name) for name in ZONES])
    starts_at = ZonedField(_("Begins"), validators=[InputRequired(_("Choose when it begins."))])
    ends_at = ZonedField(_("Ends"), validators=[InputRequired(_("Choose when it ends."))])
    place = Trimmed(
        _("Town"),
        description=_("Stands in lists: “Amsterdam”."),
        validators=[DataRequired(_("Write where it is.")), LINE],
    )
    country = SelectField(_("Country"))
    address = Prose(
        _("Address"),
        description=_("Hall and stand, or the street."),
        validators=[SUMMARY],
    )

    def process(self, *given: Any, **more: Any) -> None:
        """Read the moments in the zone that was chosen with them."""
        sent = self.meta.wrap_formdata(self, given[0] if given else more.get("formdata"))
        kept = getattr(more.get("obj"), "zone", None) or language.zone()
        chosen = sent.get("zone", kept) if sent else kept
        zone = chosen if chosen in ZONES else kept
        for field in self:
            if isinstance(field, ZonedField):
                field.zone = told(zone)
        if "country" in self:
            named = words.countries(language.current()).items()
            self.country.choices = [SelectChoice(code, name) for code, name in named]
        super().process(*given, **more)

    def read(self) -> None:
        """Refuse dates that cannot be meant."""
        super().read()
        if self.accepted and "ends_at" in self:
            self.check_length(self.starts_at.data, self.ends_at.data)

    def check_length(self, starts_at: datetime | None, ends_at: datetime | None) -> None:
        """Refuse an end that is before the beginning or far after it."""
        if starts_at is None or ends_at is None:
            return
        if wrong := rules.wrong_dates(starts_at, ends_at):
            self.ends_at.errors = [*self.ends_at.errors, language.say(wrong)]
            self.accepted = False


def told(zone: str) -> Callable[[], str]:
    """Return what tells a zone to a field."""
    return lambda: zone


#: The questions as they stand on the page: what is wrong is told in this order.
ON_THE_PAGE = (
    "title_en", "title_nb", "standfirst_en", "standfirst_nb", "text_en", "text_nb", "show",
    "picture", "unpictured", "alternative_en", "alternative_nb", "decorative",
    "place", "country", "address", "zone", "starts_at", "ends_at",
    "registration_opens_at", "registration_closes_at", "max_per_organisation", "offer_hours",
    "needs_approval", "promotion_paused", "tier_ids", "contact_id",
)  # fmt: skip


class EventForm(Placed, PictureFields):
    """What an event is, when and where, and on what terms people take part."""

    _fields: dict[str, Any]

    title_en = Trimmed(_("Title in English"), validators=[TITLE, LINE])
    title_nb = Trimmed(_("Title in Norwegian"), validators=[TITLE, LINE])
    standfirst_en = Prose(
        _("In one sentence, in English"),
        description=_("Stands in lists and where the page is shared."),
        validators=[SUMMARY],
    )
    standfirst_nb = Prose(_("In one sentence, in Norwegian"), validators=[SUMMARY])
    text_en = Prose(_("The whole text in English"), description=MARKS, validators=[TEXT])
    text_nb = Prose(_("The whole text in Norwegian"), description=MARKS, validators=[TEXT])
    show = Trimmed(
        _("Trade show"),
        description=_("The fair that it belongs to, such as IBC or NAB, if it does."),
        validators=[LINE],
    )
    contact_id = SelectField(
        _("Contact person"),
        description=_("Their name and address stand on the public page."),
        coerce=as_id,
    )
    registration_opens_at = ZonedField(
        _("Registration opens"), validators=[InputRequired(_("Choose when people can register."))]
    )
    registration_closes_at = ZonedField(
        _("Registration closes"),
        description=_("What arrives at this time or later is not taken."),
        validators=[InputRequired(_("Choose until when people can register."))],
    )
    needs_approval = BooleanField(
        _("The event team approves each registration"),
        description=_("A request holds no place until you approve it."),
    )
    max_per_organisation = WholeField(
        _("Most people from one organisation"),
        description=_("Left empty, there is no limit."),
        validators=[
            Optional(),
            NumberRange(min=1, max=999, message=_("Write a number from 1 to 999.")),
        ],
    )
    tier_ids = SelectMultipleField(
        _("Only members of these kinds"),
        description=_("With none chosen, every organisation may register."),
        coerce=as_id,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    offer_hours = WholeField(
        _("Hours to answer an offered place"),
        validators=[
            InputRequired(_("Write how many hours an offer stays open.")),
            NumberRange(min=1, max=720, message=_("Write a number from 1 to 720.")),
        ],
    )
    promotion_paused = BooleanField(
        _("Do not offer free places by themselves"),
        description=_("Those who wait are then offered places only when you do it by hand."),
    )

    def process(self, *given: Any, **more: Any) -> None:
        """Put the questions in the order of the page, whichever part of the form they are from."""
        in_order = {name: self._fields[name] for name in ON_THE_PAGE if name in self._fields}
        self._fields = in_order | self._fields
        super().process(*given, **more)

    def offer_choices(self, contact: Any, chosen: Any = ()) -> None:
        """Offer the team as contacts, whoever is the contact now, and the kinds of membership."""
        people = [(row.id, row.name) for row in queries.team(now=arrived())]
        if contact is not None and contact.id not in {id for id, _name in people}:
            people.append((contact.id, contact.name))
        self.contact_id.choices = [SelectChoice(id, name) for id, name in people]
        self.tier_ids.choices = [
            SelectChoice(tier.id, language.says(tier, "name")) for tier in queries.tiers()
        ]
        if not self.is_submitted():
            self.tier_ids.data = [tier.id for tier in chosen]

    def terms(self, kept: Event | None = None) -> EventTerms:
        """Return what was decided; what was not asked stays as it is kept."""
        names = (name for name in EventTerms.__dataclass_fields__ if name != "tier_ids")
        told = {n: self[n].data if n in self else getattr(kept, n) for n in names}
        return EventTerms(**told, tier_ids=tuple(self.tier_ids.data or ()))

    def read(self) -> None:
        """Refuse a window that cannot be meant."""
        super().read()
        ends_at = self.ends_at.data if "ends_at" in self else self.kept_end
        if not self.accepted or ends_at is None:
            return
        opens_at, closes_at = self.registration_opens_at.data, self.registration_closes_at.data
        if opens_at and closes_at:
            wrong = rules.wrong_window(opens_at, closes_at, ends_at)
            if wrong:
                field = self.registration_closes_at
                field.errors = [*field.errors, language.say(wrong)]
                self.accepted = False

    kept_end: datetime | None = None


class NewEventForm(EventForm):
    """The first terms of an event."""

    @classmethod
    def about(cls, *_subjects: Any) -> Self:
        """Begin at home, with whoever is asking as the contact."""
        form = cls(
            zone=language.zone(), country="NO", offer_hours=48, contact_id=current_actor().id
        )
        form.offer_choices(None)
        return form


class EditEventForm(Edited, EventForm):
    """The same about an event that there is. When and where a public event is, is moved."""

    @classmethod
    def about(cls, *subjects: Any) -> Self:
        """Ask for dates and place only while nobody knows of them."""
        event: Event = subjects[0]
        form: Self = super().about(*subjects)
        form.offer_choices(event.contact, event.tiers)
        form.remember(event)
        if event.state is not EventState.DRAFT:
            form.kept_end = event.ends_at
            for name in ("zone", "starts_at", "ends_at", "place", "country", "address"):
                del form[name]
        return form


class MoveForm(Edited, Placed):
    """To when and where an event is moved, and why."""

    reason = Prose(
        _("Why is it moved?"),
        description=_("Everybody who is registered reads this."),
        validators=[
            DataRequired(_("Write a sentence that delegates will understand.")),
            Length(max=1000, message=_("Write at most 1,000 characters.")),
        ],
    )

    def move(self) -> Relocation:
        """Return the new dates and place."""
        names = Relocation.__dataclass_fields__
        return Relocation(**{name: self[name].data for name in names})


class CancelForm(BlankForm):
    """Why an event is cancelled."""

    reason = Prose(
        _("Why do you cancel it?"),
        description=_("Everybody who is registered reads this, and it stands on the page."),
        validators=[
            DataRequired(_("Write a sentence that delegates will understand.")),
            Length(max=1000, message=_("Write at most 1,000 characters.")),
        ],
    )

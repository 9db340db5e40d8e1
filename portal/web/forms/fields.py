"""Fields for numbers, texts, days and moments, as people type them."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.fields import DateField, DateTimeLocalField

from portal.platform import language

#: What a database calls a whole number ends here.
TOO_MANY = 2**31


class WholeField(IntegerField):  # type: ignore[misc]  # WTForms has no type hints
    """A whole number that a database takes."""

    data: Any

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Refuse what is no whole number, or has more figures than any that is asked for."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Write a whole number, such as 12.")) from None
        if self.data is not None and abs(self.data) >= TOO_MANY:
            self.data = None
            raise ValueError(_("This number is too large."))


class Trimmed(StringField):  # type: ignore[misc]  # WTForms has no type hints
    """One line of text without spaces around it."""

    data: str | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Drop the spaces that copying brings along."""
        super().process_formdata(valuelist)
        self.data = " ".join((self.data or "").split())


class Prose(TextAreaField):  # type: ignore[misc]  # WTForms has no type hints
    """Several lines of text, with line ends as we keep them."""

    data: str | None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Make the line ends of every browser the same, so that equal texts are equal."""
        super().process_formdata(valuelist)
        lines = (self.data or "").splitlines()
        self.data = "\n".join(line.rstrip() for line in lines).strip("\n")


def is_meant(day: date) -> bool:
    """Tell whether a day lies in a century that anybody means; the calendar has ends."""
    return 1900 <= day.year <= 2199


class DayField(DateField):  # type: ignore[misc]  # WTForms has no type hints
    """A day, in a century that is meant."""

    data: Any

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Refuse what is a slip of the keys; other code may count on from any day."""
        super().process_formdata(valuelist)
        if self.data is not None and not is_meant(self.data):
            self.data = None
            raise ValueError(_("Choose a year between 1900 and 2199."))


class ZonedField(DateTimeLocalField):  # type: ignore[misc]  # WTForms has no type hints
    """A moment typed as the clock shows it in a zone; kept as the moment it is.

    `zone` returns the IANA name. An hour that the clock skips in spring is refused; of an hour
    that comes twice in autumn, the first is meant.
    """

    def __init__(self, *args: Any, zone: Callable[[], str] = language.zone, **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)
        self.zone = zone

    data: datetime | None

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        local = self.data and self.data.astimezone(ZoneInfo(self.zone()))
        return local.strftime("%Y-%m-%dT%H:%M") if local else ""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Put the moment in its zone."""
        super().process_formdata(valuelist)
        if not isinstance(self.data, datetime):
            return
        typed, zone = self.data, ZoneInfo(self.zone())
        self.data = None
        if not is_meant(typed):
            raise ValueError(_("Choose a year between 1900 and 2199."))
        moment = typed.replace(tzinfo=zone)
        if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != typed:
            raise ValueError(_("The clock skips this hour that day. Choose another."))
        self.data = moment

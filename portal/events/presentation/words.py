"""When and where an event is, what a ticket costs and whether there is room, in words."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core.alphabet import name_key
from portal.core.wording import N_, Sentence
from portal.events.queries.public import COUNTED, MANY
from portal.models import VatCode
from portal.platform import language
from portal.platform.auth import arrived
from portal.platform.money import amount

#: What ISO 3166 keeps for other uses than countries.
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}

#: What each state of a delegate means for the person, and what happens next.
MEANINGS = {
    "requested": N_("The event team reads this request and answers it. No place is held yet."),
    "waitlisted": N_("When a place becomes free, it is offered in turn, and we write at once."),
    "offered": N_("A place is held. Accept it in time, or it goes to the next in line."),
    "confirmed": N_("The place is booked."),
    "rejected": N_("The event team did not approve this request."),
    "withdrawn": N_("The place was given back."),
    "expired": N_("The offer was not answered in time, and the place went to the next."),
    "cancelled": N_("The event team cancelled this registration."),
}


def meaning(state: Any) -> Sentence:
    """Return what a state means for whoever is in it."""
    return Sentence(MEANINGS[state.value])


def first_day(event: Any) -> date:
    """Return the day on which an event begins, where it is held."""
    return day_of(event.starts_at, event.zone)


@lru_cache(maxsize=4096)
def day_of(moment: datetime, zone: str) -> date:
    """Return the day that it is somewhere at a moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def days(event: Any) -> str:
    """Write on which days an event is: “10 to 13 September 2027”.

    One that ends at midnight ends on the day before.
    """
    return _days(event.starts_at, event.ends_at, zone=event.zone, spoken=language.current())


@lru_cache(maxsize=4096)
def _days(starts_at: datetime, ends_at: datetime, *, zone: str, spoken: str) -> str:
    first, last = day_of(starts_at, zone), day_of(ends_at - timedelta(microseconds=1), zone)
    if first == last:
        return language.day(first)
    begins = language.day(first)
    if first.year == last.year:
        dot = "." if spoken == "nb" else ""
        short = f"d{dot}" if first.month == last.month else f"d{dot}\N{NO-BREAK SPACE}MMMM"
        begins = format_date(first, short, locale=language.LOCALES[spoken])
    return str(_("%(first)s to %(last)s", first=begins, last=language.day(last)))


def hours(event: Any) -> str:
    """Write when an event begins and ends on the clock where it is held."""
    return _hours(event.starts_at, event.ends_at, zone=event.zone, spoken=language.current())


@lru_cache(maxsize=4096)
def _hours(starts_at: datetime, ends_at: datetime, *, zone: str, spoken: str) -> str:
    begins, ends = language.moment(starts_at, zone), language.moment(ends_at, zone)
    local = (moment.astimezone(ZoneInfo(zone)) for moment in (starts_at, ends_at))
    first, last = local
    if first.date() == last.date():
        ends = last.strftime("%H:%M")
    return str(_("%(begins)s to %(ends)s", begins=begins, ends=ends))


def town_of(zone: str) -> str:
    """Return the town whose clock a zone shows."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


@lru_cache(maxsize=8)
def countries(spoken: str) -> dict[str, str]:
    """Return the names of all countries by their codes, in the order of their names."""
    names = Locale.parse(language.LOCALES[spoken]).territories
    found = {
        code: name
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    }
    return dict(sorted(found.items(), key=lambda each: name_key(each[1])))


def country(code: str) -> str:
    """Return what a country is called."""
    return countries(language.current()).get(code, code)


def days_until(event: Any) -> str:
    """Write how many days there are until an event, as a calendar counts them where it is held."""
    return until(event, now=arrived())


def until(event: Any, *, now: datetime) -> str:
    """Write the same of a moment that is given."""
    if event.starts_at <= now:
        return _until(-1, language.current())
    today = now.astimezone(ZoneInfo(event.zone)).date()
    return _until((first_day(event) - today).days, language.current())


@lru_cache(maxsize=4096)
def _until(number: int, _spoken: str) -> str:
    if number < 0:
        return str(_("on now"))
    if number == 0:
        return str(_("today"))
    if number == 1:
        return str(_("tomorrow"))
    return str(ngettext("in %(num)s day", "in %(num)s days", number))


def price(ticket: Any) -> str:
    """Write what a ticket costs, and that value added tax comes on top."""
    return _price(ticket.price_ore, ticket.currency, ticket.vat_code, spoken=language.current())


@lru_cache(maxsize=4096)
def _price(ore: int | None, currency: str, vat: VatCode | None, *, spoken: str) -> str:
    if ore is None or vat is None:
        return str(_("Free"))
    told = {"amount": amount(ore, currency), "vat": _(vat.label)}
    return str(_("%(amount)s excluding VAT (%(vat)s)", **told))


def room(ticket: Any) -> str:
    """Write whether there is room: so many places, or the waiting list and how many wait."""
    return _room(bool(ticket.on_sale), ticket.left, ticket.waiting, spoken=language.current())


@lru_cache(maxsize=4096)
def _room(on_sale: bool, left: int | None, waiting: int, *, spoken: str) -> str:
    if not on_sale:
        return str(_("Not on offer at the moment"))
    if waiting:
        wait = ngettext("%(num)s person waits", "%(num)s people wait", waiting)
        if waiting > MANY:
            wait = _("more than %(number)s people wait", number=MANY)
        return str(_("Waiting list: %(waiting)s", waiting=wait))
    if left is None:
        return str(_("Places available"))
    if left < 1:
        return str(_("Full. There is a waiting list."))
    return str(ngettext("%(num)s place left", "%(num)s places left", left))


def waited_for(ticket: Any) -> str:
    """Name the quotas of a ticket that somebody waits for, in the reader's language."""
    return _waited_for(ticket.waited_for or "", spoken=language.current())


@lru_cache(maxsize=4096)
def _waited_for(told: str, *, spoken: str) -> str:
    pairs = (line.partition("\t") for line in told.split("\n"))
    norwegian = spoken == "nb"
    names = ((nb or en) if norwegian else (en or nb) for en, _tab, nb in pairs)
    return ", ".join(sorted(names, key=name_key))


def counted(number: int) -> str:
    """Write how many there are of what is counted up to many only."""
    return str(number) if number <= COUNTED else _more_than(COUNTED, spoken=language.current())


@lru_cache(maxsize=16)
def _more_than(number: int, *, spoken: str) -> str:
    return str(_("more than %(number)s", number=language.number(number)))


def has_room(ticket: Any) -> bool:
    """Tell whether somebody who registers now has a place at once."""
    return not ticket.waiting and (ticket.left is None or ticket.left > 0)

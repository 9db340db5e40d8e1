"""Events as lists show them: a line for each, worked out before it is drawn."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from portal.core.wording import N_
from portal.events import rules
from portal.events.presentation import words
from portal.models import EventPhase
from portal.platform import language
from portal.web.context import SOON

TERMS = {
    EventPhase.OPEN: N_("Register before %(when)s"),
    EventPhase.ANNOUNCED: N_("Registration opens %(when)s"),
}

#: Whose clock that is, where it is not the one of the cluster.
CLOCK = N_("(time in %(place)s)")


class Line(NamedTuple):
    """What stands of one event in a list: what, when and where, its terms, how long until then."""

    slug: str
    title: str
    place: str
    term: str
    when: str
    soon: bool


def coming(events: Iterable[Any], *, now: datetime) -> Sequence[Line]:
    """Tell of events that are to come, and of whether people can register."""
    return [upcoming(event, now=now) for event in events]


def upcoming(event: Any, *, now: datetime) -> Line:
    """Tell of one of them."""
    soon = timedelta(0) < event.starts_at - now < SOON
    return Line(*what_and_where(event), term(event, now=now), words.until(event, now=now), soon)


def settled(events: Iterable[Any]) -> Sequence[Line]:
    """Tell of events that are over or cancelled: nothing is to be done about them."""
    return [Line(*what_and_where(event), "", "", soon=False) for event in events]


def what_and_where(event: Any) -> tuple[str, str, str]:
    """Return the address and the title of an event, and on which days it is where."""
    where = f"{event.place}, {words.country(event.country)}"
    return event.slug, language.says(event, "title"), f"{words.days(event)} · {where}"


def term(event: Any, *, now: datetime) -> str:
    """Say until or from when people can register, or where the event stands."""
    phase = rules.phase(event, now=now)
    spoken, here = language.current(), event.zone == language.zone()
    if phase is EventPhase.OPEN:
        closes = event.registration_closes_at
        return _term(phase, closes, event.zone, here=here, spoken=spoken)
    if phase is EventPhase.ANNOUNCED:
        opens = event.registration_opens_at
        return _term(phase, opens, event.zone, here=here, spoken=spoken)
    return language.tell(phase.label)


@lru_cache(maxsize=4096)
def _term(phase: EventPhase, when: datetime, zone: str, *, here: bool, spoken: str) -> str:
    told = language.tell(TERMS[phase], when=language.short(when, zone))
    if here:
        return told
    return f"{told} {language.tell(CLOCK, place=words.town_of(zone))}"

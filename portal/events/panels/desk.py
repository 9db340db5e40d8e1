"""What people find on their desk of the events: offers to answer, where they go, what to decide."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from portal.core.wording import N_, Bilingual, InZone, Sentence
from portal.events import policy
from portal.events.queries import desk as queries
from portal.models import Actor, DelegateState
from portal.web.panels import Line

ACCEPT = (
    N_("A place at %(event)s for %(name)s"),
    N_("It is held for a while. Accept it in time, or it goes to the next in line."),
)
GO = (N_("You go to %(event)s"), N_("%(place)s, from %(when)s."))
APPROVE = (
    N_("To approve for %(event)s: %(number)s"),
    N_("They hold no place before you approve them."),
)
BY_HAND = (
    N_("Waiting for a place at %(event)s: %(number)s"),
    N_("Free places are not offered by themselves any more. Look whether one is free."),
)
CLOSES = (
    N_("Registration for %(event)s closes"),
    N_("People can register until %(when)s."),
)
EXPIRE = (
    N_("Offered places at %(event)s: %(number)s"),
    N_("An offer that is not accepted in time goes to the next in line."),
)
#: So long before registration closes the team finds it among what comes next.
CLOSES_SOON = timedelta(days=14)


def lines(*, actor: Actor, now: datetime) -> Iterable[Line]:
    """Return what waits for this person: one statement, for staff one more."""
    if actor.verified:
        for row in queries.own_places(actor=actor, now=now):
            yield offered(row) if row.state is DelegateState.OFFERED else going(row, now=now)
    if policy.event_staff(actor):
        for row in queries.needing(now=now):
            yield from needed(row, now=now)
            yield from ending(row, now=now)


def titled(row: Any, **more: object) -> dict[str, object]:
    """Return what fills the gaps of a line: the event, and more."""
    return {"event": Bilingual.of(row, "title"), **more}


def offered(row: Any) -> Line:
    """Return the line about an offered place."""
    told = titled(row, name=row.name)
    return Line(
        title=Sentence(ACCEPT[0], told),
        why=Sentence(ACCEPT[1]),
        endpoint="events.delegate",
        values={"id": row.id},
        due=row.offer_expires_at,
    )


def going(row: Any, *, now: datetime) -> Line:
    """Return the line about an event that somebody goes to."""
    told = titled(row, place=row.place, when=InZone(row.starts_at, row.zone))
    return Line(
        title=Sentence(GO[0], told),
        why=Sentence(GO[1], told),
        endpoint="events.delegate",
        values={"id": row.id},
        due=row.starts_at if row.starts_at > now else None,
        waits=False,
    )


def needed(row: Any, *, now: datetime) -> Iterator[Line]:
    """Return the lines about an event that staff have to decide something for."""
    if row.requested:
        yield for_staff(APPROVE, row, number=row.requested, state=DelegateState.REQUESTED)
    by_hand = row.promotion_paused or row.registration_closes_at <= now
    if row.waiting and by_hand:
        yield for_staff(BY_HAND, row, number=row.waiting, state=DelegateState.WAITLISTED)


def ending(row: Any, *, now: datetime) -> Iterator[Line]:
    """Return the lines about what ends soon by itself: offers, and the time to register."""
    if row.next_end:
        offers = for_staff(EXPIRE, row, number=row.offered, state=DelegateState.OFFERED)
        yield replace(offers, due=row.next_end, waits=False)
    closes = row.registration_closes_at
    if now < closes <= now + CLOSES_SOON:
        told = titled(row, when=InZone(closes, row.zone))
        yield Line(
            title=Sentence(CLOSES[0], told),
            why=Sentence(CLOSES[1], told),
            endpoint="events.delegates",
            values={"slug": row.slug},
            due=closes,
            waits=False,
        )


def for_staff(words: tuple[str, str], row: Any, *, number: int, state: DelegateState) -> Line:
    """Return a line that leads to the delegates of an event in one state."""
    several = f"{queries.MANY}+" if number > queries.MANY else str(number)
    told = titled(row, number=several)
    return Line(
        title=Sentence(words[0], told),
        why=Sentence(words[1], told),
        endpoint="events.delegates",
        values={"slug": row.slug, "state": state.value},
    )

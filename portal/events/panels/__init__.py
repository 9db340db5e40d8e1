"""What the events say on pages of others: the menu, home, desks, organisations, the sitemap."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import url_for

from portal.core.wording import N_
from portal.events import policy, rules
from portal.events.panels.desk import lines
from portal.events.queries import public as queries
from portal.events.service.picturing import OWNER
from portal.models import Actor, Organisation
from portal.web import files, navigation, panels
from portal.web.navigation import Item
from portal.web.panels import AdminEntry, Panel

ON_HOME, BESIDE_DESK = 4, 5
ENTRY = AdminEntry(
    label=N_("Events"),
    about=N_("What we hold and go to, with tickets, places and delegates."),
    endpoint="events.manage",
    rank=2,
    may=policy.event_staff,
)


def init_app() -> None:
    """Put the events in the menu and on the pages of others."""
    navigation.add(Item(key="events", label=N_("Events"), endpoint="events.index", rank=25))
    files.OWNERS[OWNER] = queries.sees_picture
    for where, what in PLACES:
        if what not in where:
            where.append(what)


def on_home(*, now: datetime) -> Panel:
    """Show on the public home what comes next."""
    return next_events(now=now, most=ON_HOME, rank=12)


def beside_desk(*, actor: Actor, now: datetime) -> Panel | None:
    """Show whoever may go there what comes next: one statement."""
    if not (actor.standings or policy.event_staff(actor)):
        return None
    return next_events(now=now, most=BESIDE_DESK, rank=30)


def next_events(*, now: datetime, most: int, rank: int) -> Panel:
    """Return a panel with the next few events."""
    found = queries.next_events(now=now, most=most)
    context = {"events": found, "phase_of": lambda event: rules.phase(event, now=now)}
    return Panel(template="events/panels/next.html", rank=rank, context=context)


def of_organisation(
    organisation: Organisation, *, actor: Actor | None, now: datetime
) -> Panel | None:
    """Show at which events an organisation has a place: which, and not who."""
    found = queries.taken_part(organisation.id)
    if not found:
        return None
    return Panel(template="events/panels/taken_part.html", rank=50, context={"events": found})


def addresses(*, now: datetime) -> Iterable[str]:
    """Return the pages of the events that search engines may list."""
    yield url_for("events.index")
    yield url_for("events.past")
    for slug in queries.addresses():
        yield url_for("events.event", slug=slug)


PLACES: tuple[tuple[list[Any], Any], ...] = (
    (panels.DESK, lines),
    (panels.DESK_PANELS, beside_desk),
    (panels.HOME, on_home),
    (panels.ORGANISATION, of_organisation),
    (panels.SITEMAP, addresses),
    (panels.ADMINISTRATION, ENTRY),
)

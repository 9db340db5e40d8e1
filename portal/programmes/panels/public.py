"""What everybody sees of the programmes outside of their own pages."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import url_for

from portal.core.wording import N_
from portal.models import Actor, Organisation
from portal.programmes import policy
from portal.programmes.queries import public as queries
from portal.web import navigation, panels
from portal.web.navigation import Item
from portal.web.panels import AdminEntry, Panel

ON_HOME = 5


def init_app() -> None:
    """Put the programmes in the menu, on the home page, in the sitemap and with staff."""
    navigation.add(
        Item(key="programmes", label=N_("Programmes"), endpoint="programmes.index", rank=20)
    )
    for where, what in PLACES:
        if what not in where:
            where.append(what)


ENTRY = AdminEntry(
    label=N_("Programmes and calls"),
    about=N_("Programmes, their cohorts and places, and the calls that fill them."),
    endpoint="programmes.manage",
    rank=1,
    may=policy.runs_programmes,
)


def open_calls(*, now: datetime) -> Panel:
    """Show on the public home what can be applied for now."""
    calls = queries.current_calls(now=now, most=ON_HOME)
    return Panel(template="programmes/panels/open_calls.html", rank=10, context={"calls": calls})


def addresses(*, now: datetime) -> Iterable[str]:
    """Return the pages of the programmes that search engines may list."""
    programmes, calls = queries.addresses()
    yield url_for("programmes.index")
    for slug in programmes:
        yield url_for("programmes.programme", slug=slug)
    for slug in calls:
        yield url_for("programmes.call", slug=slug)


def cohorts_of_organisation(
    organisation: Organisation, *, actor: Actor | None, now: datetime
) -> Panel | None:
    """Show which cohorts a company is in or has graduated from."""
    found = queries.taken_part(organisation.id)
    if not found:
        return None
    return Panel(template="programmes/panels/taken_part.html", rank=40, context={"cohorts": found})


PLACES: tuple[tuple[list[Any], Any], ...] = (
    (panels.HOME, open_calls),
    (panels.SITEMAP, addresses),
    (panels.ORGANISATION, cohorts_of_organisation),
    (panels.ADMINISTRATION, ENTRY),
)

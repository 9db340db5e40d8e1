"""Pages that show something of several rooms ask here, and know no room.

A room registers what it has to say: lines for the desk, panels for an organisation's page and
for the public home, entries for the sitemap and for the administrator's page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from portal.core.wording import N_, Sentence
from portal.models import Actor, Organisation


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing on somebody's desk: what, why, when, and where to go.

    `due` is when it must be done, `since` when it began to wait; `waits` sets apart what needs
    this person from what merely comes next. Lines with the nearest `due` come first.
    """

    title: Sentence
    why: Sentence
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    due: datetime | None = None
    since: datetime | None = None
    waits: bool = True


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of a page: a template of the room's own and what it shows.

    Pages draw it with `show(panel)`; the template sees the context by name, beside what every
    page knows.
    """

    template: str
    rank: int
    context: Mapping[str, Any]


class Lines(Protocol):
    """What a room puts on a desk."""

    def __call__(self, *, actor: Actor, now: datetime) -> Iterable[Line]:
        """Return its lines for this person."""


class BesideDesk(Protocol):
    """What a room shows beside a desk."""

    def __call__(self, *, actor: Actor, now: datetime) -> Panel | None:
        """Return its panel for this person, if it has one."""


class AboutOrganisation(Protocol):
    """What a room has to say of an organisation."""

    def __call__(
        self, organisation: Organisation, *, actor: Actor | None, now: datetime
    ) -> Panel | None:
        """Return its panel for this visitor, if it has one."""


class OnHome(Protocol):
    """What a room shows on the public home."""

    def __call__(self, *, now: datetime) -> Panel | None:
        """Return its panel, if it has one."""


class InSitemap(Protocol):
    """What a room lists for search engines."""

    def __call__(self, *, now: datetime) -> Iterable[str]:
        """Return the paths of its public pages."""


DESK: list[Lines] = []
DESK_PANELS: list[BesideDesk] = []
ORGANISATION: list[AboutOrganisation] = []
HOME: list[OnHome] = []
SITEMAP: list[InSitemap] = []


@dataclass(frozen=True, kw_only=True)
class AdminEntry:
    """A page that administrators or other staff reach from the administration.

    The rank says where it stands, and in which of the PARTS.
    """

    label: str
    about: str
    endpoint: str
    rank: int
    may: Callable[[Actor], bool]


ADMINISTRATION: list[AdminEntry] = []

# The parts of the administration, each with the rank that it begins at.
PARTS = (
    (0, N_("Programmes, events and news")),
    (10, N_("People and how they sign in")),
    (20, N_("Organisations")),
    (30, N_("What people ask for")),
    (45, N_("Personal data")),
    (50, N_("Membership")),
    (60, N_("The portal")),
)


def desk(actor: Actor, *, now: datetime) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return what needs this person, the most urgent first, and what merely comes next."""
    lines = [line for room in DESK for line in room(actor=actor, now=now)]
    lines.sort(key=lambda line: (line.due is None, line.due or line.since or now))
    return [line for line in lines if line.waits], [line for line in lines if not line.waits]


def of_desk(actor: Actor, *, now: datetime) -> Sequence[Panel]:
    """Return the panels beside a desk."""
    return ranked(room(actor=actor, now=now) for room in DESK_PANELS)


def of_organisation(
    organisation: Organisation, *, actor: Actor | None, now: datetime
) -> Sequence[Panel]:
    """Return what each room has to say of an organisation to this visitor."""
    return ranked(room(organisation, actor=actor, now=now) for room in ORGANISATION)


def of_home(*, now: datetime) -> Sequence[Panel]:
    """Return what each room shows on the public home."""
    return ranked(room(now=now) for room in HOME)


def ranked(panels: Iterable[Panel | None]) -> Sequence[Panel]:
    """Put the panels that there are in order."""
    return sorted((panel for panel in panels if panel), key=lambda panel: panel.rank)


def administration(actor: Actor) -> Sequence[tuple[str, Sequence[AdminEntry]]]:
    """Return the pages of the administration that this person may open, by part."""
    open_to = sorted((e for e in ADMINISTRATION if e.may(actor)), key=lambda entry: entry.rank)
    return [(part, list(entries)) for part, entries in groupby(open_to, key=part_of)]


def part_of(entry: AdminEntry) -> str:
    """Return the heading that a page of the administration stands under."""
    return next(label for first, label in reversed(PARTS) if first <= entry.rank)


@pass_context
def show(page: Context, panel: Panel) -> Markup:
    """Draw a panel in a page: in its language, for its reader."""
    template = page.environment.get_template(panel.template)
    known = {**page.get_all(), **panel.context, "panel": panel}
    parts = template.root_render_func(template.new_context(known, shared=True))
    return Markup("".join(parts))  # noqa: S704 - a template has escaped it already

"""What companies find on their desk of milestones, and staff of those that they are to read."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from portal.core.wording import N_, Sentence
from portal.models import Actor, MilestoneState
from portal.platform import language
from portal.programmes import policy
from portal.programmes.queries import desk
from portal.programmes.queries import milestones as queries
from portal.programmes.rules import MILESTONE_NEAR
from portal.web import panels
from portal.web.panels import Line, Panel

READ = (N_("Read %(company)s’s milestone"), N_("“%(title)s”, handed in with what shows it."))
REACH = (N_("Milestone: %(title)s"), N_("For %(company)s. Hand it in by %(due)s, or move the day."))


def init_app() -> None:
    """Put the lines and the panel on the desk."""
    if lines not in panels.DESK:
        panels.DESK.append(lines)
        panels.DESK_PANELS.append(own_place)


def lines(*, actor: Actor, now: datetime) -> Iterable[Line]:
    """Return the milestones that wait for this person: one statement."""
    if not actor.standings and not policy.runs_programmes(actor):
        return []
    return [about(row, now=now) for row in queries.on_desk(actor, now=now)]


def about(row: Any, *, now: datetime) -> Line:
    """Return the line about one milestone: to be read by staff, or reached by its company."""
    told = {"company": row.display_name, "title": row.title, "due": row.due_on}
    submitted = row.state is MilestoneState.SUBMITTED
    words = READ if submitted else REACH
    near = row.due_on <= now.date() + MILESTONE_NEAR
    ends = datetime.combine(row.due_on, time(23, 59), ZoneInfo(language.zone()))
    return Line(
        title=Sentence(words[0], told),
        why=Sentence(words[1], told),
        endpoint="programmes.milestone",
        values={"id": row.id},
        due=None if submitted else ends,
        since=row.submitted_at if submitted else None,
        waits=submitted or near,
    )


def own_place(*, actor: Actor, now: datetime) -> Panel | None:
    """Show people of a company how far it is in its cohort: one statement."""
    if not actor.standings or policy.runs_programmes(actor):
        return None
    place = desk.own_place(actor)
    if place is None:
        return None
    return Panel(
        template="programmes/panels/own_place.html", rank=20, context={"place": place}
    )  # fmt: skip

"""What staff find on their desk of applications and offers, and how their cohort does beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date

from portal.core.wording import N_, Bilingual, InZone, Sentence
from portal.models import Actor, CallState, CohortState
from portal.platform import language
from portal.programmes import policy
from portal.programmes.queries import desk as queries
from portal.web import panels
from portal.web.panels import Line, Panel

CHECK = (
    N_("Check one new application"),
    N_("Check %(number)s new applications"),
    N_("“%(call)s”. Fill in the checklists; a decision is promised by %(promised)s."),
)
DECIDE = (
    N_("Decide on one application"),
    N_("Decide on %(number)s applications"),
    N_("“%(call)s”. In assessment, and no decision is prepared."),
)
APPROVE = (
    N_("Approve one decision"),
    N_("Approve %(number)s decisions"),
    N_("“%(call)s”. Prepared by a colleague; somebody else has to approve."),
)
PUBLISH = (
    N_("Publish one decision"),
    N_("Publish %(number)s decisions"),
    N_("“%(call)s”. Approved, and not yet known to those who applied."),
)
OFFER = (
    N_("Offer the free place to the next"),
    N_("“%(call)s”. Places that are free: %(free)s. Waiting for one: %(waiting)s."),
)
EXPIRES = (N_("Offer to %(applicant)s expires"),
           N_("“%(call)s”. It has to answer before %(answer_by)s."))  # fmt: skip
MONTHS = 6


def init_app() -> None:
    """Put the lines and the panel on the desk."""
    if lines not in panels.DESK:
        panels.DESK.append(lines)
        panels.DESK_PANELS.append(running_cohort)


def lines(*, actor: Actor, now: datetime) -> Iterable[Line]:
    """Return the lines of the programme team: two statements."""
    if not policy.runs_programmes(actor):
        return []
    calls = [line for row in queries.calls(actor) for line in about_call(row, now=now)]
    offers = [about_offer(row) for row in queries.offers(actor, now=now)]
    return [*calls, *offers]


def about_call(row: Any, *, now: datetime) -> Iterator[Line]:
    """Return what one call wants of the team."""
    closed = row.closes_at <= now
    for number, words, endpoint, given in (
        (row.received, CHECK, "programmes.call_applications", {"state": "submitted"}),
        (row.undecided, DECIDE, "programmes.call_applications", {"state": "in_review"}),
        (row.to_approve, APPROVE, "programmes.call_applications", {"state": "in_review"}),
        (row.approved, PUBLISH, "programmes.publish_decisions", {}),
    ):
        if number and row.state is CallState.PUBLISHED:
            to = (endpoint, {"id": row.id, **given})
            yield a_line(row, words, number, to=to, waits=closed)
    over = row.cohort_state in {CohortState.COMPLETED, CohortState.CANCELLED}
    if row.free > 0 and row.waiting and not over:
        yield Line(
            title=Sentence(OFFER[0]),
            why=Sentence(OFFER[1], gaps(row) | {"free": row.free, "waiting": many(row.waiting)}),
            endpoint="programmes.cohort",
            values={"id": row.cohort_id},
            since=row.closes_at,
        )


def a_line(
    row: Any,
    words: tuple[str, str, str],
    number: int,
    *,
    to: tuple[str, dict[str, Any]],
    waits: bool,
) -> Line:
    """Return a line about a call whose promised day comes nearer."""
    told = gaps(row) | {"number": many(number)}
    return Line(
        title=Sentence(words[0]) if number == 1 else Sentence(words[1], told),
        why=Sentence(words[2], told),
        endpoint=to[0],
        values=to[1],
        due=datetime.combine(row.decision_on, time(23, 59), ZoneInfo(row.zone)),
        waits=waits,
    )


def about_offer(row: Any) -> Line:
    """Return the line about an offer that ends soon; it waits for the applicant, not for us."""
    told = {
        "applicant": row.applicant_name,
        "call": Bilingual.of(row, "title"),
        "answer_by": InZone(row.expires_at, row.zone),
    }
    return Line(
        title=Sentence(EXPIRES[0], told),
        why=Sentence(EXPIRES[1], told),
        endpoint="programmes.assess",
        values={"id": row.application_id},
        due=row.expires_at,
        waits=False,
    )


def many(number: int) -> object:
    """Return a number, or that it is a large one."""
    return number if number <= queries.MANY else f"{queries.MANY}+"


def gaps(row: Any) -> dict[str, object]:
    """Return what stands in the gaps of the lines about a call."""
    return {"call": Bilingual.of(row, "title"), "promised": row.decision_on}


@dataclass(frozen=True)
class Point:
    """One month of the chart."""

    label: str
    value: int


def running_cohort(*, actor: Actor, now: datetime) -> Panel | None:
    """Show staff how full their running cohort is and what it reaches: two statements."""
    if not policy.runs_programmes(actor):
        return None
    cohort = queries.cohort(actor)
    if cohort is None:
        return None
    months = last_months(now=now)
    since = datetime.combine(months[0], time(), ZoneInfo(language.zone()))
    points = per_month(queries.reached(cohort.id, since=since), months)
    context = {"cohort": cohort, "points": points}
    return Panel(template="programmes/panels/running_cohort.html", rank=20, context=context)


def last_months(*, now: datetime) -> Sequence[date]:
    """Return the first days of this month and those before it, the earliest first."""
    first = now.astimezone(ZoneInfo(language.zone())).date().replace(day=1)
    months = [first]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]


def per_month(moments: Iterable[datetime], months: Sequence[date]) -> Sequence[Point]:
    """Count moments by month, as the cluster's calendar has it."""
    zone, locale = ZoneInfo(language.zone()), language.LOCALES[language.current()]
    firsts = [moment.astimezone(zone).date().replace(day=1) for moment in moments]
    return [
        Point(format_date(month, "LLL", locale=locale).rstrip("."), firsts.count(month))
        for month in months
    ]

"""What applicants find on their desk: drafts to finish, offers to answer, answers to wait for."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from portal.core.wording import N_, Bilingual, InZone, Sentence
from portal.models import Actor, Application
from portal.models import ApplicationState as S
from portal.programmes.queries import applying as queries
from portal.web import files, panels
from portal.web.panels import Line

FINISH = N_("Finish the application to “%(call)s”")
ANSWER = N_("Answer the offer of a place: “%(call)s”")
SOMEBODY_ANSWERS = N_("A place is offered: “%(call)s”")
WAITING = N_("Your application to “%(call)s”")
WHY = {
    S.DRAFT: N_("For %(applicant)s. It closes on %(closes)s, and nothing is sent yet."),
    S.SUBMITTED: N_("For %(applicant)s. Received; you hear from us by %(promised)s."),
    S.IN_REVIEW: N_("For %(applicant)s. Being assessed; you hear from us by %(promised)s."),
    S.WAITLISTED: N_("For %(applicant)s. On the waiting list; we write when it is your turn."),
}
OFFER_WHY = N_("For %(applicant)s. Answer by %(answer_by)s, or the place goes to the next.")
NOT_YOURS = N_("For %(applicant)s. A representative answers by %(answer_by)s.")


def init_app() -> None:
    """Put the lines on the desk, and the files of applications under their policy."""
    if desk not in panels.DESK:
        panels.DESK.append(desk)
    files.OWNERS[Application.__tablename__] = queries.may_see


def desk(*, actor: Actor, now: datetime) -> Iterable[Line]:
    """Return a person's lines about the applications of their organisations: one statement."""
    if not actor.standings:
        return []
    lines = [line(row, actor=actor, now=now) for row in queries.going(actor)]
    return [each for each in lines if each]


def line(row: Any, *, actor: Actor, now: datetime) -> Line | None:
    """Return the line about one application, if it is one to speak of."""
    if row.state is S.OFFERED:
        return about_offer(row, mine=actor.represents(row.organisation_id))
    draft, told = row.state is S.DRAFT, gaps(row)
    if draft and now >= row.closes_at:
        return None
    due = None if row.state is S.WAITLISTED else promised(row)
    return Line(
        title=Sentence(FINISH if draft else WAITING, told),
        why=Sentence(WHY[row.state], told),
        endpoint="programmes.application",
        values={"id": row.id},
        due=row.closes_at if draft else due,
        since=row.submitted_at,
        waits=draft,
    )


def about_offer(row: Any, *, mine: bool) -> Line:
    """Return the line about an offered place; it waits for those who may answer."""
    told = gaps(row)
    return Line(
        title=Sentence(ANSWER if mine else SOMEBODY_ANSWERS, told),
        why=Sentence(OFFER_WHY if mine else NOT_YOURS, told),
        endpoint="programmes.offer" if mine else "programmes.application",
        values={"id": row.id},
        due=row.expires_at,
        waits=mine,
    )


def promised(row: Any) -> datetime:
    """Return the end of the promised day, where the call is."""
    return datetime.combine(row.decision_on, time(23, 59), ZoneInfo(row.zone))


def gaps(row: Any) -> dict[str, object]:
    """Return what stands in the gaps of the lines."""
    return {
        "call": Bilingual.of(row, "title"),
        "applicant": row.applicant_name,
        "closes": InZone(row.closes_at, row.zone),
        "promised": row.decision_on,
        "answer_by": InZone(row.expires_at, row.zone) if row.expires_at else "",
    }

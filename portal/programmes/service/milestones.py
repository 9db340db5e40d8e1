"""Milestones: planned and worked on by companies, judged by staff, missed by the calendar."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.core.workflow import Step
from portal.extensions import db
from portal.models import PORTAL, Actor, Milestone, Participation, Person, Reminder
from portal.platform import audit, mail
from portal.platform.audit import About
from portal.platform.versions import unchanged
from portal.programmes import policy, rules
from portal.programmes.deeds import CohortDeed
from portal.programmes.mails import cohorts as letters
from portal.programmes.queries import cohorts as companies
from portal.programmes.queries import milestones as queries
from portal.programmes.queries.offers import was_reminded
from portal.programmes.service.holding import hold
from portal.programmes.workflow import MILESTONE

NOT_OURS = Sentence(N_("Choose somebody who belongs to the company."))
TOO_EARLY = Sentence(N_("Choose a day that is not past."))
WHY = Sentence(N_("Write what is missing, so that the company knows what to do."))
#: What each move is called in the timeline.
DEEDS = {
    "start": CohortDeed.MILESTONE_STARTED,
    "submit": CohortDeed.MILESTONE_HANDED_IN,
    "achieve": CohortDeed.MILESTONE_ACHIEVED,
    "return": CohortDeed.MILESTONE_RETURNED,
    "miss": CohortDeed.MILESTONE_MISSED,
    "reopen": CohortDeed.MILESTONE_REOPENED,
    "drop": CohortDeed.MILESTONE_DROPPED,
}


@dataclass(frozen=True, kw_only=True)
class MilestoneWords:
    """What a company means to reach, by when, and who sees to it."""

    title: str
    due_on: date
    description: str = ""
    owner_id: UUID | None = None


def plan(
    participation: Participation, words: MilestoneWords, *, actor: Actor, now: datetime
) -> Milestone:
    """Plan a milestone of a company. The day planned first is remembered when it moves."""
    if not policy.takes_part(actor, participation):
        raise NotAllowed
    if reason := rules.gone(participation):
        raise Refused(reason)
    check(words, participation, now=now)
    if words.due_on < now.date():
        raise Mistake("due_on", TOO_EARLY)
    milestone = Milestone(
        participation=participation, original_due_on=words.due_on, created_at=now, **asdict(words)
    )
    db.session.add(milestone)
    about = told(milestone, actor=actor)
    audit.record(CohortDeed.MILESTONE_PLANNED, milestone, actor=actor, now=now, about=about)
    return milestone


def edit(
    milestone: Milestone, words: MilestoneWords, *, version: int, actor: Actor, now: datetime
) -> None:
    """Reword a milestone or move its day, while it is not handed in."""
    if not policy.works_towards(actor, milestone):
        raise NotAllowed
    hold(milestone)
    theirs = {name: getattr(milestone, name) for name in asdict(words)}
    unchanged(milestone, version, theirs=theirs | {"owner_id": str(milestone.owner_id or "")})
    participation = milestone.participation
    if reason := rules.gone(participation) or rules.not_editable(milestone):
        raise Refused(reason)
    check(words, participation, now=now, before=milestone.owner_id)
    if words.due_on < now.date() and words.due_on != milestone.due_on:
        raise Mistake("due_on", TOO_EARLY)
    details = {"from": milestone.due_on.isoformat(), "to": words.due_on.isoformat()}
    for name, value in asdict(words).items():
        setattr(milestone, name, value)
    about = told(milestone, actor=actor, details=details)
    audit.record(CohortDeed.MILESTONE_EDITED, milestone, actor=actor, now=now, about=about)


def check(
    words: MilestoneWords,
    participation: Participation,
    *,
    now: datetime,
    before: UUID | None = None,
) -> None:
    """Insist that a milestone belongs to somebody of the company, if to anybody."""
    if words.owner_id is None or words.owner_id == before:
        return
    ours = {person.id for person in companies.people(participation.organisation_id, now=now)}
    if words.owner_id not in ours:
        raise Mistake("owner_id", NOT_OURS)


def start(milestone: Milestone, *, actor: Actor, now: datetime) -> None:
    """Begin to work on a milestone."""
    step = make("start", milestone, actor=actor, now=now)
    record("start", milestone, step, actor=actor, now=now)


def hand_in(milestone: Milestone, *, evidence: str, actor: Actor, now: datetime) -> None:
    """Say that a milestone is reached and what shows it; staff read it next."""
    hold(milestone)
    milestone.evidence = evidence
    step = make("submit", milestone, actor=actor, now=now)
    milestone.submitted_at = now
    record("submit", milestone, step, note=evidence, actor=actor, now=now)
    if milestone.participation.cohort.manager_id != actor.id:
        mail.queue(letters.handed_in(milestone))


def judge(
    milestone: Milestone, *, achieved: bool, note: str = "", actor: Actor, now: datetime
) -> None:
    """Count a milestone as achieved, or ask the company for more and say for what."""
    if not achieved and not note.strip():
        raise Mistake("note", WHY)
    name = "achieve" if achieved else "return"
    hold(milestone)
    with db.session.no_autoflush:  # the row is whole again only when all is written
        step = make(name, milestone, actor=actor, now=now)
        milestone.note = note
        if achieved:
            milestone.assessed_at, milestone.assessed_by_id = now, actor.id
    record(name, milestone, step, note=note, actor=actor, now=now)
    mail.queue(*letters.judged(milestone, concerned(milestone, now=now), achieved=achieved))


def reopen(milestone: Milestone, *, actor: Actor, now: datetime) -> None:
    """Let a company go on with a milestone that it missed."""
    step = make("reopen", milestone, actor=actor, now=now)
    record("reopen", milestone, step, actor=actor, now=now)


def drop(milestone: Milestone, *, reason: str, actor: Actor, now: datetime) -> None:
    """Give a milestone up, and say why."""
    step = make("drop", milestone, actor=actor, now=now)
    milestone.note = reason
    record("drop", milestone, step, note=reason, actor=actor, now=now)


def miss(milestone: Milestone, *, actor: Actor, now: datetime) -> None:
    """Count a milestone as missed that nobody handed in. The portal does this by itself."""
    step = make("miss", milestone, actor=actor, now=now)
    record("miss", milestone, step, actor=actor, now=now)
    mail.queue(*letters.missed(milestone, concerned(milestone, now=now)))


def remind(milestone: Milestone, *, actor: Actor, now: datetime) -> bool:
    """Remind of a milestone whose day is near, once. One planned that late needs no reminder."""
    hold(milestone)
    if milestone.state not in rules.EDITABLE or was_reminded(milestone.id, queries.NEAR):
        return False
    db.session.add(Reminder(subject_id=milestone.id, rule=queries.NEAR, sent_at=now))
    if milestone.created_at.date() >= milestone.due_on - rules.MILESTONE_NEAR:
        return False
    audit.record(CohortDeed.MILESTONE_REMINDED, milestone, actor=actor, now=now)
    mail.queue(*letters.near(milestone, concerned(milestone, now=now)))
    return True


def make(name: str, milestone: Milestone, *, actor: Actor, now: datetime) -> Step:
    """Move a milestone of a company that is still in its cohort."""
    with db.session.no_autoflush:  # what was typed is not kept before it is permitted
        if not db.session.is_modified(milestone):
            hold(milestone)
        step = MILESTONE.make(name, milestone, actor=actor, now=now)
        if reason := rules.gone(milestone.participation):
            raise Refused(reason)
    return step


def record(
    name: str, milestone: Milestone, step: Step, *, note: str = "", actor: Actor, now: datetime
) -> None:
    """Write a move in the milestone's timeline, and for whom staff made it."""
    about = told(milestone, actor=actor, step=step, note=note, own=name in {"start", "submit"})
    audit.record(DEEDS[name], milestone, actor=actor, now=now, about=about)


def told(
    milestone: Milestone,
    *,
    actor: Actor,
    step: Step | None = None,
    note: str = "",
    own: bool = True,
    details: dict[str, str] | None = None,
) -> About:
    """Say in the audit for whom staff act, when they do what is the company's `own`."""
    id = milestone.participation.organisation_id
    helped = own and actor is not PORTAL and not actor.belongs_to(id)
    return About(
        organisation_id=id,
        on_behalf_of_id=id if helped else None,
        step=step,
        note=note,
        details={"title": milestone.title, **(details or {})},
    )


def concerned(milestone: Milestone, *, now: datetime) -> Sequence[Person]:
    """Return who hears about a milestone: whoever sees to it and whoever is responsible."""
    people = list(companies.responsible(milestone.participation, now=now))
    ours = {
        person.id for person in companies.people(milestone.participation.organisation_id, now=now)
    }
    owner = milestone.owner
    if owner is not None and owner.id in ours and owner not in people:
        people.append(owner)
    return people

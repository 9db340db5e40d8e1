"""What staff do with an application that was sent: check it, take it in, decide, tell."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from portal.core.errors import Clash, Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import (
    Actor,
    Application,
    ApplicationDecision,
    DecisionState,
    EligibilityCheck,
    Outcome,
)
from portal.platform import audit, mail
from portal.platform.agreeing import still_counts
from portal.platform.audit import About
from portal.platform.versions import unchanged
from portal.programmes import policy, rules
from portal.programmes.deeds import ApplicationDeed
from portal.programmes.mails import deciding as letters
from portal.programmes.queries import applying as applicants
from portal.programmes.queries import deciding as queries
from portal.programmes.service import offers
from portal.programmes.service.holding import hold
from portal.programmes.workflow import APPLICATION, DECISION

NOTHING_APPROVED = Sentence(N_("No decision is approved yet, so there is nothing to publish."))
OTHERS = Sentence(
    N_("Decisions were approved or taken back since you opened this page. Look again, then"
       " publish.")
)  # fmt: skip
REWORDED = Sentence(
    N_("The decision was reworded since you opened this page. Read it once more, then approve.")
)
MOVES = {
    Outcome.OFFER: "offer",
    Outcome.WAITLIST: "waitlist",
    Outcome.UNSUCCESSFUL: "turn_down",
    Outcome.INELIGIBLE: "exclude",
}


@dataclass(frozen=True, kw_only=True)
class Check:
    """What somebody says of one point of the checklist."""

    met: bool
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionWords:
    """What is decided. The applicant reads the feedback; the rationale stays with staff.

    `waiting_rank` is the wished place on the waiting list; without one it is the last.
    """

    outcome: Outcome
    feedback: str = ""
    rationale: str = ""
    waiting_rank: int | None = None


def fill_checklist(
    case: queries.Case,
    given: Mapping[UUID, Check],
    *,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> None:
    """Say of each criterion whether the application meets it. `version` is what was on screen."""
    application = case.application
    allow(policy.assesses(actor, application))
    hold(application)
    if reason := rules.not_checkable(application):
        raise Refused(reason)
    if version is not None and version != case.version:
        raise Clash(as_answers(case), version=case.version)
    for point in case.points:
        check = given.get(point.criterion.id)
        if check is not None:
            note_down(point, check, application, actor=actor, now=now)
    about = About(internal=True)
    audit.record(ApplicationDeed.CHECKED, application, actor=actor, now=now, about=about)


def note_down(
    point: queries.Point, check: Check, application: Application, *, actor: Actor, now: datetime
) -> None:
    """Keep what is said of one point, if it says anything new."""
    kept = point.check
    if kept is None:
        kept = EligibilityCheck(application_id=application.id, criterion_id=point.criterion.id)
        db.session.add(kept)
    elif (kept.met, kept.note) == (check.met, check.note):
        return
    kept.met, kept.note = check.met, check.note
    kept.checked_by_id, kept.checked_at = actor.id, now


def as_answers(case: queries.Case) -> dict[str, object]:
    """Return the checklist as kept, by the names of the form's fields."""
    answers: dict[str, object] = {}
    for point in case.points:
        if point.check:
            answers[f"met_{point.criterion.id.hex}"] = "yes" if point.check.met else "no"
            answers[f"note_{point.criterion.id.hex}"] = point.check.note
    return answers


def take_in(case: queries.Case, *, actor: Actor, now: datetime) -> None:
    """Take an application into assessment, once its checklist is filled in."""
    application = case.application
    hold(application)
    step = APPLICATION.make("take_in", application, actor=actor, now=now)
    if reason := rules.checklist_open(case.points, [p for p in case.points if p.check]):
        raise Refused(reason)
    about = About(organisation_id=application.organisation_id, step=step)
    audit.record(ApplicationDeed.TAKEN_IN, application, actor=actor, now=now, about=about)


def prepare(
    application: Application,
    words: DecisionWords,
    *,
    version: int | None = None,
    actor: Actor,
    now: datetime,
) -> ApplicationDecision:
    """Prepare a decision, or reword the one that is prepared; the applicant learns nothing of it.

    Whoever worded it last has prepared it, and somebody else has to approve it. `version` is that
    of the prepared decision on the screen, 0 when there was none.
    """
    allow(policy.assesses(actor, application))
    hold(application)
    if reason := rules.not_assessed(application):
        raise Refused(reason)
    if reason := rules.without_feedback(words.outcome, words.feedback):
        raise Mistake("feedback", reason)
    decision = queries.live_decision(application)
    if decision is None:
        decision = ApplicationDecision(application=application, created_at=now)
        db.session.add(decision)
    else:
        insist_on_same(decision, version)
    for name, value in asdict(words).items():
        setattr(decision, name, value)
    if words.outcome is not Outcome.WAITLIST:
        decision.waiting_rank = None
    decision.prepared_by_id = actor.id
    about = About(internal=True)
    audit.record(ApplicationDeed.DECISION_PREPARED, application, actor=actor, now=now, about=about)
    return decision


def insist_on_same(decision: ApplicationDecision, version: int | None) -> None:
    """Refuse to reword what is approved, or what somebody else reworded first."""
    if reason := rules.already_approved(decision):
        raise Refused(reason)
    if version is not None:
        names = ("outcome", "feedback", "rationale", "waiting_rank")
        unchanged(decision, version, theirs={name: getattr(decision, name) for name in names})


def approve(
    decision: ApplicationDecision, *, seen: int | None = None, actor: Actor, now: datetime
) -> bool:
    """Agree to a decision that somebody else prepared. `seen` is the version that was read.

    Return whether it is approved. Where whoever prepared it may prepare none any more, nobody has:
    it is then that of the one who agrees, and a second is waited for.
    """
    hold(decision.application)
    hold(decision)
    if seen is not None and seen != decision.version:
        raise Mistake("edited_version", REWORDED)
    waits = decision.state is DecisionState.DRAFT
    if waits and not still_counts(decision.prepared_by_id, policy.prepares, decision, now=now):
        take_over(decision, actor=actor, now=now)
        return False
    DECISION.make("approve", decision, actor=actor, now=now)
    decision.approved_by_id, decision.approved_at = actor.id, now
    tell_staff(ApplicationDeed.DECISION_APPROVED, decision, actor=actor, now=now)
    return True


def take_over(decision: ApplicationDecision, *, actor: Actor, now: datetime) -> None:
    """Let a prepared decision be that of somebody who agrees to it, as it stands."""
    allow(policy.approves(actor, decision))
    decision.prepared_by_id = actor.id
    tell_staff(ApplicationDeed.DECISION_TAKEN_OVER, decision, actor=actor, now=now)


def revoke(decision: ApplicationDecision, *, actor: Actor, now: datetime) -> None:
    """Take back a decision that nobody outside has heard of yet."""
    hold(decision.application)
    hold(decision)
    DECISION.make("revoke", decision, actor=actor, now=now)
    tell_staff(ApplicationDeed.DECISION_REVOKED, decision, actor=actor, now=now)


def tell_staff(
    deed: ApplicationDeed, decision: ApplicationDecision, *, actor: Actor, now: datetime
) -> None:
    """Write in the application's timeline what only staff may read there."""
    about = About(internal=True)
    audit.record(deed, decision.application, actor=actor, now=now, about=about)


def publish(decision: ApplicationDecision, *, actor: Actor, now: datetime) -> None:
    """Let an approved decision take effect, and tell the applicant."""
    hold(decision.application)
    hold(decision)
    put_into_effect(decision, actor=actor, now=now)


def publish_all(
    batch: queries.Batch, *, seen: str | None = None, actor: Actor, now: datetime
) -> int:
    """Publish every approved decision of a call, all of them or none; return how many."""
    queries.hold_applications([each.application_id for each in batch.decisions])
    for decision in batch.decisions:
        hold(decision)
    if not batch.decisions:
        raise Refused(NOTHING_APPROVED)
    if seen is not None and seen != batch.fingerprint:
        raise Mistake("seen", OTHERS)
    cohort = queries.lock_cohort(batch.call.cohort_id)
    if reason := rules.too_few_places(batch.offers, cohort.capacity - cohort.held):
        raise Refused(reason)
    ranked = sorted(batch.decisions, key=lambda each: each.waiting_rank or 0)
    for decision in ranked:
        put_into_effect(decision, actor=actor, now=now)
    return len(ranked)


def put_into_effect(decision: ApplicationDecision, *, actor: Actor, now: datetime) -> None:
    """Move the application to where the decision leads, and write to the applicant."""
    application, offer = decision.application, None
    with db.session.no_autoflush:  # the rows are whole again only when all is written
        DECISION.make("publish", decision, actor=actor, now=now)
        decision.published_at = now
        step = APPLICATION.make(MOVES[decision.outcome], application, actor=actor, now=now)
        if decision.outcome is Outcome.WAITLIST:
            rank = offers.place_in_line(application, decision.waiting_rank)
            application.waiting_rank = rank
        if decision.outcome is Outcome.OFFER:
            offer = offers.make_offer(application, decision=decision, now=now)
    about = About(organisation_id=application.organisation_id, step=step)
    deed = ApplicationDeed.DECISION_PUBLISHED
    audit.record(deed, application, actor=actor, now=now, about=about)
    people = applicants.concerned(application, now=now)
    mail.queue(*letters.decided(application, decision, offer, people=people))


def allow(may: bool) -> None:
    """Insist on a permission where no workflow asks for it."""
    if not may:
        raise NotAllowed

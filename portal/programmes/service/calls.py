"""What staff do with a call, from its draft to its end."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from portal.core.errors import Mistake, Refused
from portal.core.slugs import distinct, slug
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import (
    Actor,
    Application,
    Call,
    CallState,
    Cohort,
    CohortState,
    Criterion,
    FormState,
    FormVersion,
)
from portal.platform import audit, mail
from portal.platform.audit import About
from portal.platform.versions import unchanged
from portal.programmes import rules
from portal.programmes.deeds import ApplicationDeed, ProgrammeDeed
from portal.programmes.mails import calls as letters
from portal.programmes.queries import applying as applying_queries
from portal.programmes.queries import calls as queries
from portal.programmes.queries import programmes as programme_queries
from portal.programmes.queries import questions as question_queries
from portal.programmes.service import copies, deadlines, ordering
from portal.programmes.workflow import APPLICATION, CALL, FORM

COHORT_OVER = Sentence(N_("This cohort is over. Plan another one for new companies."))
UNPREPARED = Sentence(N_("Decisions are prepared for this call. Take them back first."))
NO_AGREEMENT = Sentence(N_("Write the agreement that companies sign to join the cohort first."))


@dataclass(frozen=True, kw_only=True)
class CallTerms:
    """What a call says, until when, and who answers for it. The texts are Markdown."""

    title_en: str
    title_nb: str
    contact_id: UUID
    opens_at: datetime
    closes_at: datetime
    decision_on: date
    zone: str = "Europe/Oslo"
    offer_days: int = 14
    summary_en: str = ""
    summary_nb: str = ""
    text_en: str = ""
    text_nb: str = ""


def make_call(
    cohort: Cohort, terms: CallTerms, *, like: Call | None = None, actor: Actor, now: datetime
) -> Call:
    """Draft a call for a cohort, perhaps with the questions and terms of an earlier one."""
    if cohort.state in {CohortState.COMPLETED, CohortState.CANCELLED}:
        raise Refused(COHORT_OVER)
    dated(terms)
    call = Call(
        programme_id=cohort.programme_id,
        cohort_id=cohort.id,
        slug=address_for(terms.title_en),
        **asdict(terms),
    )
    form = FormVersion(call=call, number=1)
    db.session.add_all([call, form])
    db.session.flush()
    if like is not None:
        copies.copy_criteria(like, call)
        copies.copy_questions(question_queries.form(like, actor=actor), form)
    audit.record(ProgrammeDeed.CALL_MADE, call, actor=actor, now=now)
    return call


def edit_call(call: Call, terms: CallTerms, *, version: int, actor: Actor, now: datetime) -> None:
    """Change what a call says. An announced deadline only ever moves later, while it lasts."""
    unchanged(call, version, theirs={name: getattr(call, name) for name in asdict(terms)})
    if reason := rules.settled(call):
        raise Refused(reason)
    dated(terms)
    if reason := rules.opening_moved(call, terms.opens_at, now=now):
        raise Mistake("opens_at", reason)
    if reason := rules.deadline_moved(call, terms.closes_at, now=now):
        raise Mistake("closes_at", reason)
    before = call.closes_at
    for name, value in asdict(terms).items():
        setattr(call, name, value)
    deadlines.tell(call, before=before, now=now)
    about = About(details={"closes_at": terms.closes_at.isoformat()})
    audit.record(ProgrammeDeed.CALL_EDITED, call, actor=actor, now=now, about=about)


def dated(terms: CallTerms) -> None:
    """Insist that a call opens, closes and is decided in this order."""
    if reason := rules.closes_first(terms.opens_at, terms.closes_at):
        raise Mistake("closes_at", reason)
    if reason := rules.promised_too_early(terms.decision_on, terms.closes_at, terms.zone):
        raise Mistake("decision_on", reason)


def address_for(title: str) -> str:
    """Return an address that no other call has."""
    wanted = slug(title) or "call"
    return distinct(wanted, programme_queries.taken_slugs(Call.slug, wanted))


def add_criterion(
    call: Call, *, text_en: str, text_nb: str, actor: Actor, now: datetime
) -> Criterion:
    """Add a term that applicants have to meet, at the end."""
    still_draft(call)
    last = max((each.position for each in queries.criteria(call)), default=0)
    criterion = Criterion(call=call, position=last + 1, text_en=text_en, text_nb=text_nb)
    db.session.add(criterion)
    audit.record(ProgrammeDeed.CRITERION_CHANGED, call, actor=actor, now=now)
    return criterion


def edit_criterion(
    criterion: Criterion, texts: tuple[str, str], *, version: int, actor: Actor, now: datetime
) -> None:
    """Reword a term: first in English, then in Norwegian."""
    theirs = {"text_en": criterion.text_en, "text_nb": criterion.text_nb}
    unchanged(criterion, version, theirs=theirs)
    still_draft(criterion.call)
    criterion.text_en, criterion.text_nb = texts
    audit.record(ProgrammeDeed.CRITERION_CHANGED, criterion.call, actor=actor, now=now)


def remove_criterion(criterion: Criterion, *, actor: Actor, now: datetime) -> None:
    """Drop a term."""
    call = criterion.call
    still_draft(call)
    db.session.delete(criterion)
    audit.record(ProgrammeDeed.CRITERION_CHANGED, call, actor=actor, now=now)


def move_criterion(criterion: Criterion, *, up: bool, actor: Actor, now: datetime) -> None:
    """Put a term one place earlier or later."""
    still_draft(criterion.call)
    ordering.shift(list(queries.criteria(criterion.call)), criterion, up=up)
    audit.record(ProgrammeDeed.CRITERION_CHANGED, criterion.call, actor=actor, now=now)


def still_draft(call: Call) -> None:
    """Insist that applicants have not been told the terms yet."""
    if call.state is not CallState.DRAFT:
        said = N_("Applicants have read these terms. They stay as they were published.")
        raise Refused(Sentence(said))


def preview_call(call: Call, *, actor: Actor, now: datetime) -> None:
    """Note that somebody read a call as an applicant will, and found it ready."""
    call.previewed_at = now
    audit.record(ProgrammeDeed.CALL_PREVIEWED, call, actor=actor, now=now)


def publish_call(call: Call, *, actor: Actor, now: datetime) -> None:
    """Make a call public and freeze its questions."""
    form = question_queries.form(call, actor=actor)
    lacking = what_lacks(call, form, now=now)
    if lacking and CALL.offers("publish", call, actor=actor):
        raise Refused(lacking[0])
    step = CALL.make("publish", call, actor=actor, now=now)
    call.published_at = now
    if form is not None and form.state is FormState.DRAFT:
        FORM.make("publish", form, actor=actor, now=now)
        form.published_at = now
    audit.record(ProgrammeDeed.CALL_PUBLISHED, call, actor=actor, now=now, about=About(step=step))


def what_lacks(call: Call, form: FormVersion | None, *, now: datetime) -> Sequence[Sentence]:
    """Return everything that keeps a call from being published, in the order to mend it."""
    reasons = (
        rules.nothing_asked(form.sections if form else ()),
        None if programme_queries.last_agreement_number(call.cohort) else NO_AGREEMENT,
        rules.not_ready(call, now=now),
    )
    return [reason for reason in reasons if reason]


def cancel_call(call: Call, *, reason: str, actor: Actor, now: datetime) -> None:
    """Cancel a call: its applications end, and those who sent or began one are told why."""
    if queries.decisions_wait(call):
        raise Refused(UNPREPARED)
    if promised := rules.already_promised(queries.states_of_applications(call)):
        raise Refused(promised)
    step = CALL.make("cancel", call, actor=actor, now=now)
    about = About(step=step, note=reason)
    audit.record(ProgrammeDeed.CALL_CANCELLED, call, actor=actor, now=now, about=about)
    for application in queries.to_be_called_off(call):
        call_off(application, reason=reason, actor=actor, now=now)


def call_off(application: Application, *, reason: str, actor: Actor, now: datetime) -> None:
    """End one application because its call was cancelled."""
    step = APPLICATION.make("call_off", application, actor=actor, now=now)
    application.closed_reason = reason
    about = About(organisation_id=application.organisation_id, step=step, note=reason)
    audit.record(ApplicationDeed.CALLED_OFF, application, actor=actor, now=now, about=about)
    people = applying_queries.concerned(application, now=now)
    mail.queue(*letters.call_cancelled(application, people))


def decide_call(call: Call, *, actor: Actor, now: datetime) -> None:
    """Close a call once every applicant has an answer; a waiting list may stay open."""
    if queries.decisions_wait(call):
        raise Refused(Sentence(N_("Some prepared decisions are not published yet.")))
    if waiting := rules.still_undecided(queries.states_of_applications(call)):
        raise Refused(waiting)
    step = CALL.make("decide", call, actor=actor, now=now)
    audit.record(ProgrammeDeed.CALL_DECIDED, call, actor=actor, now=now, about=About(step=step))


def archive_call(call: Call, *, actor: Actor, now: datetime) -> None:
    """Put a call away that nothing happens with any more."""
    step = CALL.make("archive", call, actor=actor, now=now)
    audit.record(ProgrammeDeed.CALL_ARCHIVED, call, actor=actor, now=now, about=About(step=step))

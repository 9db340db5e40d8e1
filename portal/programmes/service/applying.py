"""What applicants do with an application, from the first word to the withdrawal."""

from datetime import datetime
from zoneinfo import ZoneInfo

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.models import (
    Actor,
    Application,
    ApplicationRevision,
    ApplicationState,
    Call,
    Organisation,
    Reminder,
)
from portal.platform import audit, counters, mail
from portal.platform.audit import About
from portal.programmes import policy, rules
from portal.programmes.deeds import ApplicationDeed
from portal.programmes.mails import applying as letters
from portal.programmes.queries import answers as answer_queries
from portal.programmes.queries import applying as queries
from portal.programmes.service.answers import hold
from portal.programmes.service.departing import let_go
from portal.programmes.workflow import APPLICATION

CONFIRM_FIRST = Sentence(
    N_("Confirm your e-mail address first: open the link in the message that we sent you.")
)
NOT_YOURS = Sentence(N_("You can only apply for an organisation that you belong to."))
ALREADY = Sentence(
    N_("This organisation already has an application to this call. You find it among your"
       " applications.")
)  # fmt: skip
CHANGED = Sentence(
    N_("An answer was changed since you opened this page. Read it once more, then send.")
)


def begin(call: Call, organisation: Organisation, *, actor: Actor, now: datetime) -> Application:
    """Begin an organisation's draft, which all of its people can edit.

    The programme team may begin one for any organisation, on its behalf.
    """
    ours = actor.belongs_to(organisation.id)
    if not ours and not policy.runs_programmes(actor):
        raise NotAllowed(NOT_YOURS)
    if ours and not actor.verified:
        raise NotAllowed(CONFIRM_FIRST)
    if reason := rules.not_open(call, now=now):
        raise Refused(reason)
    queries.organisation(organisation.id, lock=True)
    if queries.live_of(call, organisation.id):
        raise Refused(ALREADY)
    application = Application(
        created_at=now,
        call=call,
        organisation=organisation,
        applicant_name=organisation.display_name,
        applicant_key=organisation.name_key,
        lead_id=actor.id if ours else None,
    )
    db.session.add(application)
    about = on_behalf(application, actor=actor)
    audit.record(ApplicationDeed.BEGUN, application, actor=actor, now=now, about=about)
    return application


def submit(
    application: Application, *, seen: str | None = None, actor: Actor, now: datetime
) -> ApplicationRevision:
    """Hand a draft to the programme team: freeze what it says, number it, and send the receipt.

    `seen` is the fingerprint of the answers that were read before sending.
    """
    hold(application)
    sheet = answer_queries.sheet_of(application)
    with db.session.no_autoflush:  # the row is whole again only when it has its reference
        step = APPLICATION.make("submit", application, actor=actor, now=now)
        if seen is not None and seen != sheet.fingerprint:
            raise Mistake("confirm", CHANGED)
        if reason := rules.incomplete(sheet.progress):
            raise Refused(reason)
        application.submitted_at = now
        application.reference = next_reference(application.call, now=now)
        application.applicant_name = application.organisation.display_name
        application.applicant_key = application.organisation.name_key
    revision = freeze(sheet, actor=actor, now=now)
    about = About(organisation_id=application.organisation_id, step=step)
    audit.record(ApplicationDeed.SUBMITTED, application, actor=actor, now=now, about=about)
    mail.queue(*letters.received(application, queries.concerned(application, now=now)))
    return revision


def freeze(sheet: answer_queries.Sheet, *, actor: Actor, now: datetime) -> ApplicationRevision:
    """Write down what is sent, as it is sent."""
    if sheet.form_version_id is None:
        raise Refused(Sentence(N_("This call asks nothing yet. Ask the programme team about it.")))
    answers = rules.frozen_answers(sheet.questions, sheet.values)
    revision = ApplicationRevision(
        application_id=sheet.application.id,
        number=1,
        form_version_id=sheet.form_version_id,
        answers=answers,
        checksum=rules.checksum(answers),
        submitted_by_id=actor.id,
        submitted_at=now,
    )
    db.session.add(revision)
    return revision


def next_reference(call: Call, *, now: datetime) -> str:
    """Return the next reference of the year that it is where the call is."""
    year = now.astimezone(ZoneInfo(call.zone)).year
    return rules.reference(year, counters.following(f"application-{year}"))


def withdraw(application: Application, *, reason: str = "", actor: Actor, now: datetime) -> None:
    """End an application at the applicant's wish, and let go what it held."""
    hold(application)
    sent = application.state is not ApplicationState.DRAFT
    step = APPLICATION.make("withdraw", application, actor=actor, now=now)
    application.waiting_rank = None
    application.closed_reason = reason
    let_go(application, actor=actor, now=now)
    about = About(organisation_id=application.organisation_id, step=step, note=reason)
    audit.record(ApplicationDeed.WITHDRAWN, application, actor=actor, now=now, about=about)
    if sent:
        mail.queue(
            *letters.withdrawn(application, queries.concerned(application, now=now)),
            letters.left(application, application.call.contact),
        )


def lapse(application: Application, *, actor: Actor, now: datetime) -> None:
    """End a draft that was not sent in time. The portal does this by itself."""
    hold(application)
    step = APPLICATION.make("lapse", application, actor=actor, now=now)
    about = About(organisation_id=application.organisation_id, step=step)
    audit.record(ApplicationDeed.LAPSED, application, actor=actor, now=now, about=about)
    mail.queue(*letters.lapsed(application, queries.concerned(application, now=now)))


def remind(application: Application, *, actor: Actor, now: datetime) -> bool:
    """Remind of a draft whose deadline comes near, once for each of the days that we remind on.

    Return whether letters were written; for a draft begun so late that its author knows the
    deadline, only the fact that it was dealt with is kept.
    """
    hold(application)
    closes_at, begun_at = application.call.closes_at, application.created_at
    name = rules.reminder_of(closes_at, now=now)
    still = application.state is ApplicationState.DRAFT
    if name is None or not still or queries.was_reminded(application, name):
        return False
    db.session.add(Reminder(subject_id=application.id, rule=name, sent_at=now))
    if not rules.is_worth_reminding(name, closes_at, begun_at):
        return False
    progress = answer_queries.sheet_of(application).progress
    mail.queue(*letters.reminder(application, progress, queries.concerned(application, now=now)))
    audit.record(ApplicationDeed.REMINDED, application, actor=actor, now=now)
    return True


def on_behalf(application: Application, *, actor: Actor) -> About:
    """Say in the audit for whom staff act, when they do."""
    id = application.organisation_id or application.organisation.id
    ours = actor.belongs_to(id)
    return About(organisation_id=id, on_behalf_of_id=None if ours else id)

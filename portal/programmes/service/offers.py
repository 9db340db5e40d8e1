"""Offers: made, answered, taken back, expired; and the waiting list behind them."""

from datetime import datetime

from sqlalchemy import select, update

from portal.core.errors import Refused
from portal.core.wording import N_, Sentence
from portal.core.workflow import Step
from portal.extensions import db
from portal.models import (
    Actor,
    Application,
    ApplicationDecision,
    ApplicationState,
    Call,
    Offer,
    OfferState,
    Participation,
    Reminder,
)
from portal.platform import audit, mail
from portal.platform.audit import About
from portal.programmes import places, rules
from portal.programmes.deeds import ApplicationDeed, CohortDeed
from portal.programmes.mails import deciding as letters
from portal.programmes.queries import applying as applicants
from portal.programmes.queries import cohorts as cohort_queries
from portal.programmes.queries import deciding as decisions
from portal.programmes.queries import offers as queries
from portal.programmes.service.holding import hold
from portal.programmes.workflow import APPLICATION, OFFER

NO_AGREEMENT = Sentence(
    N_("Nothing is written yet that companies sign to join this cohort. Write the agreement first.")
)
NO_OFFER = Sentence(N_("There is no open offer to this applicant."))
IN_IT_ALREADY = Sentence(N_("This company is in the cohort already, or was."))


def make_offer(
    application: Application, *, decision: ApplicationDecision | None = None, now: datetime
) -> Offer:
    """Hold a place for an applicant until it answers. The application is on its way to offered."""
    call = application.call
    agreement = queries.agreement(call.cohort_id)
    if agreement is None:
        raise Refused(NO_AGREEMENT)
    if reason := rules.cohort_over(call.cohort):
        raise Refused(reason)
    places.take(call.cohort_id)
    offer = Offer(
        application=application,
        decision_id=decision and decision.id,
        cohort=call.cohort,
        agreement=agreement,
        offered_at=now,
        expires_at=rules.answer_until(now, call.offer_days, call.zone),
    )
    db.session.add(offer)
    return offer


def place_in_line(application: Application, wanted: int | None) -> int:
    """Find a place on the waiting list: the wished one, behind which others move, or the last."""
    cohort_id = application.call.cohort_id
    decisions.lock_cohort(cohort_id)
    last = queries.highest_rank(cohort_id)
    if wanted is None or wanted > last:
        return last + 1
    calls = select(Call.id).where(Call.cohort_id == cohort_id)
    behind = update(Application).where(
        Application.call_id.in_(calls),
        Application.state == ApplicationState.WAITLISTED,
        Application.waiting_rank >= wanted,
        Application.id != application.id,
    )
    db.session.execute(behind.values(waiting_rank=Application.waiting_rank + 1))
    return wanted


def accept(offer: Offer, *, name: str, actor: Actor, now: datetime) -> Participation:
    """Take the offered place and sign its agreement; the company joins the cohort."""
    application = offer.application
    hold(application)
    hold(offer)
    with db.session.no_autoflush:  # the rows are whole again only when all is written
        OFFER.make("accept", offer, actor=actor, now=now)
        step = APPLICATION.make("accept", application, actor=actor, now=now)
        offer.answered_at, offer.answered_by_id, offer.accepted_name = now, actor.id, name
        if cohort_queries.takes_part_already(offer.cohort_id, application.organisation_id):
            raise Refused(IN_IT_ALREADY)
    participation = join(offer, actor=actor, now=now)
    about = About(organisation_id=application.organisation_id, step=step, note=name)
    audit.record(ApplicationDeed.ACCEPTED, application, actor=actor, now=now, about=about)
    people = applicants.concerned(application, now=now)
    mail.queue(
        *letters.accepted(offer, participation, people), letters.joined(offer, participation)
    )
    return participation


def join(offer: Offer, *, actor: Actor, now: datetime) -> Participation:
    """Let the company into the cohort, in the place that its offer held."""
    application = offer.application
    participation = Participation(
        cohort=offer.cohort,
        organisation=application.organisation,
        application_id=application.id,
        joined_on=now.date(),
    )
    db.session.add(participation)
    about = About(organisation_id=application.organisation_id)
    audit.record(CohortDeed.JOINED, participation, actor=actor, now=now, about=about)
    return participation


def decline(offer: Offer, *, note: str = "", actor: Actor, now: datetime) -> None:
    """Turn the offered place down; it is free for somebody else at once."""
    hold(offer.application)
    hold(offer)
    step = end(offer, ("decline", "decline"), note=note, actor=actor, now=now)
    offer.answered_by_id = actor.id
    tell(ApplicationDeed.DECLINED, offer, About(step=step, note=note), actor=actor, now=now)
    mail.queue(letters.declined(offer))


def lapse(offer: Offer, *, actor: Actor, now: datetime) -> None:
    """End an offer that nobody answered in time. The portal does this by itself."""
    application = offer.application
    hold(application)
    hold(offer)
    step = end(offer, ("lapse", "lapse_offer"), note="", actor=actor, now=now)
    tell(ApplicationDeed.OFFER_LAPSED, offer, About(step=step), actor=actor, now=now)
    people = applicants.concerned(application, now=now)
    mail.queue(*letters.lapsed(offer, people), letters.not_answered(offer))


def take_back(offer: Offer, *, reason: str, actor: Actor, now: datetime) -> None:
    """Take back an offer that was made by mistake: the application is assessed once more."""
    application = offer.application
    hold(application)
    hold(offer)
    step = end(offer, ("revoke", "take_back"), note=reason, actor=actor, now=now)
    offer.answered_by_id = actor.id
    tell(ApplicationDeed.OFFER_REVOKED, offer, About(step=step, note=reason), actor=actor, now=now)
    people = applicants.concerned(application, now=now)
    mail.queue(*letters.taken_back(offer, people))


def end(offer: Offer, moves: tuple[str, str], *, note: str, actor: Actor, now: datetime) -> Step:
    """End an open offer and let its place go. `moves` are the offer's and the application's."""
    with db.session.no_autoflush:  # the rows are whole again only when all is written
        OFFER.make(moves[0], offer, actor=actor, now=now)
        step = APPLICATION.make(moves[1], offer.application, actor=actor, now=now)
        offer.answered_at, offer.answer_note = now, note
    db.session.flush()
    places.give_back(offer.cohort_id)
    return step


def tell(deed: ApplicationDeed, offer: Offer, about: About, *, actor: Actor, now: datetime) -> None:
    """Write in the application's timeline what became of its offer."""
    application = offer.application
    told = About(
        organisation_id=application.organisation_id, step=about.step, note=about.note
    )  # fmt: skip
    audit.record(deed, application, actor=actor, now=now, about=told)


def promote(turn: queries.Turn, *, reason: str = "", actor: Actor, now: datetime) -> Offer:
    """Offer a free place to the next on the waiting list, or to another with a reason."""
    application = turn.application
    hold(application)
    decisions.lock_cohort(application.call.cohort_id)
    following = queries.next_in_line(application.call.cohort_id)
    is_next = following is not None and following.id == application.id
    with db.session.no_autoflush:  # the rows are whole again only when all is written
        step = APPLICATION.make("promote", application, actor=actor, now=now)
        application.waiting_rank = None
        if refused := rules.out_of_turn(is_next=is_next, reason=reason):
            raise Refused(refused)
        offer = make_offer(application, now=now)
    about = About(organisation_id=application.organisation_id, step=step)
    audit.record(ApplicationDeed.OFFERED, application, actor=actor, now=now, about=about)
    if not is_next:
        passed = About(internal=True, note=reason)
        audit.record(
            ApplicationDeed.OUT_OF_TURN, application, actor=actor, now=now, about=passed
        )  # fmt: skip
    people = applicants.concerned(application, now=now)
    mail.queue(*letters.promoted(offer, people))
    return offer


def release(application: Application, *, message: str, actor: Actor, now: datetime) -> None:
    """Take an applicant off the waiting list for good, and say why."""
    hold(application)
    with db.session.no_autoflush:  # the row is whole again only when all is written
        step = APPLICATION.make("release", application, actor=actor, now=now)
        application.waiting_rank = None
        application.closed_reason = message
    about = About(organisation_id=application.organisation_id, step=step)
    audit.record(ApplicationDeed.RELEASED, application, actor=actor, now=now, about=about)
    people = applicants.concerned(application, now=now)
    mail.queue(*letters.released(application, people))


def remind(offer: Offer, *, actor: Actor, now: datetime) -> bool:
    """Remind of an offer whose end comes near, once for each of the times that we remind at."""
    hold(offer)
    name = rules.offer_reminder_of(offer, now=now)
    if name is None or offer.state is not OfferState.OPEN or queries.was_reminded(offer.id, name):
        return False
    db.session.add(Reminder(subject_id=offer.id, rule=name, sent_at=now))
    application = offer.application
    audit.record(ApplicationDeed.OFFER_REMINDED, application, actor=actor, now=now)
    mail.queue(*letters.reminder(offer, applicants.concerned(application, now=now)))
    return True

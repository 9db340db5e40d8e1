"""What staff do with an application: ask, put off, approve, decline, hand over."""

from datetime import date, datetime, timedelta

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Bilingual, Sentence
from portal.extensions import db
from portal.members.deeds import MemberDeed
from portal.members.joining import mails, policy, queries, rules
from portal.members.joining.deeds import JoiningDeed
from portal.members.joining.service.steps import deciders, locked, readers_of, told
from portal.members.joining.workflow import JOINING
from portal.members.queries import today
from portal.members.service import affiliations, start_membership
from portal.models import (
    Actor,
    JoiningMessage,
    JoiningState,
    MembershipApplication,
    Organisation,
    Person,
)
from portal.platform import audit, mail
from portal.platform.agreeing import still_counts
from portal.platform.audit import About

#: No membership is begun, and nothing put off, further ahead than this.
FURTHEST = timedelta(days=366)

OWN = Sentence(N_("You belong to this organisation, so somebody else of the staff decides."))
ANOTHER = Sentence(N_("You have approved this already. Somebody else has to approve it too."))
NOT_A_HANDLER = Sentence(N_("This person does not look after membership any more."))
THEIRS = Sentence(N_("This person belongs to the organisation, so somebody else decides."))
PAST = Sentence(N_("Choose a day after today."))
TOO_FAR = Sentence(N_("Choose a day within a year."))
BEFORE_TODAY = Sentence(N_("A membership begins today at the earliest."))


def insist(row: MembershipApplication, *, actor: Actor) -> None:
    """Let nobody decide about their own organisation, and nobody but staff at all."""
    if actor.is_staff_of_any and actor.belongs_to(row.organisation_id):
        raise NotAllowed(OWN)
    if not policy.handles(actor, row):
        raise NotAllowed


def taken_up(row: MembershipApplication, *, actor: Actor) -> None:
    """Lock an application for a deed of staff; whoever does the first handles it."""
    locked(row)
    insist(row, actor=actor)
    if row.handler_id is None:
        row.handler_id = actor.id


def assign(row: MembershipApplication, handler: Person, *, actor: Actor, now: datetime) -> None:
    """Give an application to somebody who looks after membership."""
    locked(row)
    insist(row, actor=actor)
    able = {person.id for person in queries.handlers(now=now)}
    if handler.id not in able:
        raise Mistake("handler", NOT_A_HANDLER)
    if affiliations.live(handler.id, row.organisation_id):
        raise Mistake("handler", THEIRS)
    row.handler_id = handler.id
    if handler.id != actor.id:
        mail.queue(*mails.given(row, handler, actor.name))
    about = told(row, note=handler.name, internal=True)
    audit.record(JoiningDeed.ASSIGNED, row, actor=actor, now=now, about=about)


def ask(row: MembershipApplication, question: str, *, actor: Actor, now: datetime) -> None:
    """Put a question to the applicants. An approval that waits for a second is taken back."""
    taken_up(row, actor=actor)
    step = JOINING.make("ask", row, actor=actor, now=now)
    forget_first(row)
    row.deferred_until = None
    row.answer_by = now + timedelta(days=queries.promise().answer_days)
    db.session.add(
        JoiningMessage(
            application_id=row.id, person_id=actor.id, from_us=True, text=question, at=now,
            created_at=now,
        )
    )  # fmt: skip
    mail.queue(*mails.asked(row, question, readers_of(row)))
    audit.record(JoiningDeed.ASKED, row, actor=actor, now=now, about=told(row, step=step))


def defer(
    row: MembershipApplication, until: date, *, reason: str, actor: Actor, now: datetime
) -> None:
    """Put an application off to a day, for a reason that the applicants read."""
    day = today(now=now)
    if until <= day:
        raise Mistake("until", PAST)
    if until > day + FURTHEST:
        raise Mistake("until", TOO_FAR)
    taken_up(row, actor=actor)
    step = JOINING.make("defer", row, actor=actor, now=now)
    forget_first(row)
    row.deferred_until = until
    mail.queue(*mails.deferred(row, readers_of(row), until=until, reason=reason))
    about = told(row, step=step, note=reason)
    audit.record(JoiningDeed.DEFERRED, row, actor=actor, now=now, about=about)


def resume(row: MembershipApplication, *, actor: Actor, now: datetime) -> None:
    """Take an application up again; the applicants are promised an answer anew."""
    locked(row)
    step = JOINING.make("resume", row, actor=actor, now=now)
    row.deferred_until = None
    row.promised_at = now + timedelta(days=queries.promise().promised_days)
    audit.record(JoiningDeed.RESUMED, row, actor=actor, now=now, about=told(row, step=step))


def forget_first(row: MembershipApplication) -> None:
    """Let what the first of two said be said again, since something is open."""
    row.first_approved_by_id = row.first_approved_at = None


def approve(row: MembershipApplication, from_on: date, *, actor: Actor, now: datetime) -> bool:
    """Approve an application; return whether the organisation is a member now.

    Approving what is approved changes nothing. Where two have to approve, the first is kept, and
    the second, who is somebody else, makes the organisation a member. A first who may not approve
    any more is none.
    """
    taken_up(row, actor=actor)
    if row.state is JoiningState.APPROVED:
        return True
    insist_on_day(from_on, now=now)
    if waits_for_first(row, now=now):
        approve_first(row, actor=actor, now=now)
        return False
    if row.first_approved_by_id == actor.id:
        raise Refused(ANOTHER)
    admit(row, from_on, actor=actor, now=now)
    return True


def waits_for_first(row: MembershipApplication, *, now: datetime) -> bool:
    """Tell whether two have to approve, and nobody has whose word counts."""
    two = rules.needs_two(row.tier, always=queries.promise().two_approve)
    return two and not still_counts(row.first_approved_by_id, policy.handles, row, now=now)


def insist_on_day(from_on: date, *, now: datetime) -> None:
    """Let a membership begin neither in the past nor at some far day."""
    day = today(now=now)
    if from_on < day:
        raise Mistake("from_on", BEFORE_TODAY)
    if from_on > day + FURTHEST:
        raise Mistake("from_on", TOO_FAR)


def approve_first(row: MembershipApplication, *, actor: Actor, now: datetime) -> None:
    """Keep what the first of two says, and ask the others for the second word."""
    step = JOINING.make("approve_first", row, actor=actor, now=now)
    row.deferred_until = None
    row.first_approved_by_id, row.first_approved_at = actor.id, now
    others = [person for person in deciders(row, now=now) if person.id != actor.id]
    mail.queue(*mails.to_confirm(row, actor.name, others))
    about = told(row, step=step, internal=True)
    audit.record(JoiningDeed.FIRST_APPROVED, row, actor=actor, now=now, about=about)


def admit(row: MembershipApplication, from_on: date, *, actor: Actor, now: datetime) -> None:
    """Make the organisation a member, with all that follows from it."""
    first, after = rules.first_period(row.tier.year, from_on)
    membership = start_membership(
        row.organisation, row.tier, from_on=first, to_on=after, actor=actor, now=now
    )
    step = JOINING.make("approve", row, actor=actor, now=now)
    row.membership, row.deferred_until = membership, None
    row.decided_at, row.decided_by_id = now, actor.id
    confirm(row.organisation, actor=actor, now=now)
    db.session.flush()
    letters = mails.approved(row, number=membership.number, from_on=first, readers=readers_of(row))
    mail.queue(*letters)
    audit.record(JoiningDeed.APPROVED, row, actor=actor, now=now, about=told(row, step=step))


def confirm(organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Let who approves an organisation say with it that it is what it says it is."""
    if organisation.confirmed_at is not None:
        return
    organisation.confirmed_at, organisation.confirmed_by_id = now, actor.id
    about = About(organisation_id=organisation.id)
    audit.record(MemberDeed.ORGANISATION_CONFIRMED, organisation, actor=actor, now=now, about=about)


def decline(row: MembershipApplication, reason: str, *, actor: Actor, now: datetime) -> None:
    """Decline an application, and say why and what can be done about it."""
    taken_up(row, actor=actor)
    step = JOINING.make("decline", row, actor=actor, now=now)
    row.answer_by = row.deferred_until = None
    row.decided_at, row.decided_by_id, row.reason = now, actor.id, reason
    appeal = appeal_of(queries.promise())
    mail.queue(*mails.declined(row, readers_of(row), reason=reason, appeal=appeal))
    about = told(row, step=step, note=reason)
    audit.record(JoiningDeed.DECLINED, row, actor=actor, now=now, about=about)


def appeal_of(promise: queries.Promise) -> Sentence:
    """Return what the statutes say of an appeal, else what we say ourselves."""
    if not (promise.appeal_en or promise.appeal_nb):
        return mails.APPEAL
    text = Bilingual(promise.appeal_en or promise.appeal_nb, promise.appeal_nb or promise.appeal_en)
    return Sentence(N_("What you can do: %(appeal)s"), {"appeal": text})

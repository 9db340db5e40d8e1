"""What applicants do: begin, write, send, answer, withdraw."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.core.errors import Mistake, NotAllowed, Refused, present
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.joining import mails, policy, queries, rules
from portal.members.joining.deeds import JoiningDeed
from portal.members.joining.service.steps import locked, readers_at, readers_of, told
from portal.members.joining.workflow import JOINING
from portal.members.queries import standing, today
from portal.members.service import affiliations, seats
from portal.members.service.organisations import CONFIRM_FIRST
from portal.models import (
    OPEN_JOINING,
    Actor,
    ConsentEvent,
    JoiningMessage,
    JoiningState,
    MembershipApplication,
    MembershipStatus,
    MembershipTier,
    Organisation,
)
from portal.platform import audit, mail
from portal.platform.counters import following
from portal.platform.versions import unchanged

#: The version of the form that is asked today; answers of older ones stay as they were given.
FORM_VERSION = 1
MEMBER_ALREADY = Sentence(N_("This organisation is a member already."))
#: How a membership stands beside which there is nothing to apply for.
COUNTS = (
    MembershipStatus.UPCOMING,
    MembershipStatus.ACTIVE,
    MembershipStatus.GRACE,
    MembershipStatus.SUSPENDED,
)
NOT_A_DRAFT = Sentence(N_("This application was sent already, and is not changed any more."))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What somebody writes in an application."""

    tier: MembershipTier
    why: str = ""
    billing_email: str = ""
    invoice_reference: str = ""


def begin(
    organisation: Organisation, tier: MembershipTier, *, actor: Actor, now: datetime
) -> MembershipApplication:
    """Begin an application, or find the one that the organisation has going."""
    if not actor.verified:
        raise NotAllowed(CONFIRM_FIRST)
    if not actor.represents(organisation.id):
        raise NotAllowed
    affiliations.lock(organisation.id)
    if found := going(organisation):
        return found
    insist_on_no_membership(organisation, actor=actor, now=now)
    row = MembershipApplication(
        organisation=organisation,
        applicant_id=actor.id,
        tier=tier,
        form_version=FORM_VERSION,
        answers={},
        billing_email=actor.email,
        created_at=now,
    )
    db.session.add(row)
    audit.record(JoiningDeed.BEGUN, row, actor=actor, now=now, about=told(row))
    return row


def going(organisation: Organisation) -> MembershipApplication | None:
    """Find the application that an organisation has going."""
    return db.session.scalar(
        select(MembershipApplication).where(
            MembershipApplication.organisation_id == organisation.id,
            MembershipApplication.state.in_(OPEN_JOINING),
        )
    )


def insist_on_no_membership(organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Refuse to apply for what an organisation has; who lapsed may apply."""
    _membership, status = standing(organisation.id, actor=actor, now=now)
    if status in COUNTS:
        raise Refused(MEMBER_ALREADY)


def write(
    row: MembershipApplication, draft: Draft, *, version: int | None, actor: Actor, now: datetime
) -> None:
    """Change a draft. Nothing has to be there before it is sent."""
    if not policy.speaks_for(actor, row):
        raise NotAllowed
    if row.state is not JoiningState.DRAFT:
        raise Refused(NOT_A_DRAFT)
    unchanged(row, version, theirs=as_saved(row))
    if draft.tier.id != row.tier_id and not draft.tier.open_to_apply:
        raise Mistake("tier", rules.NOT_OFFERED)
    row.tier, row.form_version = draft.tier, FORM_VERSION
    row.answers = {"why": draft.why}
    row.billing_email, row.invoice_reference = draft.billing_email, draft.invoice_reference
    audit.record(JoiningDeed.WRITTEN, row, actor=actor, now=now, about=told(row))


def as_saved(row: MembershipApplication) -> dict[str, Any]:
    """Return what is kept of a draft, by field of the form."""
    return {
        "tier": str(row.tier_id),
        "why": row.answers.get("why", ""),
        "billing_email": row.billing_email,
        "invoice_reference": row.invoice_reference,
    }


def submit(row: MembershipApplication, *, actor: Actor, now: datetime) -> None:
    """Send an application: what it costs and by when there is an answer is settled with it."""
    locked(row)
    insist_on_no_membership(row.organisation, actor=actor, now=now)
    seats.insist_on_room(row.organisation_id, row.tier)
    promise, day = queries.promise(), today(now=now)
    size, terms = row.organisation.size, present(queries.terms_in_force())
    price = rules.price_for(queries.prices_of(row.tier_id), size, today=day)
    number = following(f"joining:{day.year}")
    step = JOINING.make("submit", row, actor=actor, now=now)
    row.reference = f"JOIN-{day.year}-{number:04}"
    row.submitted_at, row.applicant_id, row.size = now, actor.id, size
    row.promised_at = now + timedelta(days=promise.promised_days)
    row.price_ore, row.vat_code = (price.price_ore, price.vat_code) if price else (None, None)
    row.terms_revision_id = terms
    db.session.add(ConsentEvent(person_id=actor.id, revision_id=terms, at=now))
    db.session.flush()
    mail.queue(*mails.received(row, readers_of(row)))
    mail.queue(*mails.arrived(row, readers_at(row, now=now)))
    audit.record(JoiningDeed.SUBMITTED, row, actor=actor, now=now, about=told(row, step=step))


def answer(row: MembershipApplication, text: str, *, actor: Actor, now: datetime) -> None:
    """Answer the question of staff. We answer as soon after as we promised at first, or later."""
    locked(row)
    step = JOINING.make("answer", row, actor=actor, now=now)
    row.answer_by = row.reminded_at = None
    again = now + timedelta(days=queries.promise().promised_days)
    row.promised_at = max(row.promised_at or again, again)
    db.session.add(
        JoiningMessage(
            application_id=row.id, person_id=actor.id, from_us=False, text=text, at=now,
            created_at=now,
        )
    )  # fmt: skip
    mail.queue(*mails.answered(row, readers_at(row, now=now)))
    audit.record(JoiningDeed.ANSWERED, row, actor=actor, now=now, about=told(row, step=step))


def withdraw(row: MembershipApplication, reason: str, *, actor: Actor, now: datetime) -> None:
    """Withdraw an application; whoever handles it hears of it."""
    locked(row)
    sent = row.submitted_at is not None
    step = JOINING.make("withdraw", row, actor=actor, now=now)
    row.answer_by = row.deferred_until = None
    row.decided_at, row.decided_by_id, row.reason = now, actor.id, reason
    if sent:
        mail.queue(*mails.withdrawn(row, readers_of(row)))
    if row.handler_id:
        mail.queue(*mails.gone(row, readers_at(row, now=now)))
    audit.record(JoiningDeed.WITHDRAWN, row, actor=actor, now=now, about=told(row, step=step))

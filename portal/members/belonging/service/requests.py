"""A member asks for another year or another kind of membership; staff agree, or say why not."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.core.workflow import Step
from portal.extensions import db
from portal.members import queries as of_room
from portal.members import rules as terms
from portal.members.belonging import mails, policy, rules
from portal.members.belonging.deeds import BelongingDeed
from portal.members.belonging.queries import exclusions as readers
from portal.members.belonging.queries import requests as queries
from portal.members.belonging.workflow import TIER_REQUEST
from portal.members.service import seats
from portal.members.service.memberships import change_tier, locked, periods_of, renew
from portal.models import Actor, Membership, MembershipTier, Person, TierRequest, TierRequestTakes
from portal.platform import audit, mail
from portal.platform.agreeing import still_counts
from portal.platform.audit import About

ASKED_ALREADY = Sentence(
    N_("You have asked for something already. Take that back first, or wait for the answer.")
)
NOTICE = Sentence(N_("Notice was given: the membership ends. Take the notice back first."))
ANOTHER = Sentence(N_("You have approved this already. Somebody else has to approve it too."))
NOT_BEFORE_TODAY = Sentence(N_("Choose today or a later day."))


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a member would like: which kind, from when, and what it says about it."""

    tier: MembershipTier
    takes: TierRequestTakes
    message: str = ""


def ask(membership: Membership, wish: Wish, *, actor: Actor, now: datetime) -> TierRequest:
    """Ask for another year or another kind. The price is kept as it is today for that day."""
    if not policy.asks(actor, membership):
        raise NotAllowed
    locked(membership, now=now)
    insist_on_sense(membership, wish, now=now)
    day = rules.begins(wish.takes, periods_of(membership), today=of_room.today(now=now))
    row = TierRequest(
        membership=membership,
        tier=wish.tier,
        takes=wish.takes,
        message=wish.message,
        price_ore=queries.prices(membership.organisation, day=day).get(wish.tier.id),
        asked_by_id=actor.id,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    record(BelongingDeed.REQUEST_SENT, row, note=wish.message, actor=actor, now=now)
    staff = readers.membership_staff(now=now)
    mail.queue(*(mails.asked(row, who=actor, to=each) for each in staff))
    return row


def insist_on_sense(membership: Membership, wish: Wish, *, now: datetime) -> None:
    """Refuse what could not be agreed to."""
    if membership.ends_on is not None:
        raise Refused(NOTICE)
    if queries.waits(membership):
        raise Refused(ASKED_ALREADY)
    today, periods = of_room.today(now=now), periods_of(membership)
    if wrong := rules.wrong_wish(wish.takes, wish.tier.id, periods, today=today):
        raise Mistake("tier", wrong)
    seats.insist_on_room(membership.organisation_id, wish.tier)


def grant(row: TierRequest, from_on: date | None, *, actor: Actor, now: datetime) -> bool:
    """Agree to what a member asked for; return whether it is done.

    Where two decide about such a kind, the first is kept, and the second, who is somebody else,
    carries it out; a first who may not agree any more is none. `from_on` is the day of a change at
    once; today, if none is given.
    """
    held(row)
    if waits_for_first(row, now=now):
        step = TIER_REQUEST.make("approve_first", row, actor=actor, now=now)
        row.first_approved_by_id, row.first_approved_at = actor.id, now
        record(BelongingDeed.REQUEST_FIRST, row, step, actor=actor, now=now)
        return False
    if is_first_word(row, actor=actor):
        raise Refused(ANOTHER)
    step = TIER_REQUEST.make("grant", row, actor=actor, now=now)
    row.decided_by_id, row.decided_at = actor.id, now
    try:
        first = carry_out(row, from_on, actor=actor, now=now)
    except Mistake as wrong:
        if wrong.field == "from_on" and row.takes is TierRequestTakes.AT_ONCE:
            raise
        raise Refused(wrong.reason) from wrong  # the page asks for nothing else
    record(BelongingDeed.REQUEST_GRANTED, row, step, actor=actor, now=now)
    mail.queue(*(mails.granted(row, first, to=each) for each in hearers(row, now=now)))
    return True


def waits_for_first(row: TierRequest, *, now: datetime) -> bool:
    """Tell whether two have to agree, and nobody has whose word counts."""
    first = row.first_approved_by_id
    return of_room.two_approve(row.tier) and not still_counts(first, policy.answers, row, now=now)


def is_first_word(row: TierRequest, *, actor: Actor) -> bool:
    """Tell whether two have to agree, and somebody was the first."""
    return of_room.two_approve(row.tier) and row.first_approved_by_id == actor.id


def carry_out(row: TierRequest, from_on: date | None, *, actor: Actor, now: datetime) -> date:
    """Change the kind, or renew the membership; return the first day of it."""
    membership, today = row.membership, of_room.today(now=now)
    locked(membership, now=now)
    if membership.ends_on is not None:
        raise Refused(NOTICE)
    periods = periods_of(membership)
    first = rules.begins(row.takes, periods, today=today)
    if wrong := rules.wrong_wish(row.takes, row.tier_id, periods, today=today):
        raise Refused(wrong)
    if row.takes is TierRequestTakes.AT_ONCE:
        first = from_on or today
        if first < today:
            raise Mistake("from_on", NOT_BEFORE_TODAY)
        change_tier(membership, row.tier, from_on=first, actor=actor, now=now)
    elif any(period.from_on == first for period in periods):
        change_tier(membership, row.tier, from_on=first, actor=actor, now=now)
    else:
        first, after = terms.next_span(first, row.tier.year)
        renew(membership, row.tier, from_on=first, to_on=after, actor=actor, now=now)
    return first


def decline(row: TierRequest, reason: str, *, actor: Actor, now: datetime) -> None:
    """Do not agree, and say why."""
    held(row)
    step = TIER_REQUEST.make("decline", row, actor=actor, now=now)
    row.decided_by_id, row.decided_at, row.answer = actor.id, now, reason
    record(BelongingDeed.REQUEST_DECLINED, row, step, note=reason, actor=actor, now=now)
    mail.queue(*(mails.declined(row, to=each) for each in hearers(row, now=now)))


def withdraw(row: TierRequest, *, actor: Actor, now: datetime) -> None:
    """Take back what was asked for."""
    held(row)
    step = TIER_REQUEST.make("withdraw", row, actor=actor, now=now)
    row.decided_by_id, row.decided_at = actor.id, now
    record(BelongingDeed.REQUEST_WITHDRAWN, row, step, actor=actor, now=now)


def held(row: TierRequest) -> None:
    """Let nobody else answer a request until this deed is kept."""
    db.session.execute(select(TierRequest.id).where(TierRequest.id == row.id).with_for_update())
    db.session.refresh(row)


def hearers(row: TierRequest, *, now: datetime) -> list[Person]:
    """Return who hears of the answer."""
    organisation_id = row.membership.organisation_id
    return readers.hearers([organisation_id], now=now).get(organisation_id, [])


def record(
    deed: BelongingDeed,
    row: TierRequest,
    step: Step | None = None,
    *,
    note: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Write a deed in the timelines of the request and of the organisation."""
    about = About(
        organisation_id=row.membership.organisation_id,
        step=step,
        note=note,
        internal=deed is BelongingDeed.REQUEST_FIRST,
        details={"title": row.tier.name_en},
    )
    audit.record(deed, row, actor=actor, now=now, about=about)

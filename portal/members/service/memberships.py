"""Membership: a number, and dated periods in a tier."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import policy, queries, rules
from portal.members.deeds import MemberDeed
from portal.members.rules.membership import AFTER_END, OUTSIDE, SAME_TIER, TOO_LATE
from portal.members.service import seats
from portal.models import (
    PORTAL,
    Actor,
    EndReason,
    FormerSuspension,
    Membership,
    MembershipPeriod,
    MembershipStatus,
    MembershipTier,
    Organisation,
)
from portal.platform import audit, cluster, counters
from portal.platform.audit import About

NUMBERS = "membership"
MEMBER_ALREADY = Sentence(N_("This organisation is a member already. Renew its membership."))
MEMBER_UNTIL = N_(
    "This organisation is a member until %(day)s. A new membership begins after that."
)
OVER = Sentence(N_("This membership has ended."))
NOT_SUSPENDED = Sentence(N_("This membership is not suspended."))

Span = tuple[date, date]


def insist(*, actor: Actor) -> None:
    """Let only staff who look after membership, or the portal itself, go on."""
    if actor is not PORTAL and not policy.membership_staff(actor):
        raise NotAllowed


def next_number() -> int:
    """Give the next membership number; none is given twice."""
    return counters.following(NUMBERS)


def start_membership(
    organisation: Organisation,
    tier: MembershipTier,
    *,
    from_on: date,
    to_on: date,
    actor: Actor,
    now: datetime,
) -> Membership:
    """Make an organisation a member. `to_on` is the first day after the period.

    Who lapsed not too long ago comes back with the number they had; after that with a new one.
    """
    insist(actor=actor)
    lock_organisation(organisation)
    seats.insist_on_room(organisation.id, tier)
    if wrong := rules.wrong_period((), from_on, to_on=to_on):
        raise Mistake("to_on", wrong)
    earlier = earlier_membership(organisation, from_on)
    if earlier is not None:
        if came_back := taken_up(earlier, from_on, now=now):
            add_period(came_back, tier, (from_on, to_on))
            deed = MemberDeed.MEMBERSHIP_REINSTATED
            record(deed, came_back, note=tier.name_en, actor=actor, now=now)
            return came_back
        db.session.flush()  # the old one is over before the new one begins
    row = Membership(
        organisation=organisation, number=next_number(), approved_at=now, created_at=now
    )
    row.periods.append(MembershipPeriod(tier=tier, from_on=from_on, to_on=to_on))
    db.session.add(row)
    record(MemberDeed.MEMBERSHIP_STARTED, row, note=tier.name_en, actor=actor, now=now)
    return row


def lock_organisation(organisation: Organisation) -> None:
    """Let nobody else give this organisation a membership until this deed is kept."""
    row = select(Organisation.id).where(Organisation.id == organisation.id)
    db.session.execute(row.with_for_update())


def earlier_membership(organisation: Organisation, from_on: date) -> Membership | None:
    """Return the membership that goes on, if there is one.

    Raises Refused while one that ends still counts on the first day of the new one.
    """
    rows = select(Membership).where(Membership.organisation_id == organisation.id)
    every = db.session.scalars(rows.execution_options(populate_existing=True)).all()
    for row in every:
        if row.ends_on and row.ends_on > from_on:
            raise Refused(Sentence(MEMBER_UNTIL, {"day": rules.day_before(row.ends_on)}))
    return next((row for row in every if row.ends_on is None), None)


def taken_up(membership: Membership, from_on: date, *, now: datetime) -> Membership | None:
    """Return a lapsed membership that is taken up again; close one that lapsed too long ago.

    Raises Refused for one that has not lapsed: it is renewed.
    """
    periods, grace = periods_of(membership), cluster.grace()
    today = queries.today(now=now)
    if rules.status(membership, periods, today=today, grace=grace) is not MembershipStatus.LAPSED:
        raise Refused(MEMBER_ALREADY)
    months = queries.terms().reinstatement_months
    if not rules.comes_back_too_late(periods, from_on, grace=grace, months=months):
        return membership
    membership.ends_on = max(period.to_on for period in periods) + grace
    membership.end_reason = EndReason.LAPSED
    record(MemberDeed.MEMBERSHIP_ENDED, membership, note="", actor=PORTAL, now=now)
    return None


def periods_of(membership: Membership) -> Sequence[MembershipPeriod]:
    """Return the periods of a membership as they are now."""
    mine = select(MembershipPeriod).where(MembershipPeriod.membership_id == membership.id)
    return db.session.scalars(mine.order_by(MembershipPeriod.from_on)).all()


def renew(
    membership: Membership,
    tier: MembershipTier,
    *,
    from_on: date,
    to_on: date,
    actor: Actor,
    now: datetime,
) -> MembershipPeriod:
    """Add a period to a membership; one that lapsed counts again by it, if it is not too late."""
    insist(actor=actor)
    lock_organisation(membership.organisation)
    locked(membership, now=now)
    periods, grace = periods_of(membership), cluster.grace()
    if not periods or periods[-1].tier_id != tier.id:
        seats.insist_on_room(membership.organisation_id, tier)
    if wrong := rules.wrong_period(periods, from_on, to_on=to_on):
        raise Mistake("from_on", wrong)
    if membership.ends_on and to_on > membership.ends_on:
        raise Mistake("to_on", AFTER_END)
    months = queries.terms().reinstatement_months
    if rules.comes_back_too_late(periods, from_on, grace=grace, months=months):
        raise Mistake("from_on", TOO_LATE)
    back = rules.comes_back(periods, from_on, grace=grace)
    deed = MemberDeed.MEMBERSHIP_REINSTATED if back else MemberDeed.MEMBERSHIP_RENEWED
    row = add_period(membership, tier, (from_on, to_on))
    record(deed, membership, note=tier.name_en, actor=actor, now=now)
    return row


def add_period(membership: Membership, tier: MembershipTier, span: Span) -> MembershipPeriod:
    """Add a period to a membership."""
    row = MembershipPeriod(membership_id=membership.id, tier=tier, from_on=span[0], to_on=span[1])
    db.session.add(row)
    db.session.flush()
    db.session.expire(membership, ["periods"])
    return row


def end_membership(
    membership: Membership,
    ends_on: date,
    *,
    reason: EndReason,
    actor: Actor,
    now: datetime,
    note: str = "",
) -> None:
    """End a membership; `ends_on` is the first day without it. A notice given before is void."""
    insist(actor=actor)
    locked(membership, now=now)
    membership.ends_on, membership.end_reason = ends_on, reason
    membership.end_note, membership.notice_given_on = note, None
    record(MemberDeed.MEMBERSHIP_ENDED, membership, note=note, actor=actor, now=now)


def change_tier(
    membership: Membership, tier: MembershipTier, *, from_on: date, actor: Actor, now: datetime
) -> None:
    """Give a membership another tier from a day on: the period of that day is split.

    The first part keeps its tier and ends the day before. Periods that come later follow.
    """
    insist(actor=actor)
    lock_organisation(membership.organisation)
    locked(membership, now=now)
    seats.insist_on_room(membership.organisation_id, tier)
    periods = periods_of(membership)
    current = next((each for each in periods if each.from_on <= from_on < each.to_on), None)
    if current is None:
        raise Mistake("from_on", OUTSIDE)
    if current.tier_id == tier.id:
        raise Mistake("tier", SAME_TIER)
    if current.from_on == from_on:
        current.tier = tier
    else:
        split(current, tier, from_on)
    for later in periods:
        if later.from_on > from_on:
            later.tier = tier
    db.session.flush()
    db.session.expire(membership, ["periods"])
    record(MemberDeed.TIER_OF_MEMBER_CHANGED, membership, note=tier.name_en, actor=actor, now=now)


def split(period: MembershipPeriod, tier: MembershipTier, from_on: date) -> None:
    """Let a period end where another of its year begins in another tier."""
    to_on, period.to_on = period.to_on, from_on
    db.session.flush()
    db.session.add(
        MembershipPeriod(
            membership_id=period.membership_id,
            tier=tier,
            from_on=from_on,
            to_on=to_on,
            year_from_on=period.year_from_on,
        )
    )


def suspend(
    membership: Membership, from_on: date, *, to_on: date | None, actor: Actor, now: datetime
) -> None:
    """Let a membership rest from a day, perhaps to one."""
    insist(actor=actor)
    locked(membership, now=now)
    if wrong := rules.wrong_suspension(membership, from_on, to_on):
        raise Mistake("from_on", wrong)
    keep_former_suspension(membership)
    membership.suspended_from, membership.suspended_to = from_on, to_on
    record(MemberDeed.MEMBERSHIP_SUSPENDED, membership, note="", actor=actor, now=now)


def keep_former_suspension(membership: Membership) -> None:
    """Keep the suspension that another one follows: what counted on a day stays known."""
    if membership.suspended_from and membership.suspended_to:
        former = FormerSuspension(
            membership_id=membership.id,
            from_on=membership.suspended_from,
            to_on=membership.suspended_to,
        )
        db.session.add(former)


def lift_suspension(membership: Membership, *, actor: Actor, now: datetime) -> None:
    """Let a membership count again from today; of one that has not begun nothing is left."""
    insist(actor=actor)
    locked(membership, now=now)
    today, first = queries.today(now=now), membership.suspended_from
    if first is None or (membership.suspended_to and membership.suspended_to <= today):
        raise Refused(NOT_SUSPENDED)
    if first >= today:
        membership.suspended_from = membership.suspended_to = None
    else:
        membership.suspended_to = today
    record(MemberDeed.SUSPENSION_LIFTED, membership, note="", actor=actor, now=now)


def locked(membership: Membership, *, now: datetime) -> None:
    """Let nobody else change a membership until this deed is kept; refuse when it is over."""
    row = select(Membership.id).where(Membership.id == membership.id)
    db.session.execute(row.with_for_update())
    db.session.refresh(membership)
    if membership.ends_on is not None and membership.ends_on <= queries.today(now=now):
        raise Refused(OVER)


def record(
    deed: MemberDeed, membership: Membership, *, note: str, actor: Actor, now: datetime
) -> None:
    """Write a deed in the timelines of the membership and of its organisation."""
    about = About(organisation_id=membership.organisation_id, note=note)
    audit.record(deed, membership, actor=actor, now=now, about=about)

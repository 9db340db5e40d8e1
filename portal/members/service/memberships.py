"""Membership: a number, and dated periods in a tier."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import policy, rules
from portal.members.deeds import MemberDeed
from portal.models import (
    PORTAL,
    Actor,
    Counter,
    EndReason,
    Membership,
    MembershipPeriod,
    MembershipTier,
    MembershipYear,
    Organisation,
)
from portal.platform import audit
from portal.platform.audit import About

NUMBERS = "membership"
MEMBER_ALREADY = Sentence(N_("This organisation is a member already. Renew its membership."))
OVER = Sentence(N_("This membership has ended."))
NOT_SUSPENDED = Sentence(N_("This membership is not suspended."))


def insist(*, actor: Actor) -> None:
    """Let only staff who look after membership, or the portal itself, go on."""
    if actor is not PORTAL and not policy.membership_staff(actor):
        raise NotAllowed


def next_number() -> int:
    """Give the next membership number; none is given twice."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    first = dialect.insert(Counter).values(series=NUMBERS, value=1)
    counted = first.on_conflict_do_update(
        index_elements=[Counter.series], set_={"value": Counter.value + 1}
    ).returning(Counter.value)
    return int(db.session.execute(counted).scalar_one())


def start_membership(
    organisation: Organisation,
    tier: MembershipTier,
    *,
    from_on: date,
    to_on: date,
    actor: Actor,
    now: datetime,
) -> Membership:
    """Make an organisation a member. `to_on` is the first day after the period."""
    insist(actor=actor)
    live = select(Membership.id).where(
        Membership.organisation_id == organisation.id, Membership.ends_on.is_(None)
    )
    db.session.execute(
        select(Organisation.id).where(Organisation.id == organisation.id).with_for_update()
    )
    if db.session.scalar(live):
        raise Refused(MEMBER_ALREADY)
    if wrong := rules.wrong_period((), from_on, to_on=to_on):
        raise Mistake("to_on", wrong)
    row = Membership(
        organisation=organisation, number=next_number(), approved_at=now, created_at=now
    )
    row.periods.append(MembershipPeriod(tier=tier, from_on=from_on, to_on=to_on))
    db.session.add(row)
    record(MemberDeed.MEMBERSHIP_STARTED, row, note=tier.name_en, actor=actor, now=now)
    return row


def renew(
    membership: Membership,
    tier: MembershipTier,
    *,
    from_on: date,
    to_on: date,
    actor: Actor,
    now: datetime,
) -> MembershipPeriod:
    """Add a period to a membership: a renewal, or another tier from some day on."""
    insist(actor=actor)
    locked(membership)
    periods = db.session.scalars(
        select(MembershipPeriod).where(MembershipPeriod.membership_id == membership.id)
    ).all()
    if wrong := rules.wrong_period(periods, from_on, to_on=to_on):
        raise Mistake("from_on", wrong)
    row = MembershipPeriod(membership_id=membership.id, tier=tier, from_on=from_on, to_on=to_on)
    db.session.add(row)
    record(MemberDeed.MEMBERSHIP_RENEWED, membership, note=tier.name_en, actor=actor, now=now)
    return row


def end_membership(
    membership: Membership, ends_on: date, *, reason: EndReason, actor: Actor, now: datetime
) -> None:
    """End a membership; `ends_on` is the first day without it."""
    insist(actor=actor)
    locked(membership)
    membership.ends_on, membership.end_reason = ends_on, reason
    record(MemberDeed.MEMBERSHIP_ENDED, membership, note="", actor=actor, now=now)


def suspend(
    membership: Membership, from_on: date, *, to_on: date | None, actor: Actor, now: datetime
) -> None:
    """Let a membership rest from a day, perhaps to one."""
    insist(actor=actor)
    locked(membership)
    if wrong := rules.wrong_suspension(membership, from_on, to_on):
        raise Mistake("from_on", wrong)
    membership.suspended_from, membership.suspended_to = from_on, to_on
    record(MemberDeed.MEMBERSHIP_SUSPENDED, membership, note="", actor=actor, now=now)


def lift_suspension(membership: Membership, *, actor: Actor, now: datetime) -> None:
    """Let a membership count again."""
    insist(actor=actor)
    locked(membership)
    if membership.suspended_from is None:
        raise Refused(NOT_SUSPENDED)
    membership.suspended_from = membership.suspended_to = None
    record(MemberDeed.SUSPENSION_LIFTED, membership, note="", actor=actor, now=now)


def locked(membership: Membership) -> None:
    """Let nobody else change a membership until this deed is kept; refuse when it is over."""
    row = select(Membership.id).where(Membership.id == membership.id)
    db.session.execute(row.with_for_update())
    db.session.refresh(membership)
    if membership.ends_on is not None:
        raise Refused(OVER)


def record(
    deed: MemberDeed, membership: Membership, *, note: str, actor: Actor, now: datetime
) -> None:
    """Write a deed in the timelines of the membership and of its organisation."""
    about = About(organisation_id=membership.organisation_id, note=note)
    audit.record(deed, membership, actor=actor, now=now, about=about)


@dataclass(frozen=True, kw_only=True)
class TierTerms:
    """What a kind of membership gives, for how long, and who lets an organisation have it."""

    about_en: str = ""
    about_nb: str = ""
    seats: int | None = None
    votes: int = 1
    year: MembershipYear = MembershipYear.CALENDAR
    two_approve: bool = False


def keep_tier(
    tier: MembershipTier | None,
    code: str,
    *,
    names: tuple[str, str],
    rank: int,
    open_to_apply: bool = True,
    terms: TierTerms | None = None,
    actor: Actor,
    now: datetime,
) -> MembershipTier:
    """Add a kind of membership, or change what one is called. Its code stays."""
    insist(actor=actor)
    deed = MemberDeed.TIER_CHANGED if tier else MemberDeed.TIER_ADDED
    if tier is None:
        taken = select(MembershipTier.id).where(MembershipTier.code == code)
        if db.session.scalar(taken):
            raise Mistake("code", Sentence(N_("There is a kind with this code already.")))
        tier = MembershipTier(code=code)
        db.session.add(tier)
    tier.name_en, tier.name_nb = names
    tier.rank, tier.open_to_apply = rank, open_to_apply
    for name, value in asdict(terms).items() if terms else ():
        setattr(tier, name, value)
    audit.record(deed, tier, actor=actor, now=now)
    return tier

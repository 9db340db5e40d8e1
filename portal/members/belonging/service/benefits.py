"""Benefits: what a tier promises, and the ledger of what members used of it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members import policy as room
from portal.members import queries as of_room
from portal.members import rules as terms
from portal.members.belonging import policy, rules
from portal.members.belonging.deeds import BelongingDeed
from portal.members.belonging.queries import benefits as queries
from portal.members.service.memberships import locked
from portal.models import Actor, Benefit, BenefitUse, BenefitYear, Membership, MembershipTier
from portal.platform import audit, cluster
from portal.platform.audit import About

TAKEN = Sentence(N_("This kind of membership has a benefit with this key already."))
NOT_PROMISED = Sentence(N_("The kind of membership of that day does not bring this benefit."))
NO_MEMBER = Sentence(N_("The organisation was no member on that day, or was suspended."))
NOT_YET = Sentence(N_("This day has not come yet."))
TAKEN_BACK = Sentence(N_("This line was taken back already."))
NO_USE = Sentence(N_("This line takes another back. Note the use again instead."))
TOO_MUCH = N_(
    "Only %(left)s of it is left. If you give more all the same, say that it is goodwill."
)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a benefit is: its words, how much of it, for which year."""

    label_en: str
    label_nb: str
    quantity: int
    unit_en: str = ""
    unit_nb: str = ""
    year: BenefitYear = BenefitYear.CALENDAR
    rank: int = 1


@dataclass(frozen=True, kw_only=True)
class Use:
    """That so much of a benefit was used on a day."""

    used_on: date
    quantity: int
    reference: str = ""
    goodwill: bool = False


def insist(*, actor: Actor) -> None:
    """Let only staff who look after membership go on."""
    if not room.membership_staff(actor):
        raise NotAllowed


def add_benefit(
    tier: MembershipTier, key: str, promise: Promise, *, actor: Actor, now: datetime
) -> Benefit:
    """Let a tier promise something."""
    insist(actor=actor)
    taken = select(Benefit.id).where(Benefit.tier_id == tier.id, Benefit.key == key)
    if db.session.scalar(taken):
        raise Mistake("key", TAKEN)
    row = Benefit(tier_id=tier.id, key=key, created_at=now, **asdict(promise))
    db.session.add(row)
    about = About(details={"title": promise.label_en})
    audit.record(BelongingDeed.BENEFIT_ADDED, row, actor=actor, now=now, about=about)
    return row


def change_benefit(
    benefit: Benefit, promise: Promise, *, withdrawn: bool, actor: Actor, now: datetime
) -> None:
    """Change what a benefit is, withdraw it, or promise it again. Its key stays."""
    insist(actor=actor)
    for name, value in asdict(promise).items():
        setattr(benefit, name, value)
    if withdrawn != (benefit.withdrawn_on is not None):
        benefit.withdrawn_on = of_room.today(now=now) if withdrawn else None
    about = About(details={"title": promise.label_en})
    audit.record(BelongingDeed.BENEFIT_CHANGED, benefit, actor=actor, now=now, about=about)


def use_benefit(
    membership: Membership, benefit: Benefit, use: Use, *, actor: Actor, now: datetime
) -> BenefitUse:
    """Note that a member used some of a benefit.

    The membership is locked first: of two who note the last one at once, the second is refused.
    What is given as goodwill is noted and not counted.
    """
    if not policy.records_use(actor, membership):
        raise NotAllowed
    locked(membership, now=now)
    insist_on_right(membership, benefit, use, now=now)
    left = rules.left(benefit.quantity, queries.used(membership, benefit, day=use.used_on))
    if use.quantity > left and not use.goodwill:
        raise Mistake("quantity", Sentence(TOO_MUCH, {"left": left}))
    row = BenefitUse(
        membership_id=membership.id,
        benefit_id=benefit.id,
        recorded_by_id=actor.id,
        recorded_at=now,
        **asdict(use),
    )
    db.session.add(row)
    record(
        BelongingDeed.BENEFIT_USED,
        membership,
        benefit,
        quantity=use.quantity,
        actor=actor,
        now=now,
    )
    return row


def insist_on_right(membership: Membership, benefit: Benefit, use: Use, *, now: datetime) -> None:
    """Refuse a day on which the member had no right to this benefit."""
    if use.used_on > of_room.today(now=now):
        raise Mistake("used_on", NOT_YET)
    status = terms.status(membership, membership.periods, today=use.used_on, grace=cluster.grace())
    if status not in terms.COUNTS:
        raise Mistake("used_on", NO_MEMBER)
    period = rules.period_on(membership.periods, use.used_on)
    if period is None or period.tier_id != benefit.tier_id:
        raise Mistake("benefit", NOT_PROMISED)


def take_back(use: BenefitUse, *, actor: Actor, now: datetime) -> BenefitUse:
    """Put a line right that should not be there, by one that takes it back."""
    membership = use.membership
    if not policy.records_use(actor, membership):
        raise NotAllowed
    row = select(Membership.id).where(Membership.id == membership.id)
    db.session.execute(row.with_for_update())
    if use.corrects_id is not None:
        raise Refused(NO_USE)
    if db.session.scalar(select(BenefitUse.id).where(BenefitUse.corrects_id == use.id)):
        raise Refused(TAKEN_BACK)
    back = BenefitUse(
        membership_id=use.membership_id,
        benefit_id=use.benefit_id,
        used_on=use.used_on,
        quantity=-use.quantity,
        goodwill=use.goodwill,
        corrects_id=use.id,
        recorded_by_id=actor.id,
        recorded_at=now,
    )
    db.session.add(back)
    deed = BelongingDeed.BENEFIT_TAKEN_BACK
    record(deed, membership, use.benefit, quantity=use.quantity, actor=actor, now=now)
    return back


def record(
    deed: BelongingDeed,
    membership: Membership,
    benefit: Benefit,
    *,
    quantity: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Write what was used in the timelines of the membership and of its organisation."""
    about = About(
        organisation_id=membership.organisation_id,
        details={"part": f"{benefit.label_en} × {quantity}"},
    )
    audit.record(deed, membership, actor=actor, now=now, about=about)

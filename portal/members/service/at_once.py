"""What one of the staff does with a membership alone, where the kind does not take two."""

from datetime import date, datetime

from portal.core.errors import Mistake, Refused
from portal.core.wording import N_, Sentence
from portal.members import queries
from portal.members.service.memberships import change_tier, renew, start_membership
from portal.models import Actor, Membership, MembershipPeriod, MembershipTier, Organisation

TWO = Sentence(
    N_("Here two people approve a new member: the organisation applies, and one of you approves it"
       " after the other.")
)  # fmt: skip
TWO_FOR_KIND = Sentence(
    N_("Two people decide about this kind of membership: the member asks for it, and one of you"
       " agrees after the other.")
)  # fmt: skip


def start_at_once(
    organisation: Organisation,
    tier: MembershipTier,
    *,
    from_on: date,
    to_on: date,
    actor: Actor,
    now: datetime,
) -> Membership:
    """Make an organisation a member without an application: not where that takes two."""
    if queries.two_approve(tier):
        raise Refused(TWO)
    given = {"from_on": from_on, "to_on": to_on}
    return start_membership(organisation, tier, **given, actor=actor, now=now)


def renew_at_once(
    membership: Membership,
    tier: MembershipTier,
    *,
    from_on: date,
    to_on: date,
    actor: Actor,
    now: datetime,
) -> MembershipPeriod:
    """Add a period of the same kind, or of another that takes no two."""
    insist_on_one(membership, tier, from_on)
    given = {"from_on": from_on, "to_on": to_on}
    return renew(membership, tier, **given, actor=actor, now=now)


def change_tier_at_once(
    membership: Membership, tier: MembershipTier, *, from_on: date, actor: Actor, now: datetime
) -> None:
    """Give a membership another tier that takes no two."""
    insist_on_one(membership, tier, from_on)
    change_tier(membership, tier, from_on=from_on, actor=actor, now=now)


def insist_on_one(membership: Membership, tier: MembershipTier, day: date) -> None:
    """Let nobody give a membership alone what two decide about; it keeps what it has."""
    begun = [period for period in membership.periods if period.from_on <= day]
    has = max(begun, key=lambda period: period.from_on).tier_id if begun else None
    if has != tier.id and queries.two_approve(tier):
        raise Mistake("tier", TWO_FOR_KIND)

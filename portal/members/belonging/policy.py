"""Who may do what with membership over the years."""

from portal.members import policy
from portal.models import (
    PORTAL,
    Actor,
    Benefit,
    BenefitUse,
    Exclusion,
    Membership,
    MembershipTier,
    RenewalLine,
    RenewalRun,
    TierRequest,
)


def records_use(actor: Actor, membership: Membership) -> bool:
    """Membership staff, but not for an organisation of their own."""
    return policy.membership_staff(actor) and not actor.belongs_to(membership.organisation_id)


def takes_back(actor: Actor, use: BenefitUse) -> bool:
    """Membership staff, but not for an organisation of their own."""
    return records_use(actor, use.membership)


def keeps_benefits(actor: Actor, _tier: MembershipTier) -> bool:
    """Staff who look after membership."""
    return policy.membership_staff(actor)


def keeps_benefit(actor: Actor, _benefit: Benefit) -> bool:
    """Staff who look after membership."""
    return policy.membership_staff(actor)


def asks(actor: Actor, membership: Membership) -> bool:
    """Whoever may bind the organisation."""
    return actor.represents(membership.organisation_id)


def withdraws(actor: Actor, row: TierRequest) -> bool:
    """Whoever may bind the organisation that asked."""
    return actor.represents(row.membership.organisation_id)


def answers(actor: Actor, row: TierRequest) -> bool:
    """Membership staff, but not for an organisation of their own."""
    return records_use(actor, row.membership)


def excludes(actor: Actor, membership: Membership) -> bool:
    """Membership staff, but not from an organisation of their own."""
    return policy.membership_staff(actor) and not actor.belongs_to(membership.organisation_id)


def decides(actor: Actor, exclusion: Exclusion) -> bool:
    """Membership staff, but not for an organisation of their own."""
    return excludes(actor, exclusion.membership)


def runs(actor: Actor, _run: RenewalRun) -> bool:
    """Staff who look after membership."""
    return policy.membership_staff(actor)


def chooses(actor: Actor, _line: RenewalLine) -> bool:
    """Staff who look after membership."""
    return policy.membership_staff(actor)


def carries_on(actor: Actor, run: RenewalRun) -> bool:
    """The portal itself, when its worker has come to the end of what it was told to do."""
    return actor is PORTAL or runs(actor, run)

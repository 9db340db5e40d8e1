"""What the statutes say of membership, as this cluster keeps it."""

from sqlalchemy import select

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Cluster,
    JoiningTerms,
    MembershipTerms,
    MembershipTier,
    ResignationTakes,
)

ONLY = select(MembershipTerms)


def terms() -> MembershipTerms:
    """Return the terms of membership: those that are kept, else what holds without any."""
    return db.session.scalar(ONLY) or usual()


def cluster(*, actor: Actor) -> Cluster:
    """Find the cluster, which speaks of itself in the timelines of what holds for all of it."""
    found: Cluster = present(db.session.scalar(select(Cluster)))
    return found


def two_approve(tier: MembershipTier) -> bool:
    """Tell whether nobody comes to be of this tier by one person's word."""
    return tier.two_approve or bool(db.session.scalar(select(JoiningTerms.two_approve)))


def usual() -> MembershipTerms:
    """Return the terms that hold until staff change them. They are not kept by this."""
    return MembershipTerms(
        grace_days=60,
        reinstatement_months=12,
        resignation=ResignationTakes.PERIOD_END,
        notice_months=3,
        two_exclude=True,
    )

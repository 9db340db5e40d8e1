"""What is kept of decisions by two."""

from collections.abc import Sequence

from sqlalchemy import exists, or_, select

from portal.extensions import db
from portal.members import queries as room
from portal.models import JoiningTerms, MembershipTerms, MembershipTier


def exclusions() -> bool:
    """Tell whether two have to exclude a member."""
    return room.terms().two_exclude


def every_application() -> bool:
    """Tell whether two have to approve whoever would like to become a member."""
    return bool(db.session.scalar(select(JoiningTerms.two_approve)))


def kept() -> tuple[JoiningTerms | None, MembershipTerms]:
    """Return the terms that say so, to change them. Nobody needs to have said anything before."""
    return db.session.scalar(select(JoiningTerms)), room.terms()


def tiers() -> Sequence[MembershipTier]:
    """Return the kinds of membership, as lists of them stand."""
    return db.session.scalars(
        select(MembershipTier).order_by(MembershipTier.rank, MembershipTier.code).limit(100)
    ).all()


def takes_two(codes: Sequence[str]) -> bool:
    """Tell whether one person's word is not enough for somebody to become a member of these."""
    always = exists(select(JoiningTerms.id).where(JoiningTerms.two_approve))
    asked = select(MembershipTier.id).where(
        MembershipTier.code.in_(codes), or_(MembershipTier.two_approve, always)
    )
    return bool(codes) and db.session.scalar(asked.limit(1)) is not None

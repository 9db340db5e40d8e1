"""The terms of membership, as staff keep them."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from portal.core.errors import NotAllowed
from portal.extensions import db
from portal.members import policy as room
from portal.members.belonging.deeds import BelongingDeed
from portal.models import Actor, MembershipTerms, ResignationTakes
from portal.platform import audit, cluster


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the statutes say of membership."""

    grace_days: int
    reinstatement_months: int
    resignation: ResignationTakes
    notice_months: int


def keep_terms(terms: Terms, *, actor: Actor, now: datetime) -> MembershipTerms:
    """Keep what the statutes say. It holds at once, for every membership."""
    if not room.membership_staff(actor):
        raise NotAllowed
    row = db.session.scalar(select(MembershipTerms))
    if row is None:
        row = MembershipTerms(created_at=now)
        db.session.add(row)
    for name, value in asdict(terms).items():
        setattr(row, name, value)
    audit.record(BelongingDeed.TERMS_CHANGED, row, actor=actor, now=now)
    cluster.forget()
    return row

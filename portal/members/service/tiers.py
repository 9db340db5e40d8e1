"""Kinds of membership: what they are called, and what they bring."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select

from portal.core.errors import Mistake
from portal.core.wording import N_, Sentence
from portal.extensions import db
from portal.members.deeds import MemberDeed
from portal.members.service.memberships import insist
from portal.models import Actor, MembershipTier, MembershipYear
from portal.platform import audit


@dataclass(frozen=True, kw_only=True)
class TierTerms:
    """What a kind of membership gives, and for how long."""

    about_en: str = ""
    about_nb: str = ""
    seats: int | None = None
    votes: int = 1
    year: MembershipYear = MembershipYear.CALENDAR


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
    """Add a kind of membership, or change what one is called. Its code stays.

    Where two approve applications for any kind, they do for a new one, until administrators say
    otherwise: a new kind is no way past them.
    """
    insist(actor=actor)
    deed = MemberDeed.TIER_CHANGED if tier else MemberDeed.TIER_ADDED
    if tier is None:
        taken = select(MembershipTier.id).where(MembershipTier.code == code)
        if db.session.scalar(taken):
            raise Mistake("code", Sentence(N_("There is a kind with this code already.")))
        tier = MembershipTier(code=code, two_approve=any_takes_two())
        db.session.add(tier)
    tier.name_en, tier.name_nb = names
    tier.rank, tier.open_to_apply = rank, open_to_apply
    for name, value in asdict(terms).items() if terms else ():
        setattr(tier, name, value)
    audit.record(deed, tier, actor=actor, now=now)
    return tier


def any_takes_two() -> bool:
    """Tell whether there is a kind of membership that one person's word is not enough for."""
    found = select(MembershipTier.id).where(MembershipTier.two_approve).limit(1)
    return db.session.scalar(found) is not None

"""What one may become a member of, what it costs, and what is promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Date, bindparam, or_, select, true
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import Actor, Benefit, JoiningTerms, MembershipTier, PriceBand, TierPrice
from portal.platform.database import read

TODAY = bindparam("today", type_=Date)

TERMS = select(
    JoiningTerms.promised_days,
    JoiningTerms.answer_days,
    JoiningTerms.two_approve,
    JoiningTerms.who_en,
    JoiningTerms.who_nb,
    JoiningTerms.appeal_en,
    JoiningTerms.appeal_nb,
)

OFFERED = (
    select(
        MembershipTier.id,
        MembershipTier.code,
        MembershipTier.name_en,
        MembershipTier.name_nb,
        MembershipTier.about_en,
        MembershipTier.about_nb,
        MembershipTier.seats,
        MembershipTier.votes,
        MembershipTier.year,
    )
    .where(MembershipTier.open_to_apply.is_(true()))
    .order_by(MembershipTier.rank, MembershipTier.id)
)

#: What a price is, in the order in which pages tell of it.
TOLD = (
    TierPrice.id,
    TierPrice.tier_id,
    TierPrice.band,
    TierPrice.price_ore,
    TierPrice.currency,
    TierPrice.vat_code,
    TierPrice.from_on,
    TierPrice.to_on,
)
NOT_OVER = or_(TierPrice.to_on.is_(None), TierPrice.to_on > TODAY)
PRICES = (
    select(*TOLD)
    .join(MembershipTier, MembershipTier.id == TierPrice.tier_id)
    .where(MembershipTier.open_to_apply.is_(true()), NOT_OVER)
    .order_by(TierPrice.from_on)
)
PRICES_OF = select(*TOLD).where(TierPrice.tier_id == bindparam("tier_id"))
#: What the offered kinds bring beside seats and votes.
BENEFITS = (
    select(
        Benefit.tier_id,
        Benefit.label_en,
        Benefit.label_nb,
        Benefit.quantity,
        Benefit.unit_en,
        Benefit.unit_nb,
    )
    .join(MembershipTier, MembershipTier.id == Benefit.tier_id)
    .where(
        MembershipTier.open_to_apply.is_(true()),
        or_(Benefit.withdrawn_on.is_(None), Benefit.withdrawn_on > TODAY),
    )
    .order_by(Benefit.rank, Benefit.id)
)


class Promise(NamedTuple):
    """What is promised to those who would like to join, in the order of `TERMS`."""

    promised_days: int = 14
    answer_days: int = 60
    two_approve: bool = False
    who_en: str = ""
    who_nb: str = ""
    appeal_en: str = ""
    appeal_nb: str = ""


@dataclass(frozen=True, kw_only=True)
class Offers:
    """The kinds of membership that one may apply for, with their prices and what they bring."""

    tiers: Sequence[Any]
    prices: Mapping[UUID, Sequence[Any]]
    benefits: Mapping[UUID, Sequence[Any]]


def promise() -> Promise:
    """Return what is promised; nobody needs to have said anything."""
    row = read(TERMS).first()
    return Promise._make(row) if row else Promise()


def terms(*, actor: Actor) -> JoiningTerms | None:
    """Find what staff said that is promised, if they did."""
    return db.session.scalar(select(JoiningTerms))


def offers(*, today: date, benefits: bool = True) -> Offers:
    """Return what one may become a member of: two statements, and one for what it brings."""
    return Offers(
        tiers=read(OFFERED).all(),
        prices=by_tier(read(PRICES, today=today).all()),
        benefits=by_tier(read(BENEFITS, today=today).all()) if benefits else {},
    )


def by_tier(rows: Sequence[Any]) -> Mapping[UUID, Sequence[Any]]:
    """Sort rows by the kind of membership that they belong to."""
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.tier_id, []).append(row)
    return found


def prices_of(tier_id: UUID) -> Sequence[Any]:
    """Return every price of a kind of membership, the latest first."""
    bands = list(PriceBand)
    rows = read(PRICES_OF, tier_id=tier_id).all()
    return sorted(rows, key=lambda row: (-row.from_on.toordinal(), bands.index(row.band)))


def price(id: UUID, *, actor: Actor) -> TierPrice:
    """Find a price."""
    rows = TierPrice.visible_to(actor).where(TierPrice.id == id)
    return present(db.session.scalar(rows.options(joinedload(TierPrice.tier))))


def tier_by_code(code: str) -> MembershipTier | None:
    """Find a kind of membership that is offered, by its code."""
    offered = MembershipTier.open_to_apply.is_(true())
    return db.session.scalar(select(MembershipTier).where(MembershipTier.code == code, offered))

"""Prices of kinds of membership, and what is promised to those who would like to join."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.core.errors import Mistake, NotAllowed
from portal.extensions import db
from portal.members.joining import rules
from portal.members.joining.deeds import JoiningDeed
from portal.members.policy import membership_staff
from portal.models import PORTAL, Actor, JoiningTerms, MembershipTier, PriceBand, TierPrice, VatCode
from portal.platform import audit
from portal.platform.audit import About
from portal.platform.versions import unchanged


@dataclass(frozen=True, kw_only=True)
class PriceTerms:
    """What a year costs whom, and in which days. `to_on` is the first day without."""

    band: PriceBand
    price_ore: int
    vat_code: VatCode
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PromiseTerms:
    """What is promised to those who would like to join."""

    promised_days: int = 14
    answer_days: int = 60
    who_en: str = ""
    who_nb: str = ""
    appeal_en: str = ""
    appeal_nb: str = ""


def insist(*, actor: Actor) -> None:
    """Let only staff who look after membership, or the portal itself, go on."""
    if actor is not PORTAL and not membership_staff(actor):
        raise NotAllowed


def lock(tier_id: object) -> None:
    """Let nobody else keep prices of a tier until this deed is kept."""
    db.session.execute(
        select(MembershipTier.id).where(MembershipTier.id == tier_id).with_for_update()
    )


def add_price(tier: MembershipTier, terms: PriceTerms, *, actor: Actor, now: datetime) -> TierPrice:
    """Say what a year costs from a day on. It never stands beside another for the same days."""
    insist(actor=actor)
    lock(tier.id)
    others = db.session.scalars(
        select(TierPrice).where(TierPrice.tier_id == tier.id, TierPrice.band == terms.band)
    ).all()
    if wrong := rules.wrong_price(others, terms.from_on, terms.to_on):
        raise Mistake("to_on" if wrong is rules.NO_LENGTH else "from_on", wrong)
    row = TierPrice(tier_id=tier.id, created_at=now, **asdict(terms))
    db.session.add(row)
    about = About(details={"band": terms.band.value, "ore": terms.price_ore})
    audit.record(JoiningDeed.PRICE_ADDED, tier, actor=actor, now=now, about=about)
    return row


def end_price(row: TierPrice, to_on: date, *, actor: Actor, now: datetime) -> None:
    """Say until when a price holds; `to_on` is the first day without it."""
    insist(actor=actor)
    lock(row.tier_id)
    db.session.refresh(row)
    others = db.session.scalars(
        select(TierPrice).where(
            TierPrice.tier_id == row.tier_id, TierPrice.band == row.band, TierPrice.id != row.id
        )
    ).all()
    if wrong := rules.wrong_price(others, row.from_on, to_on):
        raise Mistake("to_on", wrong)
    row.to_on = to_on
    about = About(details={"band": row.band.value, "ore": row.price_ore})
    audit.record(JoiningDeed.PRICE_ENDED, row.tier, actor=actor, now=now, about=about)


def keep_promise(
    row: JoiningTerms | None, terms: PromiseTerms, *, version: int | None, actor: Actor,
    now: datetime,
) -> JoiningTerms:  # fmt: skip
    """Change what is promised. Applications that were sent keep what they were promised."""
    insist(actor=actor)
    if row is None:
        row = JoiningTerms(created_at=now)
        db.session.add(row)
    else:
        unchanged(row, version, theirs={name: getattr(row, name) for name in asdict(terms)})
    for name, value in asdict(terms).items():
        setattr(row, name, value)
    audit.record(JoiningDeed.PROMISED, row, actor=actor, now=now)
    return row

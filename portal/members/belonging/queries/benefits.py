"""What a tier promises, and what of it a member used."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, case, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.members.belonging import rules
from portal.models import (
    Actor,
    Benefit,
    BenefitUse,
    BenefitYear,
    Membership,
    MembershipTier,
    Organisation,
    Person,
)
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: After every day that anybody writes down.
FOR_GOOD = date.max

SAME = aliased(Benefit)


def day(name: str) -> Any:
    """Return a gap for a day."""
    return bindparam(name, type_=Date)


IS_CALENDAR = Benefit.year == BenefitYear.CALENDAR
#: How much of a benefit was used in its year, whichever of the member's tiers promised it.
USED = (
    select(func.coalesce(func.sum(BenefitUse.quantity), 0))
    .join(SAME, SAME.id == BenefitUse.benefit_id)
    .where(
        BenefitUse.membership_id == bindparam("membership_id"),
        SAME.key == Benefit.key,
        BenefitUse.goodwill.is_(false()),
        BenefitUse.used_on >= case((IS_CALENDAR, day("calendar_from")), else_=day("year_from")),
        BenefitUse.used_on < case((IS_CALENDAR, day("calendar_to")), else_=day("year_to")),
    )
    .correlate(Benefit)
    .scalar_subquery()
)
PROMISED = (
    select(
        Benefit.id,
        Benefit.label_en,
        Benefit.label_nb,
        Benefit.quantity,
        Benefit.unit_en,
        Benefit.unit_nb,
        Benefit.year,
        USED.label("used"),
    )
    .where(
        Benefit.tier_id == bindparam("tier_id"),
        or_(Benefit.withdrawn_on.is_(None), Benefit.withdrawn_on > day("today")),
    )
    .order_by(Benefit.rank, Benefit.label_en)
)

LEDGER = (
    select(
        BenefitUse.id,
        BenefitUse.recorded_at,
        BenefitUse.used_on,
        BenefitUse.quantity,
        BenefitUse.reference,
        BenefitUse.goodwill,
        BenefitUse.corrects_id,
        Benefit.label_en,
        Benefit.label_nb,
        Person.name.label("who"),
    )
    .join(Benefit, Benefit.id == BenefitUse.benefit_id)
    .outerjoin(Person, Person.id == BenefitUse.recorded_by_id)
    .where(BenefitUse.membership_id == bindparam("membership_id"))
)
LATEST_FIRST = Order(BenefitUse.recorded_at, BenefitUse.id, descending=True)

OF_TIER = (
    select(Benefit)
    .where(Benefit.tier_id == bindparam("tier_id"))
    .order_by(Benefit.rank, Benefit.label_en)
)


def promised(membership: Membership, *, today: date) -> Sequence[Any]:
    """Return what the tier of a membership promises on a day, and how much of it was used."""
    current = rules.period_on(membership.periods, today)
    if current is None:
        return ()
    return read(
        PROMISED, tier_id=current.tier_id, today=today, **windows(membership, day=today)
    ).all()


def windows(membership: Membership, *, day: date) -> dict[str, Any]:
    """Return what fills the gaps of `USED` for a day."""
    calendar, own = rules.calendar_year(day), rules.year_around(membership.periods, day)
    return {
        "membership_id": membership.id,
        "calendar_from": calendar[0],
        "calendar_to": calendar[1],
        "year_from": own[0],
        "year_to": own[1] or FOR_GOOD,
    }


def used(membership: Membership, benefit: Benefit, *, day: date) -> int:
    """Return how much of a benefit was used in its year around a day."""
    counted = select(USED).where(Benefit.id == bindparam("benefit_id"))
    given = windows(membership, day=day)
    return int(read(counted, benefit_id=benefit.id, **given).scalar_one())


def ledger(membership: Membership, mark: str | None) -> PageOfRows:
    """Return a page of what a member used, the latest first."""
    return page(LEDGER, LATEST_FIRST, mark, given={"membership_id": membership.id})


def benefits(tier: MembershipTier) -> Sequence[Benefit]:
    """Return what a tier promises or promised."""
    return db.session.scalars(OF_TIER, {"tier_id": tier.id}).all()


def benefit(id: UUID, *, actor: Actor) -> Benefit:
    """Find a benefit."""
    rows = Benefit.visible_to(actor).where(Benefit.id == id)
    return present(db.session.scalar(rows.options(joinedload(Benefit.tier))))


def benefit_use(slug: str, id: UUID, *, actor: Actor) -> BenefitUse:
    """Find a line of the ledger of an organisation's membership."""
    rows = (
        BenefitUse.visible_to(actor)
        .join(Membership, Membership.id == BenefitUse.membership_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(BenefitUse.id == id, Organisation.slug == slug)
    )
    with_all = rows.options(joinedload(BenefitUse.membership), joinedload(BenefitUse.benefit))
    return present(db.session.scalar(with_all))

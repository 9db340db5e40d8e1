"""What a tier promises, and what of it a member used."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, case, false, func, literal, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.members import queries as of_room
from portal.members.belonging import rules
from portal.models import (
    Actor,
    Benefit,
    BenefitUse,
    BenefitYear,
    Membership,
    MembershipPeriod,
    MembershipTier,
    Organisation,
    Person,
)
from portal.models.members.membership import counts_now, is_latest
from portal.platform import cluster
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: After every day that anybody writes down.
FOR_GOOD = date.max

SAME = aliased(Benefit)


def day(name: str) -> Any:
    """Return a gap for a day."""
    return bindparam(name, type_=Date)


IS_CALENDAR = Benefit.year == BenefitYear.CALENDAR


def used_by(membership_id: Any, year_from: Any, year_to: Any) -> Any:
    """Return how much of a benefit was used in its year, whichever tier promised it."""
    return (
        select(func.coalesce(func.sum(BenefitUse.quantity), 0))
        .join(SAME, SAME.id == BenefitUse.benefit_id)
        .where(
            BenefitUse.membership_id == membership_id,
            SAME.key == Benefit.key,
            BenefitUse.goodwill.is_(false()),
            BenefitUse.used_on >= case((IS_CALENDAR, day("calendar_from")), else_=year_from),
            BenefitUse.used_on < case((IS_CALENDAR, day("calendar_to")), else_=year_to),
        )
        .correlate(Benefit, Membership, MembershipPeriod)
        .scalar_subquery()
    )


USED = used_by(bindparam("membership_id"), day("year_from"), day("year_to"))
IN_FORCE = or_(Benefit.withdrawn_on.is_(None), Benefit.withdrawn_on > day("today"))
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
        IN_FORCE,
    )
    .order_by(Benefit.rank, Benefit.label_en)
)

NEXT_YEAR = aliased(MembershipPeriod)
YEAR_TO = func.coalesce(
    select(func.min(NEXT_YEAR.from_on))
    .where(
        NEXT_YEAR.membership_id == MembershipPeriod.membership_id,
        NEXT_YEAR.year_from_on > MembershipPeriod.year_from_on,
    )
    .correlate(MembershipPeriod)
    .scalar_subquery(),
    literal(FOR_GOOD, Date),
)
#: The membership of an organisation that counts today, a line for each benefit or one without.
OF_MEMBER = (
    select(
        Membership.number,
        MembershipPeriod.to_on,
        MembershipTier.name_en,
        MembershipTier.name_nb,
        Benefit.label_en,
        Benefit.label_nb,
        Benefit.quantity,
        Benefit.unit_en,
        Benefit.unit_nb,
        Benefit.year,
        used_by(Membership.id, MembershipPeriod.year_from_on, YEAR_TO).label("used"),
    )
    .join(MembershipPeriod, MembershipPeriod.membership_id == Membership.id)
    .join(MembershipTier, MembershipTier.id == MembershipPeriod.tier_id)
    .outerjoin(Benefit, (Benefit.tier_id == MembershipTier.id) & IN_FORCE)
    .where(Membership.organisation_id == bindparam("organisation_id"), *counts_now(), is_latest())
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


def of_member(organisation_id: UUID, *, now: datetime) -> Sequence[Any]:
    """Return the membership of an organisation that counts, with what it brings and its use."""
    today = of_room.today(now=now)
    first, after = rules.calendar_year(today)
    given = {"today": today, "grace_since": today - cluster.grace()}
    return read(
        OF_MEMBER,
        organisation_id=organisation_id,
        calendar_from=first,
        calendar_to=after,
        **given,
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

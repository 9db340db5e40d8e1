"""Runs of renewals: whom they would renew, their lines, and how far they have come."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, String, bindparam, func, literal, or_, select, type_coerce
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Membership,
    MembershipPeriod,
    MembershipTier,
    Organisation,
    Person,
    PriceBand,
    RenewalLine,
    RenewalOutcome,
    RenewalRun,
    RenewalVerdict,
    TierPrice,
    stand_in,
)
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

LAST_DAY = (
    select(func.max(MembershipPeriod.to_on))
    .where(MembershipPeriod.membership_id == Membership.id)
    .correlate(Membership)
    .scalar_subquery()
)
#: Members whose last period ends in a window, by number, with what decides whether it is renewed.
#: Who resigned long ago or has lapsed is none of them.
ENDING = (
    select(
        Membership.id,
        Membership.number,
        Membership.organisation_id,
        Membership.ends_on,
        Membership.suspended_from,
        Membership.suspended_to,
        MembershipPeriod.tier_id,
        MembershipPeriod.to_on,
        MembershipTier.year,
        Organisation.confirmed_at,
    )
    .join(MembershipPeriod, MembershipPeriod.membership_id == Membership.id)
    .join(MembershipTier, MembershipTier.id == MembershipPeriod.tier_id)
    .join(Organisation, Organisation.id == Membership.organisation_id)
    .where(
        MembershipPeriod.to_on == LAST_DAY,
        MembershipPeriod.to_on > bindparam("over_from", type_=Date),
        MembershipPeriod.to_on <= bindparam("over_until", type_=Date),
        MembershipPeriod.to_on > bindparam("lapsed", type_=Date),
        or_(Membership.ends_on.is_(None), Membership.ends_on > bindparam("today", type_=Date)),
        Membership.number > bindparam("reached"),
    )
    .order_by(Membership.number)
    .limit(bindparam("most"))
)
OF_ONE_TIER = ENDING.where(MembershipPeriod.tier_id == bindparam("tier_id"))

BY_NUMBER = Order(RenewalLine.number, RenewalLine.id)


def ending(run: RenewalRun, *, most: int, today: date, grace: timedelta) -> Sequence[Any]:
    """Return the next members whose period ends in the window of a run."""
    given: dict[str, Any] = {
        "over_from": run.last_from,
        "over_until": run.last_until + timedelta(days=1),
        "lapsed": today - grace,
        "today": today,
        "reached": run.reached,
        "most": most,
    }
    if run.tier_id:
        return read(OF_ONE_TIER, tier_id=run.tier_id, **given).all()
    return read(ENDING, **given).all()


def run(id: UUID, *, actor: Actor) -> RenewalRun:
    """Find a run of renewals."""
    rows = RenewalRun.visible_to(actor).where(RenewalRun.id == id)
    return present(
        db.session.scalar(rows.options(joinedload(RenewalRun.tier), joinedload(RenewalRun.made_by)))
    )


def runs(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of the runs of renewals, the newest first."""
    order = Order(RenewalRun.created_at, RenewalRun.id, descending=True)
    return page(every_run(stand_in(actor.staff)), order, mark, given={})


@cache
def every_run(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff, what selects the runs."""
    return (
        RenewalRun.visible_to(actor)
        .join(Person, Person.id == RenewalRun.made_by_id)
        .with_only_columns(
            RenewalRun.id,
            RenewalRun.created_at,
            RenewalRun.last_from,
            RenewalRun.last_until,
            RenewalRun.state,
            RenewalRun.tallies,
            Person.name.label("who"),
        )
    )


def price_in(band: Any) -> Any:
    """Return what a year costs in a band on the first day of a line, if there is a price for it."""
    return (
        select(TierPrice.price_ore)
        .where(
            TierPrice.tier_id == RenewalLine.tier_id,
            type_coerce(TierPrice.band, String) == band,
            TierPrice.from_on <= RenewalLine.from_on,
            or_(TierPrice.to_on.is_(None), TierPrice.to_on > RenewalLine.from_on),
        )
        .limit(1)
        .correlate(RenewalLine, Organisation)
        .scalar_subquery()
    )


#: A price for the size of an organisation goes before one for any size.
PRICE = func.coalesce(
    price_in(type_coerce(Organisation.size, String)), price_in(literal(PriceBand.ANY.value))
)


def lines(run: RenewalRun, show: str, mark: str | None) -> PageOfRows:
    """Return a page of the lines of a run, perhaps those of one verdict or outcome alone."""
    given: dict[str, Any] = {"run_id": run.id}
    verdicts, outcomes = (
        {each.value for each in words} for words in (RenewalVerdict, RenewalOutcome)
    )
    if show in verdicts:
        given["verdict"] = RenewalVerdict.of(show)
    elif show in outcomes:
        given["outcome"] = RenewalOutcome.of(show)
    narrowed = some_lines(by_verdict="verdict" in given, by_outcome="outcome" in given)
    return page(narrowed, BY_NUMBER, mark, given=given)


@cache
def some_lines(*, by_verdict: bool, by_outcome: bool) -> Select[*tuple[Any, ...]]:
    """Put together, once for each narrowing, what selects the lines of a run."""
    found = (
        select(
            RenewalLine.id,
            RenewalLine.number,
            RenewalLine.from_on,
            RenewalLine.to_on,
            RenewalLine.verdict,
            RenewalLine.outcome,
            Organisation.display_name,
            Organisation.slug,
            MembershipTier.name_en,
            MembershipTier.name_nb,
            PRICE.label("price_ore"),
        )
        .join(Organisation, Organisation.id == RenewalLine.organisation_id)
        .join(MembershipTier, MembershipTier.id == RenewalLine.tier_id)
        .where(RenewalLine.run_id == bindparam("run_id"))
    )
    if by_verdict:
        found = found.where(RenewalLine.verdict == bindparam("verdict"))
    if by_outcome:
        found = found.where(RenewalLine.outcome == bindparam("outcome"))
    return found


def line(id: UUID, line_id: UUID, *, actor: Actor) -> RenewalLine:
    """Find a line of a run."""
    rows = RenewalLine.visible_to(actor).where(RenewalLine.id == line_id, RenewalLine.run_id == id)
    return present(
        db.session.scalar(
            rows.options(joinedload(RenewalLine.run), joinedload(RenewalLine.organisation))
        )
    )

"""Memberships for which a day is a turn, and what was told of them already."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.extensions import db
from portal.models import (
    FormerSuspension,
    Membership,
    MembershipNotice,
    MembershipPeriod,
    MembershipTurn,
)

DAY = bindparam("day", type_=Date)
#: A membership stands otherwise than the day before only on a day that one of its dates names.
TURNING = select(Membership).where(
    or_(
        Membership.id.in_(
            select(MembershipPeriod.membership_id).where(
                MembershipPeriod.to_on.in_((DAY, bindparam("lapses", type_=Date)))
            )
        ),
        Membership.id.in_(
            select(MembershipPeriod.membership_id).where(MembershipPeriod.from_on == DAY)
        ),
        Membership.ends_on == DAY,
        Membership.suspended_from == DAY,
        Membership.suspended_to == DAY,
    )
)


def turning(day: date, after: UUID | None, *, most: int, grace: timedelta) -> Sequence[Membership]:
    """Return memberships for which something begins or ends on a day, by their keys."""
    rows = TURNING.where(Membership.id > after) if after else TURNING
    found = (
        rows.order_by(Membership.id)
        .limit(most)
        .options(selectinload(Membership.periods), joinedload(Membership.organisation))
    )
    return db.session.scalars(found, {"day": day, "lapses": day - grace}).all()


def told(ids: Sequence[UUID], day: date) -> set[tuple[UUID, MembershipTurn]]:
    """Return which turns of these memberships were told for a day."""
    rows = select(MembershipNotice.membership_id, MembershipNotice.turn).where(
        MembershipNotice.membership_id.in_(ids), MembershipNotice.on_day == day
    )
    return {(membership_id, turn) for membership_id, turn in db.session.execute(rows)}


def former(ids: Sequence[UUID]) -> Sequence[FormerSuspension]:
    """Return the suspensions of the past of these memberships."""
    rows = select(FormerSuspension).where(FormerSuspension.membership_id.in_(ids))
    return db.session.scalars(rows).all()

"""The kinds of membership as staff see them: what a year of each costs."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, func, or_, select

from portal.models import TierPrice
from portal.platform.database import read

DAY = bindparam("day", type_=Date)
#: What a year costs on a day, from the size that pays least to the one that pays most.
COSTS = (
    select(
        TierPrice.tier_id,
        func.min(TierPrice.price_ore).label("least"),
        func.max(TierPrice.price_ore).label("most"),
    )
    .where(TierPrice.from_on <= DAY, or_(TierPrice.to_on.is_(None), TierPrice.to_on > DAY))
    .group_by(TierPrice.tier_id)
)


def costs(day: date) -> Mapping[UUID, Any]:
    """Return the least and the most that a year of each kind costs, of those with a price."""
    return {row.tier_id: row for row in read(COSTS, day=day)}

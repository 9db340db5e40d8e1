"""What members ask for: another year or another kind of membership, and what each kind costs."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, String, bindparam, or_, select, type_coerce
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.models import (
    Actor,
    Membership,
    MembershipTier,
    Organisation,
    Person,
    PriceBand,
    TierPrice,
    TierRequest,
    TierRequestState,
    stand_in,
)
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

DAY = bindparam("day", type_=Date)
#: What a year costs on a day, for an organisation of a size and for one of any.
PRICES = select(TierPrice.tier_id, TierPrice.band, TierPrice.price_ore).where(
    type_coerce(TierPrice.band, String).in_((PriceBand.ANY.value, bindparam("size"))),
    TierPrice.from_on <= DAY,
    or_(TierPrice.to_on.is_(None), TierPrice.to_on > DAY),
)
LATEST = (
    select(
        TierRequest.id,
        TierRequest.created_at,
        TierRequest.takes,
        TierRequest.price_ore,
        TierRequest.state,
        TierRequest.answer,
        MembershipTier.name_en,
        MembershipTier.name_nb,
    )
    .join(MembershipTier, MembershipTier.id == TierRequest.tier_id)
    .where(TierRequest.membership_id == bindparam("membership_id"))
    .order_by(TierRequest.created_at.desc(), TierRequest.id.desc())
    .limit(1)
)
OLDEST = Order(TierRequest.created_at, TierRequest.id)


def request(id: UUID, *, actor: Actor) -> TierRequest:
    """Find what a member asked for."""
    return found(TierRequest.visible_to(actor).where(TierRequest.id == id))


def own_request(slug: str, id: UUID, *, actor: Actor) -> TierRequest:
    """Find what an organisation asked for about its membership."""
    rows = (
        TierRequest.visible_to(actor)
        .join(Membership, Membership.id == TierRequest.membership_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
    )
    return found(rows.where(TierRequest.id == id, Organisation.slug == slug))


def found(rows: Select[TierRequest]) -> TierRequest:
    """Return a request with all that its pages tell of it."""
    with_all = rows.options(
        joinedload(TierRequest.membership).joinedload(Membership.organisation),
        joinedload(TierRequest.tier),
        joinedload(TierRequest.asked_by),
        joinedload(TierRequest.first_approved_by),
    )
    return present(db.session.scalar(with_all))


def latest(membership: Membership) -> Any:
    """Return what was asked about a membership last, if anything was."""
    return read(LATEST, membership_id=membership.id).first()


def waits(membership: Membership) -> bool:
    """Tell whether something that was asked about a membership is not decided."""
    asked = select(TierRequest.id).where(
        TierRequest.membership_id == membership.id, TierRequest.state == TierRequestState.ASKED
    )
    return db.session.scalar(asked) is not None


def waiting(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of what waits for an answer, the oldest first; who leaves waits for none."""
    return page(every_waiting(stand_in(actor.staff)), OLDEST, mark, given={})


@cache
def every_waiting(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff, what selects the requests that wait."""
    return (
        TierRequest.visible_to(actor)
        .join(Membership, Membership.id == TierRequest.membership_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(MembershipTier, MembershipTier.id == TierRequest.tier_id)
        .join(Person, Person.id == TierRequest.asked_by_id)
        .where(TierRequest.state == TierRequestState.ASKED, Membership.ends_on.is_(None))
        .with_only_columns(
            TierRequest.id,
            TierRequest.created_at,
            TierRequest.takes,
            TierRequest.first_approved_at,
            Organisation.display_name,
            MembershipTier.name_en,
            MembershipTier.name_nb,
            Person.name.label("who"),
        )
    )


def prices(organisation: Organisation, *, day: date) -> Mapping[UUID, int]:
    """Return what a year of each kind costs an organisation on a day, where there is a price."""
    size = organisation.size.value if organisation.size else ""
    rows: Sequence[Any] = read(PRICES, size=size, day=day).all()
    costs = {row.tier_id: row.price_ore for row in rows if row.band is PriceBand.ANY}
    return costs | {row.tier_id: row.price_ore for row in rows if row.band is not PriceBand.ANY}

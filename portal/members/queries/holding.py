"""Whose an address is, and who is one of us.

Each address of somebody counts: the first one, and those they proved.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists, select

from portal.extensions import db
from portal.models import AddressClaim, Delivery, EmailAddress, Person, StaffGrant
from portal.platform.database import read

#: Somebody's addresses that are proven, for lists that compare with all of them.
PROVEN = select(EmailAddress.address).where(
    EmailAddress.person_id == bindparam("holder_id"), EmailAddress.verified_at.is_not(None)
)
UNREACHABLE = select(EmailAddress.address).where(
    EmailAddress.person_id == bindparam("person_id"),
    EmailAddress.delivery == Delivery.UNREACHABLE,
)


def held_by(address: str) -> Select[Person]:
    """Select who has an address."""
    mine = select(EmailAddress.person_id).where(EmailAddress.address == address)
    return select(Person).where(Person.id == mine.scalar_subquery())


def holder(address: str) -> Person | None:
    """Return who has an address, proven or not."""
    return db.session.scalar(held_by(address))


def is_held(address: str) -> bool:
    """Tell whether an address is anybody's."""
    return bool(db.session.scalar(select(exists().where(EmailAddress.address == address))))


def addresses(person_id: UUID) -> Sequence[Any]:
    """Return somebody's addresses, the first one first."""
    rows = (
        select(
            EmailAddress.id,
            EmailAddress.address,
            EmailAddress.verified_at,
            EmailAddress.is_primary,
            EmailAddress.delivery,
            EmailAddress.unreachable_since,
            EmailAddress.refusal,
        )
        .where(EmailAddress.person_id == person_id)
        .order_by(EmailAddress.is_primary.desc(), EmailAddress.address)
    )
    return db.session.execute(rows).all()


def claims(person_id: UUID) -> Sequence[AddressClaim]:
    """Return the addresses that somebody says are theirs and has not proven yet."""
    rows = select(AddressClaim).where(AddressClaim.person_id == person_id)
    return db.session.scalars(rows.order_by(AddressClaim.address)).all()


def has_others(person_id: UUID) -> bool:
    """Tell whether letters may reach somebody at another address than the first."""
    other = exists().where(EmailAddress.person_id == person_id, EmailAddress.is_primary.is_(False))
    return bool(db.session.scalar(select(other)))


def proven_addresses(person_id: UUID) -> Sequence[str]:
    """Return the addresses that somebody proved."""
    return read(PROVEN, holder_id=person_id).scalars().all()


def unreachable_addresses(person_id: UUID) -> Sequence[str]:
    """Return the addresses of somebody from which letters come back."""
    return read(UNREACHABLE, person_id=person_id).scalars().all()


def works_here(person_id: UUID, *, now: datetime) -> bool:
    """Tell whether somebody has a role in the staff that has not ended."""
    rows = select(StaffGrant.id).where(
        StaffGrant.person_id == person_id,
        (StaffGrant.ends_at.is_(None)) | (StaffGrant.ends_at > now),
    )
    return db.session.scalar(rows.limit(1)) is not None

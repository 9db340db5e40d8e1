"""The counters of places, and the lock that every deed about places takes first.

The lock is on all quotas of an event, in one order, so that no two deeds can wait for each other;
it also keeps the maximum of each organisation and the order of those who wait. The statement that
counts asks by itself whether there is room: even without the lock, nobody oversells.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, bindparam, or_, select, update

from portal.models import Quota
from portal.platform.database import in_write_unit, read

#: On SQLite, where rows have no locks, whoever has the write unit is alone.
LOCK = (
    select(Quota.id, Quota.size, Quota.held, Quota.name_en, Quota.name_nb)
    .where(Quota.event_id == bindparam("of_event"))
    .order_by(Quota.id)
    .with_for_update(key_share=True)
)
TAKE = (
    update(Quota)
    .where(Quota.id == bindparam("quota"))
    .where(or_(Quota.size.is_(None), Quota.held < Quota.size))
    .values(held=Quota.held + 1)
    .returning(Quota.held)
)
RELEASE = (
    update(Quota)
    .where(Quota.id == bindparam("quota"), Quota.held >= bindparam("number"))
    .values(held=Quota.held - bindparam("number"))
    .returning(Quota.held)
)
WANTED = bindparam("wanted", type_=Integer)
RESIZE = (
    update(Quota)
    .where(Quota.id == bindparam("quota"))
    .where(or_(WANTED.is_(None), Quota.held <= WANTED))
    .values(size=WANTED, version=Quota.version + 1)
    .returning(Quota.held)
)


@dataclass(kw_only=True)
class Room:
    """A quota as it is under the lock."""

    id: UUID
    size: int | None
    held: int
    name_en: str
    name_nb: str

    @property
    def free(self) -> bool:
        """Whether there is a place left."""
        return self.size is None or self.held < self.size


def lock_quotas(event_id: UUID) -> dict[UUID, Room]:
    """Keep every other deed from the places of an event until this one is kept.

    The first statement of every deed about places. What it returns is true until then. Raises
    RuntimeError where the lock would not last.
    """
    if not in_write_unit():
        raise RuntimeError("places are given in a write unit")
    rows: Iterable[Any] = read(LOCK, of_event=event_id).all()
    rooms = (
        Room(id=id, size=size, held=held, name_en=name_en, name_nb=name_nb)
        for id, size, held, name_en, name_nb in rows
    )
    return {room.id: room for room in rooms}


def take(quota_id: UUID) -> int | None:
    """Hold one place more. Returns how many are held then, or nothing when all were."""
    held: int | None = read(TAKE, quota=quota_id).scalar()
    return held


def release(quota_id: UUID, number: int = 1) -> int:
    """Let places go, once for each departure. Raises when more would go than are held."""
    return int(read(RELEASE, quota=quota_id, number=number).scalar_one())


def resize(quota_id: UUID, size: int | None) -> bool:
    """Change how many places there are; refuse, by False, below what is held."""
    return read(RESIZE, quota=quota_id, wanted=size).scalar() is not None

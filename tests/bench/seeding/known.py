"""What the rows of a big cluster point to, and how they get into their tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table

from portal.models import Base
from tests.bench.seeding.pouring import pour


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a batch points to, and the moment that everything is counted from."""

    now: datetime
    staff_id: UUID
    tiers: Sequence[UUID]
    tags: Sequence[UUID]
    terms_id: UUID

    @property
    def base(self) -> dict[str, Any]:
        """Return what all rows have."""
        return {"created_at": self.now - timedelta(days=1), "version": 1}


def put(connection: Connection, model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Put rows into the table of a model."""
    table: Table = model.__table__  # type: ignore[assignment]  # typed as FromClause
    pour(connection, table, rows)

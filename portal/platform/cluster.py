"""The cluster that this portal serves, as every page needs it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from flask import g
from sqlalchemy import func, select

from portal.models import GRACE, Cluster, MembershipTerms
from portal.platform.database import read

COLUMNS = (
    Cluster.name.label("cluster_name"),
    Cluster.place,
    Cluster.language.label("cluster_language"),
    Cluster.zone,
    Cluster.sender_address,
    Cluster.logo_id,
    Cluster.demo,
    Cluster.factors_from,
    Cluster.factor_days,
    func.coalesce(select(MembershipTerms.grace_days).scalar_subquery(), GRACE.days).label("grace"),
)
ONLY = select(*COLUMNS)


#: Stands for a cluster that this request has not read yet.
UNREAD: Any = object()


class Profile(NamedTuple):
    """What pages say of the cluster, in the order of `COLUMNS`. `demo` marks the invented one."""

    name: str
    place: str
    language: str
    zone: str
    sender_address: str
    logo_id: UUID | None
    demo: bool
    factors_from: datetime | None
    factor_days: int
    grace_days: int

    def factor_by(self, since: datetime | None) -> datetime | None:
        """Return until when somebody has to have a second factor who has a role since then."""
        if since is None or self.factors_from is None:
            return None
        return max(since, self.factors_from) + timedelta(days=self.factor_days)

    @property
    def logo_url(self) -> str | None:
        """Where the logo is, if there is one."""
        return f"/files/{self.logo_id}" if self.logo_id else None


def profile() -> Profile | None:
    """Return the cluster, or nothing while the portal is empty: one statement in a request."""
    found: Profile | None = g.get("cluster", UNREAD)
    return note(read(ONLY).first()) if found is UNREAD else found


def note(row: Sequence[Any] | None) -> Profile | None:
    """Take down the cluster from what was read of it, in the order of `COLUMNS`."""
    found: Profile | None = Profile._make(row) if row else None
    g.cluster, g.zone = found, found.zone if found else "Europe/Oslo"
    return found


def grace() -> timedelta:
    """Return how long after its last day a membership that was not renewed still counts."""
    found = profile()
    return timedelta(days=found.grace_days) if found else GRACE


def forget() -> None:
    """Read the cluster afresh: it was made or changed in this very request."""
    g.pop("cluster", None)

"""The cluster that this portal serves, as every page needs it."""

from typing import NamedTuple
from uuid import UUID

from flask import g
from sqlalchemy import select

from portal.models import Cluster
from portal.platform.database import read

ONLY = select(
    Cluster.name,
    Cluster.place,
    Cluster.language,
    Cluster.zone,
    Cluster.sender_address,
    Cluster.logo_id,
    Cluster.demo,
)


class Profile(NamedTuple):
    """What pages say of the cluster, in the order of `ONLY`. `demo` marks the invented one."""

    name: str
    place: str
    language: str
    zone: str
    sender_address: str
    logo_id: UUID | None
    demo: bool

    @property
    def logo_url(self) -> str | None:
        """Where the logo is, if there is one."""
        return f"/files/{self.logo_id}" if self.logo_id else None


def profile() -> Profile | None:
    """Return the cluster, or nothing while the portal is empty: one statement in a request."""
    if "cluster" not in g:
        row = read(ONLY).first()
        g.cluster = Profile._make(row) if row else None
        g.zone = row.zone if row else "Europe/Oslo"
    found: Profile | None = g.cluster
    return found


def forget() -> None:
    """Read the cluster afresh: it was made or changed in this very request."""
    g.pop("cluster", None)

"""Who has to have a second factor, and from when on."""

from datetime import datetime

from portal.core.errors import NotAllowed
from portal.members.factors import policy
from portal.members.factors.deeds import FactorDeed
from portal.models import Actor, Cluster
from portal.platform import audit, cluster
from portal.platform.audit import About


def change_demand(row: Cluster, *, demanded: bool, days: int, actor: Actor, now: datetime) -> None:
    """Ask staff and administrators of organisations for a second factor from now on, or nobody."""
    if not policy.demands(actor, row):
        raise NotAllowed
    if demanded and row.factors_from is None:
        row.factors_from = now
    if not demanded:
        row.factors_from = None
    row.factor_days = days
    cluster.forget()
    told = About(details={"demanded": demanded, "days": days})
    audit.record(FactorDeed.DEMAND_CHANGED, row, actor=actor, now=now, about=told)

"""What two have to agree on is said by administrators, and by nobody whom it holds back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from portal.core.errors import NotAllowed
from portal.extensions import db
from portal.members.agreeing import policy, queries
from portal.members.agreeing.deeds import AgreeingDeed
from portal.models import Actor, Cluster, JoiningTerms
from portal.platform import audit, cluster
from portal.platform.audit import About


@dataclass(frozen=True, kw_only=True)
class ByTwo:
    """What two decide: exclusions, every application, or those for some kinds, by their codes."""

    exclusions: bool
    applications: bool
    kinds: Collection[str]


def change(row: Cluster, chosen: ByTwo, *, actor: Actor, now: datetime) -> None:
    """Say what two have to agree on from now on."""
    if not policy.changes(actor, row):
        raise NotAllowed
    joining, membership = queries.kept()
    if joining is None:
        joining = JoiningTerms(created_at=now)
    joining.two_approve, membership.two_exclude = chosen.applications, chosen.exclusions
    db.session.add_all([joining, membership])
    for tier in queries.tiers():
        tier.two_approve = tier.code in chosen.kinds
    cluster.forget()
    details = {
        "exclusions": chosen.exclusions,
        "applications": chosen.applications,
        "kinds": sorted(chosen.kinds),
    }
    about = About(details=details)
    audit.record(AgreeingDeed.CHANGED, row, actor=actor, now=now, about=about)

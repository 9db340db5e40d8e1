"""What a desk says of second factors."""

from collections.abc import Iterator
from datetime import datetime

from portal.core.wording import N_, Sentence
from portal.members import policy
from portal.members.factors import queries
from portal.models import Actor, FactorRemoval
from portal.platform import cluster
from portal.web.panels import Line


def lines(*, actor: Actor, now: datetime) -> Iterator[Line]:
    """Ask for a second factor while there is time, and administrators to look at requests."""
    if actor.factor_by is not None:
        yield set_up(actor.factor_by)
    if policy.administrator(actor):
        for row in queries.waiting_removals(actor=actor):
            yield to_handle(row)


def set_up(due: datetime) -> Line:
    """Ask somebody to set up a second factor; in the demo nobody has to, so there is no day."""
    served = cluster.profile()
    invented = served is not None and served.demo
    return Line(
        title=Sentence(N_("Set up a second way to show that it is you")),
        why=Sentence(N_("Your role lets you do much here. A passkey or an authenticator app keeps"
                        " others out, also those who know your password.")),
        endpoint="members.security",
        due=None if invented else due,
        waits=not invented,
    )  # fmt: skip


def to_handle(row: FactorRemoval) -> Line:
    """Point an administrator to somebody who lost their factors."""
    return Line(
        title=Sentence(N_("%(name)s lost what they sign in with"), {"name": row.person.name}),
        why=Sentence(N_("Two administrators have to agree before their factors are taken away.")),
        endpoint="members.removal",
        values={"id": row.id},
        since=row.created_at,
    )

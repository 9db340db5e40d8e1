"""What a desk says of second factors."""

from collections.abc import Iterator
from datetime import datetime

from portal.core.wording import N_, Sentence
from portal.models import Actor
from portal.platform import cluster
from portal.web.panels import Line


def lines(*, actor: Actor, now: datetime) -> Iterator[Line]:
    """Ask for a second factor while there is time."""
    if actor.factor_by is not None:
        yield set_up(actor.factor_by)


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

"""When this happens in one room, do that in another: a table."""

from collections.abc import Callable
from typing import Any

from portal.events.service import claiming
from portal.events.service import leaving as of_events
from portal.members.service import succession
from portal.platform import happenings
from portal.programmes.service import leaving as of_programmes

TABLE: tuple[tuple[list[Any], Callable[..., None]], ...] = (
    (happenings.ADDRESS_PROVEN, claiming.claim_places),
    (happenings.ADDRESS_UNREACHABLE, succession.unreachable),
    (happenings.AFFILIATION_ENDED, of_events.give_up_places),
    (happenings.AFFILIATION_ENDED, of_programmes.give_up_tasks),
)


def init_app() -> None:
    """Let the rooms hear of each other."""
    for happening, reaction in TABLE:
        happenings.listen(happening, reaction)

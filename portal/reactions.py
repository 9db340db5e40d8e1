"""When this happens in one room, do that in another: a table."""

from portal.events.service import claiming
from portal.platform import happenings
from portal.platform.happenings import AboutPerson

TABLE: tuple[tuple[list[AboutPerson], AboutPerson], ...] = (
    (happenings.ADDRESS_PROVEN, claiming.claim_places),
)


def init_app() -> None:
    """Let the rooms hear of each other."""
    for happening, reaction in TABLE:
        happenings.listen(happening, reaction)

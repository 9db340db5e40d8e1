"""What the worker does for this room."""

from uuid import UUID

from uuid_utils.compat import uuid7

from portal.core import clock
from portal.members import service
from portal.members.service.accounts import SEND_RESET
from portal.platform import jobs
from portal.platform.database import unit


@jobs.job(SEND_RESET)
def send_reset(email: str, after: str = "", key: str = "") -> None:
    """Send a letter to choose a password, if the address is anybody's."""
    id = UUID(key) if key else uuid7()
    with unit():
        service.send_reset(email, after=after, key=id, now=clock.now())

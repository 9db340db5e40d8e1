"""What the worker does about ways in."""

from datetime import timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from portal.core import clock
from portal.members.entering import service
from portal.platform import jobs
from portal.platform.database import unit


@jobs.job(service.SEND_LINK)
def send_link(email: str, *, browser: str, after: str, key: str = "") -> None:
    """Send a link to sign in, if the address is anybody's."""
    id = UUID(key) if key else uuid7()
    with unit():
        service.send_link(email, browser=browser, after=after, key=id, now=clock.now())


@jobs.job("members.forget_ways_in", every=timedelta(days=1))
def forget_ways_in() -> None:
    """Remove links and answers that are over."""
    with unit():
        service.forget(now=clock.now())

"""What the worker does about addresses."""

from datetime import timedelta

from portal.core import clock
from portal.members.addresses import service
from portal.platform import jobs
from portal.platform.database import unit


@jobs.job("members.forget_claims", every=timedelta(days=1))
def forget_claims() -> None:
    """Remove the addresses that nobody proved in time."""
    with unit():
        service.forget_claims(now=clock.now())

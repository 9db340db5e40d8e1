"""What the members' room and the floor keep about people."""

from portal.members.privacy.holdings import account, floor, organisations
from portal.platform.personal import hold

EVERY = (*account.ACCOUNT, *account.SIGNING_IN, *organisations.ORGANISATIONS, *floor.FLOOR)


def init_app() -> None:
    """Say what is kept, why, and what a copy tells of it."""
    hold(*EVERY)

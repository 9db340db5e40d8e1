"""Several addresses of one person: proven by a letter, one of them the first."""

from portal.members.addresses import jobs, service, views
from portal.members.addresses.deeds import AddressDeed
from portal.platform import audit, happenings

__all__ = ["init_app", "jobs", "views"]


def init_app() -> None:
    """Let timelines know what is done here, and hear of letters that are turned down."""
    audit.learn(AddressDeed)
    happenings.listen(happenings.MAIL_REFUSED, service.take_refusal)

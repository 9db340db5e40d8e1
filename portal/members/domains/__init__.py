"""Domains of organisations: whoever has a proven address there is offered to ask for a place."""

from portal.core.wording import N_
from portal.members.domains import views
from portal.members.domains.deeds import DomainDeed
from portal.members.policy import membership_staff
from portal.platform import audit
from portal.web.panels import AdminEntry

__all__ = ["ENTRY", "init_app", "views"]

ENTRY = AdminEntry(
    label=N_("Domains"),
    about=N_("Whose domain is whose, and which wait for you."),
    endpoint="members.every_domain",
    rank=28,
    may=membership_staff,
)


def init_app() -> None:
    """Let timelines know what is done here."""
    audit.learn(DomainDeed)

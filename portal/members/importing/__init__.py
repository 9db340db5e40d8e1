"""Lists of members that staff bring in: read, matched, previewed, confirmed, written."""

from portal.core.wording import N_
from portal.members.importing import jobs, views
from portal.members.importing.deeds import ImportDeed
from portal.members.policy import membership_staff
from portal.platform import audit
from portal.web.panels import AdminEntry

__all__ = ["ENTRY", "init_app", "jobs", "views"]

ENTRY = AdminEntry(
    label=N_("Import and download"),
    about=N_("Bring in organisations, people and memberships from a list, or download them all."),
    endpoint="members.imports",
    rank=25,
    may=membership_staff,
)


def init_app() -> None:
    """Let timelines know what is done here."""
    audit.learn(ImportDeed)

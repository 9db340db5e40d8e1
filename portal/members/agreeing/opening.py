"""How this part of the room is opened."""

from portal.core.wording import N_
from portal.members.agreeing import views
from portal.members.agreeing.deeds import AgreeingDeed
from portal.members.policy import administrator
from portal.platform import audit
from portal.web.panels import AdminEntry

__all__ = ["ENTRY", "init_app", "views"]

ENTRY = AdminEntry(
    label=N_("Decided by two"),
    about=N_("What nobody of the staff decides alone."),
    endpoint="members.decided_by_two",
    rank=16,
    may=administrator,
)


def init_app() -> None:
    """Let timelines know what is done here."""
    audit.learn(AgreeingDeed)

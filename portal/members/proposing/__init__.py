"""Names and numbers of organisations: their people propose a change, staff check and make it."""

from portal.core.wording import N_
from portal.members.policy import membership_staff
from portal.members.proposing import views
from portal.web.panels import AdminEntry

__all__ = ["ENTRY", "views"]

ENTRY = AdminEntry(
    label=N_("Names and numbers to check"),
    about=N_("Changes that organisations ask for, to compare with the register."),
    endpoint="members.proposals",
    rank=31,
    may=membership_staff,
)

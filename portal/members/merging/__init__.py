"""People and organisations that are here twice, brought together by two of the staff."""

from portal.core.wording import N_
from portal.members.merging import views
from portal.members.policy import membership_staff
from portal.web.panels import AdminEntry

__all__ = ["ENTRY", "views"]

ENTRY = AdminEntry(
    label=N_("Here twice"),
    about=N_("People and organisations to bring together: what waits, and what was done."),
    endpoint="members.merges",
    rank=32,
    may=membership_staff,
)

"""What is done with lists, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class ImportDeed(Deed):
    """Every deed about a list as a whole; what it does to each row is told by the row’s own."""

    UPLOADED = "member_import.uploaded", N_("Uploaded a list of members")
    MATCHED = "member_import.matched", N_("Matched the columns of a list of members")
    FIRST_CONFIRMED = "member_import.first_confirmed", N_("Confirmed a list, as the first of two")
    CONFIRMED = "member_import.confirmed", N_("Confirmed a list of members")
    FINISHED = "member_import.finished", N_("Imported a list of members")
    DISCARDED = "member_import.discarded", N_("Threw a list of members away")

"""What is done with addresses, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class AddressDeed(Deed):
    """Every deed about somebody's addresses. The address itself is never kept here."""

    CLAIMED = "address.claimed", N_("Asked to add an e-mail address")
    DROPPED = "address.dropped", N_("Did not add the e-mail address after all")
    ADDED = "address.added", N_("Added an e-mail address")
    MADE_PRIMARY = "address.made_primary", N_("Chose another e-mail address to be reached at")
    REMOVED = "address.removed", N_("Removed an e-mail address")
    UNREACHABLE = "address.unreachable", N_("Letters to an e-mail address come back")
    REACHABLE = "address.reachable", N_("Letters to an e-mail address get through again")

"""What is done about decisions of two, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class AgreeingDeed(Deed):
    """Deeds about what two have to agree on."""

    CHANGED = "decided_by_two.changed", N_("Changed what two people have to agree on")

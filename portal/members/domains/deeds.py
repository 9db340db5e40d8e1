"""What is done with domains, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class DomainDeed(Deed):
    """Every deed about the domains of organisations."""

    ADDED = "organisation_domain.added", N_("Named a domain of the organisation")
    VERIFIED = "organisation_domain.verified", N_("Confirmed a domain of the organisation")
    REMOVED = "organisation_domain.removed", N_("Removed a domain of the organisation")

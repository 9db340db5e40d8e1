"""What the site's deeds are called in a timeline."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class SiteDeed(Deed):
    """What people do to the portal itself."""

    SET_UP = "cluster.set_up", N_("Opened the portal")
    CLUSTER_CHANGED = "cluster.changed", N_("Changed the cluster’s details")
    PAGE_EDITED = "page.edited", N_("Published a new text")
    JOB_RETRIED = "job.retried", N_("Asked for failed work to be tried again")
    LANGUAGE_CHOSEN = "person.language_chosen", N_("Chose another language")

"""What is done about membership over the years, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class BelongingDeed(Deed):
    """Every deed of this part of the room; those about the membership itself are the room’s."""

    TERMS_CHANGED = "membership_terms.changed", N_("Changed the terms of membership")
    #: As it stands in timelines of before; what is asked for now has a state of its own.
    ASKED = "membership.asked", N_("Asked about the membership")
    REQUEST_SENT = "tier_request.sent", N_("Asked for another year or another kind of membership")
    REQUEST_FIRST = "tier_request.first_approved", N_("Approved it, as the first of two")
    REQUEST_GRANTED = "tier_request.granted", N_("Agreed to what the member asked for")
    REQUEST_DECLINED = "tier_request.declined", N_("Declined what the member asked for")
    REQUEST_WITHDRAWN = "tier_request.withdrawn", N_("Took back what was asked for")
    EXCLUSION_PROPOSED = "exclusion.proposed", N_("Proposed to exclude the member")
    EXCLUSION_DECIDED = "exclusion.decided", N_("Excluded the member")
    EXCLUSION_DROPPED = "exclusion.dropped", N_("Dropped the exclusion")

    BENEFIT_ADDED = "benefit.added", N_("Added a benefit")
    BENEFIT_CHANGED = "benefit.changed", N_("Changed a benefit")
    BENEFIT_USED = "benefit.used", N_("Noted that a benefit was used")
    BENEFIT_TAKEN_BACK = "benefit.taken_back", N_("Took back that a benefit was used")

    FELL_DUE = "membership.fell_due", N_("Renewal fell due")
    LAPSED = "membership.lapsed", N_("The membership lapsed")
    COUNTS_AGAIN = "membership.counts_again", N_("The membership counts again")
    IS_OVER = "membership.is_over", N_("The membership is over")

    RENEWALS_BEGUN = "renewal_run.begun", N_("Began a run of renewals")
    RENEWALS_STARTED = "renewal_run.started", N_("Started a run of renewals")
    RENEWALS_STOPPED = "renewal_run.stopped", N_("Stopped a run of renewals")
    RENEWALS_FINISHED = "renewal_run.finished", N_("Finished a run of renewals")
    RENEWALS_DISCARDED = "renewal_run.discarded", N_("Threw a run of renewals away")
    LEFT_OUT = "renewal_line.left_out", N_("Left a member out of a run of renewals")
    TAKEN_IN = "renewal_line.taken_in", N_("Took a member into a run of renewals again")

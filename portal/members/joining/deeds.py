"""What is done on the way to membership, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class JoiningDeed(Deed):
    """Every deed of joining."""

    PRICE_ADDED = "tier_price.added", N_("Set a price")
    PRICE_ENDED = "tier_price.ended", N_("Let a price end")
    PROMISED = "joining_terms.changed", N_("Changed what is promised to new members")

    BEGUN = "joining.begun", N_("Began an application for membership")
    WRITTEN = "joining.written", N_("Changed the draft")
    SUBMITTED = "joining.submitted", N_("Applied for membership")
    ASSIGNED = "joining.assigned", N_("Gave the application to a colleague")
    ASKED = "joining.asked", N_("Asked a question")
    REMINDED = "joining.reminded", N_("Reminded of the question")
    ANSWERED = "joining.answered", N_("Answered the question")
    DEFERRED = "joining.deferred", N_("Put the application off")
    RESUMED = "joining.resumed", N_("Took the application up again")
    FIRST_APPROVED = "joining.first_approved", N_("Approved it, as the first of two")
    APPROVED = "joining.approved", N_("Approved the application")
    DECLINED = "joining.declined", N_("Declined the application")
    WITHDRAWN = "joining.withdrawn", N_("Withdrew the application")
    LAPSED = "joining.lapsed", N_("Nobody answered the question in time")

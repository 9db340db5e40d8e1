"""What is done in the events' room, as the audit keeps it and a timeline tells it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class EventDeed(Deed):
    """The deeds of an event, its tickets and its quotas."""

    MADE = "event.made", N_("Event made")
    EDITED = "event.edited", N_("Event edited")
    PUBLISHED = "event.published", N_("Event published")
    MOVED = "event.moved", N_("Event moved")
    CANCELLED = "event.cancelled", N_("Event cancelled")
    DUPLICATED = "event.duplicated", N_("Event made after an earlier one")
    DISCARDED = "event.discarded", N_("Draft of an event thrown away")
    QUOTA_ADDED = "event.quota_added", N_("Quota added")
    QUOTA_EDITED = "event.quota_edited", N_("Quota edited")
    QUOTA_RESIZED = "event.quota_resized", N_("Number of places changed")
    QUOTA_REMOVED = "event.quota_removed", N_("Quota removed")
    TICKET_ADDED = "event.ticket_added", N_("Ticket added")
    TICKET_EDITED = "event.ticket_edited", N_("Ticket edited")
    TICKET_REMOVED = "event.ticket_removed", N_("Ticket removed")
    ORDERED = "event.ordered", N_("Tickets or quotas put in another order")
    WRITTEN_TO = "event.written_to", N_("Message sent to delegates")
    CLOSING_REMINDED = "event.closing_reminded", N_("Reminder that registration closes")


class DelegateDeed(Deed):
    """The deeds of a registration and of a delegate."""

    REGISTERED = "registration.made", N_("Registered for the event")
    REINSTATED = "registration.reinstated", N_("Registered again")
    APPROVED = "delegate.approved", N_("Approved")
    REJECTED = "delegate.rejected", N_("Not approved")
    OFFERED = "delegate.offered", N_("Place offered from the waiting list")
    ACCEPTED = "delegate.accepted", N_("Offered place accepted")
    DECLINED = "delegate.declined", N_("Offered place declined")
    EXPIRED = "delegate.expired", N_("Offer expired without an answer")
    WITHDRAWN = "delegate.withdrawn", N_("Registration withdrawn")
    CANCELLED = "delegate.cancelled", N_("Registration cancelled")
    SUBSTITUTED = "delegate.substituted", N_("Place given to a colleague")
    CORRECTED = "delegate.corrected", N_("Details corrected")
    TICKET_CHANGED = "delegate.ticket_changed", N_("Ticket changed")
    OFFER_REMINDED = "delegate.offer_reminded", N_("Reminder of the offer sent")


class FeedDeed(Deed):
    """The deeds about the secret address of somebody's own calendar."""

    MADE = "calendar_feed.made", N_("Address of the own calendar made")
    ENDED = "calendar_feed.ended", N_("Address of the own calendar ended")

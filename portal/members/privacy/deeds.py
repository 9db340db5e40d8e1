"""What is done about people's own data, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class PrivacyDeed(Deed):
    """Every deed of this part of the room."""

    COPY_ASKED = "personal_export.asked", N_("Asked for a copy of their data")
    COPY_MADE = "personal_export.made", N_("Put a copy of their data together")
    ASKED = "privacy_request.received", N_("Asked something about their data")
    CHECKED = "privacy_request.checked", N_("Checked who asks")
    UNCHECKED = (
        "privacy_request.unchecked",
        N_("Found that whoever checked it may not do so any more"),
    )
    EXTENDED = "privacy_request.extended", N_("Gave reasons why the answer takes longer")
    REFUSED = "privacy_request.refused", N_("Refused the request")
    FINISHED = "privacy_request.finished", N_("Did what was asked")
    WITHDRAWN = "privacy_request.withdrawn", N_("Took the request back")
    ERASED = "person.erased", N_("Erased the person’s data")
    ANNOUNCED = "material_change.announced", N_("Asked everybody to read a new text")
    ACCEPTED = "person.texts_accepted", N_("Accepted the texts as they stand")
    COUNTED = "retention_run.counted", N_("Counted what is kept no longer")
    CLEARED = "retention_run.started", N_("Cleared what is kept no longer")
    DORMANT_ASKED = "person.dormant_asked", N_("Was asked whether the account is still needed")
    DORMANT_CLEARED = "person.dormant_cleared", N_("Was cleared after a long silence")

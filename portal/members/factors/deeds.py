"""What is done with second factors, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class FactorDeed(Deed):
    """Every deed about what people show besides a password."""

    REFUSED = "person.factor_refused", N_("A second factor was refused")
    CONFIRMED = "person.confirmed_themselves", N_("Confirmed that it is them")
    PASSKEY_ADDED = "passkey.added", N_("Added a passkey")
    PASSKEY_RENAMED = "passkey.renamed", N_("Gave a passkey another name")
    PASSKEY_REMOVED = "passkey.removed", N_("Removed a passkey")
    PASSKEY_TWIN = "passkey.twin", N_("A passkey was refused, because there may be a copy of it")
    APP_BEGUN = "authenticator_app.begun", N_("Began to set up an authenticator app")
    APP_ADDED = "authenticator_app.added", N_("Set up an authenticator app")
    APP_REMOVED = "authenticator_app.removed", N_("Removed the authenticator app")
    CODES_MADE = "recovery_codes.made", N_("Made recovery codes")
    CODES_TRIED = "recovery_codes.tried", N_("Kept the recovery codes and tried one")
    REMOVAL_ASKED = "factor_removal.asked", N_("Asked us to take away lost factors")
    REMOVAL_CHECKED = "factor_removal.checked", N_("Checked who asks to have factors taken away")
    REMOVAL_UNCHECKED = (
        "factor_removal.unchecked",
        N_("Found that whoever checked it may not do so any more"),
    )
    REMOVAL_DONE = "factor_removal.done", N_("Took away all factors")
    REMOVAL_COMMANDED = "person.factors_taken", N_("Took away all factors, on the server")
    REMOVAL_DECLINED = "factor_removal.declined", N_("Declined to take away factors")
    REMOVAL_WITHDRAWN = "factor_removal.withdrawn", N_("Took back the request about lost factors")
    DEMAND_CHANGED = "cluster.factors_changed", N_("Changed who needs a second factor")

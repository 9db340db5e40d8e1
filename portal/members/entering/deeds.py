"""What is done with ways in, as the audit keeps it and timelines tell it."""

from portal.core.wording import N_
from portal.platform.audit import Deed


class EnteringDeed(Deed):
    """Deeds about links that sign people in, and about others who vouch for them."""

    LINK_ASKED = "sign_in_link.asked", N_("Asked for an e-mail with a link to sign in")
    LINKED = "issuer_identity.linked", N_("Linked an account of another provider")
    UNLINKED = "issuer_identity.unlinked", N_("Unlinked an account of another provider")

"""Why something goes or stays when its person is erased."""

from portal.core.wording import N_

ENDS = N_("It ends with the account.")
OF_ORGANISATION = N_(
    "Who spoke for an organisation, and when, is part of its history. Titles and reasons go."
)
ACCOUNTABLE = N_(
    "What was done stays, since we must be able to show it (GDPR, article 5 no. 2). The names go."
)
PROOF = N_(
    "It proves which text was accepted and when (GDPR, article 7 no. 1). It holds no name, only a"
    " key that leads to nobody."
)
AGREEMENT = N_(
    "An application and what was said about it are the organisation’s, and the ground of the"
    " membership (bokføringsloven § 13, five years). Those that came to nothing are cleared after"
    " twelve months."
)

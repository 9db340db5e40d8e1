"""The words of signing in safely."""

from portal.core.vocabulary import Word
from portal.core.wording import N_


class SignInWay(Word):
    """How a session began."""

    PASSWORD = "password", N_("Password")
    LINK = "link", N_("Link in an e-mail")
    PASSKEY = "passkey", N_("Passkey")
    ISSUER = "issuer", N_("Account of another provider")


class FactorKind(Word):
    """What somebody shows besides, or instead of, a password."""

    PASSKEY = "passkey", N_("Passkey")
    APP = "app", N_("Authenticator app")
    RECOVERY = "recovery", N_("Recovery code")


class RemovalState(Word):
    """How far a request to take away lost factors has come."""

    ASKED = "asked", N_("Waiting for a check"), "wait"
    CHECKED = "checked", N_("Waiting for a second administrator"), "progress"
    DONE = "done", N_("Factors taken away"), "good"
    DECLINED = "declined", N_("Declined"), "bad"
    WITHDRAWN = "withdrawn", N_("Withdrawn")

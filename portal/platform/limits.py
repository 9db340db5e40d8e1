"""How often what may be tried: every limit of the portal that guards accounts, in one table.

All are counted in the database that holds the accounts themselves, so all of them fail closed: a
portal that cannot count lets nobody in. docs/security.md says the same for people.
"""

from dataclasses import dataclass

from portal.core.vocabulary import Word
from portal.core.wording import N_


class Per(Word):
    """Whose tries are counted together."""

    ACCOUNT = "account", N_("Account")
    BROWSER = "browser", N_("Account, in a browser that it knows")
    NETWORK = "network", N_("Network address")
    ADDRESS = "address", N_("E-mail address")
    PAIR = "pair", N_("E-mail address, from one network address")
    EVERYBODY = "everybody", N_("Everybody together")


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One limit: what is counted, whose tries together, how many in which windows.

    `closed` says what happens when nobody can count: nothing more is let through.
    """

    counts: str
    per: Per
    allowed: tuple[str, ...]
    closed: bool = True


SIGN_IN = Limit(counts="sign-in", per=Per.ACCOUNT, allowed=("10 per 5 minutes",))
SIGN_IN_KNOWN = Limit(counts="sign-in-known", per=Per.BROWSER, allowed=("10 per 5 minutes",))
SIGN_IN_FROM = Limit(counts="sign-in-from", per=Per.NETWORK, allowed=("30 per 5 minutes",))
SIGN_INS = Limit(counts="sign-ins", per=Per.EVERYBODY, allowed=("1000 per 5 minutes",))
FACTOR = Limit(
    counts="factor",
    per=Per.ACCOUNT,
    allowed=("5 per 5 minutes", "20 per 1 hour", "50 per 1 day"),
)
FACTOR_KNOWN = Limit(counts="factor-known", per=Per.BROWSER, allowed=FACTOR.allowed)
FACTOR_SET_UP = Limit(
    counts="factor-set-up", per=Per.ACCOUNT, allowed=("10 per 5 minutes", "40 per 1 hour")
)
PASSKEY_FROM = Limit(counts="passkey-from", per=Per.NETWORK, allowed=("30 per 5 minutes",))
PASSKEYS = Limit(counts="passkeys", per=Per.EVERYBODY, allowed=("1000 per 5 minutes",))
CHALLENGE = Limit(counts="challenge", per=Per.BROWSER, allowed=("1 per 10 minutes",))
ADD_ADDRESS = Limit(counts="add-address-by", per=Per.ACCOUNT, allowed=("10 per 1 hour",))
ISSUER_FROM = Limit(counts="issuer-from", per=Per.NETWORK, allowed=("30 per 5 minutes",))
ASKING = Limit(counts="asking", per=Per.ACCOUNT, allowed=("20 per 1 hour",))
LETTERS_TO_FROM = Limit(counts="…-to-from", per=Per.PAIR, allowed=("5 per 1 hour",))
LETTERS_TO = Limit(counts="…-to", per=Per.ADDRESS, allowed=("20 per 1 hour",))
LETTERS_KNOWN = Limit(counts="…-known", per=Per.BROWSER, allowed=("5 per 1 hour",))
LETTERS_FROM = Limit(counts="…-from", per=Per.NETWORK, allowed=("20 per 1 hour",))
LETTERS = Limit(counts="…", per=Per.EVERYBODY, allowed=("1000 per 5 minutes",))

#: Every limit. The letters that strangers have us send are counted by deed, each for itself.
LIMITS = (
    SIGN_IN,
    SIGN_IN_KNOWN,
    SIGN_IN_FROM,
    SIGN_INS,
    FACTOR,
    FACTOR_KNOWN,
    FACTOR_SET_UP,
    PASSKEY_FROM,
    PASSKEYS,
    CHALLENGE,
    ADD_ADDRESS,
    ISSUER_FROM,
    ASKING,
    LETTERS_TO_FROM,
    LETTERS_TO,
    LETTERS_KNOWN,
    LETTERS_FROM,
    LETTERS,
)

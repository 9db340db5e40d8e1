"""How often somebody may try to get in, without letting others lock the owner out.

A browser that signed in before carries a signed mark naming the account. Its tries are counted
apart, so whoever guesses passwords elsewhere cannot use up the owner's own.
"""

from uuid import UUID

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from portal.members.service.sessions import prefix_of
from portal.platform import limits, throttle, tokens

[ACCOUNT] = limits.SIGN_IN.allowed
[NETWORK] = limits.SIGN_IN_FROM.allowed
[EVERYBODY] = limits.SIGN_INS.allowed
[LETTERS] = limits.LETTERS_FROM.allowed
[LETTERS_TO_ONE] = limits.LETTERS_TO.allowed
TRIES = 10
SIGN_IN = "sign-in"
COOKIE = "browser"
A_YEAR = 365 * 24 * 3600
#: How many accounts one browser is known to.
MOST = 5
#: How the counters of sign-ins begin, as the library writes them.
PREFIX = f"LIMITER/{SIGN_IN}/"


def count_sign_in(person_id: UUID | None, email: str) -> None:
    """Count one try to sign in. Raises TooOften."""
    account = name_of(person_id, email)
    mark = known_as(account)
    if mark:
        throttle.hit(ACCOUNT, "sign-in-known", account, mark)
        return
    throttle.hit(EVERYBODY, "sign-ins")
    throttle.hit(NETWORK, "sign-in-from", network())
    throttle.hit(ACCOUNT, SIGN_IN, account)


def count_letter(deed: str, email: str) -> None:
    """Count one letter that a stranger had us send: by network and by address. Raises TooOften."""
    throttle.hit(EVERYBODY, deed)
    throttle.hit(LETTERS, f"{deed}-from", network())
    throttle.hit(LETTERS_TO_ONE, f"{deed}-to", tokens.digest(email))


def count_factor(person_id: UUID) -> None:
    """Count one try to show a second factor, in each of its windows. Raises TooOften."""
    limit, *names = trying(person_id)
    for allowed in limit.allowed:
        throttle.hit(allowed, limit.counts, *names)


def forget_factor(person_id: UUID) -> None:
    """Begin the shortest window again: what was shown was right. The longer ones go on."""
    limit, *names = trying(person_id)
    throttle.forget(limit.allowed[0], limit.counts, *names)


def trying(person_id: UUID) -> tuple[limits.Limit, *tuple[str, ...]]:
    """Return under what tries are counted: a browser that the account knows has its own.

    So whoever learned a password cannot use up the tries of its owner.
    """
    account = str(person_id)
    mark = known_as(account)
    return (limits.FACTOR_KNOWN, account, mark) if mark else (limits.FACTOR, account)


def count_set_up(person_id: UUID) -> None:
    """Count one try to set up a second factor. Raises TooOften."""
    for allowed in limits.FACTOR_SET_UP.allowed:
        throttle.hit(allowed, limits.FACTOR_SET_UP.counts, str(person_id))


def count_passkey() -> None:
    """Count one try with a passkey of whoever it may be. Raises TooOften."""
    throttle.hit(EVERYBODY, limits.PASSKEYS.counts)
    throttle.hit(NETWORK, limits.PASSKEY_FROM.counts, network())


def count_asking(person_id: UUID) -> None:
    """Count one letter that somebody has us send to staff or administrators. Raises TooOften."""
    throttle.hit(limits.ASKING.allowed[0], limits.ASKING.counts, str(person_id))


def name_of(person_id: UUID | None, email: str) -> str:
    """Return what an account's tries are counted under; an unknown address is counted as well."""
    return str(person_id) if person_id else tokens.digest(email)


def network() -> str:
    """Return whose tries are counted together: an address, or the network of a newer one."""
    address = request.remote_addr or ""
    return prefix_of(address) if ":" in address else address


def unlock(person_id: UUID) -> None:
    """Forget the tries for an account."""
    throttle.forget(ACCOUNT, SIGN_IN, str(person_id))


def signer() -> URLSafeSerializer:
    """Return what signs the marks of browsers."""
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt="known-browser")


def marks() -> dict[str, str]:
    """Read which accounts this browser is known to, and as what."""
    try:
        kept = signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return {}
    return kept if isinstance(kept, dict) else {}


def known_as(account: str) -> str | None:
    """Return as what this browser is known to an account, if it ever signed in there."""
    return marks().get(account)


def remember_browser(response: Response, person_id: UUID) -> None:
    """Mark the browser as one that signed in, for a year."""
    kept = marks()
    mark = kept.pop(str(person_id), None) or tokens.fresh()
    latest = dict([*kept.items(), (str(person_id), mark)][-MOST:])
    response.set_cookie(
        COOKIE,
        signer().dumps(latest),
        max_age=A_YEAR,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )

"""How often somebody may try to get in, without letting others lock the owner out.

A browser that signed in before carries a signed mark naming the account. Its tries are counted
apart, so whoever guesses passwords elsewhere cannot use up the owner's own; nor can whoever has
letters sent to an address. An account may forget its browsers: marks of before count no more.
"""

from datetime import datetime
from uuid import UUID

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from portal.extensions import db
from portal.members.service.sessions import prefix_of
from portal.models import EmailAddress, Person
from portal.platform import limits, throttle, tokens
from portal.platform.auth import arrived

[ACCOUNT] = limits.SIGN_IN.allowed
[NETWORK] = limits.SIGN_IN_FROM.allowed
[EVERYBODY] = limits.SIGN_INS.allowed
[LETTERS] = limits.LETTERS_FROM.allowed
[LETTERS_TO_ONE] = limits.LETTERS_TO.allowed
[LETTERS_THERE_FROM_ONE] = limits.LETTERS_TO_FROM.allowed
[LETTERS_HOME] = limits.LETTERS_KNOWN.allowed
TRIES = 10
SIGN_IN = "sign-in"
COOKIE = "browser"
A_YEAR = 365 * 24 * 3600
#: How many accounts one browser is known to.
MOST = 5
#: How the counters of sign-ins begin, as the library writes them.
PREFIX = f"LIMITER/{SIGN_IN}/"


def count_sign_in(
    person_id: UUID | None, email: str, *, browsers_from: datetime | None = None
) -> None:
    """Count one try to sign in. Raises TooOften."""
    account = name_of(person_id, email)
    mark = known_as(account, since=browsers_from)
    if mark:
        throttle.hit(ACCOUNT, "sign-in-known", account, mark)
        return
    throttle.hit(EVERYBODY, "sign-ins")
    throttle.hit(NETWORK, "sign-in-from", network())
    throttle.hit(ACCOUNT, SIGN_IN, account)


def count_letter(deed: str, email: str) -> None:
    """Count one letter that a stranger had us send: by network and by address. Raises TooOften.

    From one network fewer go to an address than from all, so that nobody alone uses those up.
    """
    address = tokens.digest(email)
    throttle.hit(EVERYBODY, deed)
    throttle.hit(LETTERS, f"{deed}-from", network())
    throttle.hit(LETTERS_THERE_FROM_ONE, f"{deed}-to-from", address, network())
    throttle.hit(LETTERS_TO_ONE, f"{deed}-to", address)


def count_letter_home(deed: str, email: str) -> None:
    """Count one letter that may be to whoever asks. A browser that is known has its own count."""
    holder = db.session.execute(
        select(Person.id, Person.browsers_from)
        .join(EmailAddress, EmailAddress.person_id == Person.id)
        .where(EmailAddress.address == email)
    ).first()
    mark = known_as(str(holder.id), since=holder.browsers_from) if holder else None
    if mark:
        throttle.hit(LETTERS_HOME, f"{deed}-known", tokens.digest(email), mark)
    else:
        count_letter(deed, email)


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
    account, mark = str(person_id), known_to(person_id)
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


def known_as(account: str, *, since: datetime | None) -> str | None:
    """Return as what this browser is known to an account, if it was marked there since then."""
    mark = marks().get(account)
    if mark is None or since is None:
        return mark
    _secret, _dot, at = mark.partition(".")
    return mark if at.isdecimal() and int(at) >= int(since.timestamp()) else None


def known_to(person_id: UUID) -> str | None:
    """Return as what this browser is known to somebody."""
    person = db.session.get(Person, person_id)
    return known_as(str(person_id), since=person.browsers_from if person else None)


def remember_browser(response: Response, person_id: UUID) -> None:
    """Mark the browser as one that signed in, for a year."""
    mark = known_to(person_id) or f"{tokens.fresh()}.{int(arrived().timestamp())}"
    kept = marks()
    kept.pop(str(person_id), None)
    latest = dict([*kept.items(), (str(person_id), mark)][-MOST:])
    response.set_cookie(
        COOKIE,
        signer().dumps(latest),
        max_age=A_YEAR,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )

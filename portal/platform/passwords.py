"""Passwords: kept as Argon2id hashes, checked in the same time whether an account exists or not.

Settings are those of OWASP ASVS 5.0, appendix C: 19 MiB, two passes, one lane.
"""

from functools import lru_cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
#: A hash holds 19 MiB while it is made; more at once than this would press on a small machine.
AT_ONCE = BoundedSemaphore(8)


@lru_cache(maxsize=2)
def hasher(*, cheap: bool) -> "PasswordHasher":
    """Return the hasher; the cheap one is for tests, which check thousands."""
    from argon2 import PasswordHasher, Type  # noqa: PLC0415 - needed where people sign in, only

    if cheap:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    return PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)


def ours() -> "PasswordHasher":
    """Return the hasher that this copy of the portal is set to use."""
    return hasher(cheap=bool(current_app.config["CHEAP_HASHING"]))


@lru_cache(maxsize=2)
def nobodys(*, cheap: bool) -> str:
    """Return a hash that no password fits, to spend the same time on accounts that do not exist."""
    return hasher(cheap=cheap).hash("no account has this password")


def hashed(password: str) -> str:
    """Hash a password. Takes tens of milliseconds: never inside a write unit."""
    with AT_ONCE:
        return ours().hash(password)


def fits(password_hash: str | None, password: str) -> bool:
    """Tell whether a password is the right one; as slow for nobody's account as for anybody's."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - as above

    known = password_hash or nobodys(cheap=bool(current_app.config["CHEAP_HASHING"]))
    with AT_ONCE:
        try:
            return ours().verify(known, password) and password_hash is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(password_hash: str) -> bool:
    """Tell whether a hash was made with weaker settings than today's."""
    return ours().check_needs_rehash(password_hash)

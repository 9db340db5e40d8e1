"""Codes that people type: those of an authenticator app, and those on paper."""

import hmac
import re
import secrets
from base64 import b32encode
from datetime import datetime
from hashlib import sha256

from pyotp import TOTP

#: How long a code of an app is shown, in seconds; one before and one after is taken as well.
STEP = 30
#: How far a clock may be off for us to say so, in steps.
FAR = 20
#: How many codes stand on a sheet, and how many bytes of chance are in each: 64 bits.
SHEET, BYTES = 8, 8
OF_APP = re.compile(r"[0-9]{6}")
ON_PAPER = re.compile(r"[0-9a-f]{16}")


def tidy(typed: str | None) -> str:
    """Write a code as it is compared, once and for all: without spaces and dashes."""
    return "".join((typed or "").replace("-", "").split()).casefold()


def secret_of(salt: str, *, key: str) -> str:
    """Return the secret that an app shares with us.

    It follows from a salt that we keep and the portal's own key, which is no part of the database:
    a copy of that alone makes no codes.
    """
    told = hmac.new(key.encode(), f"authenticator app|{salt}".encode(), sha256)
    return b32encode(told.digest()[:20]).decode()


def address_of(secret: str, *, account: str, issuer: str) -> str:
    """Return what an app reads from the picture."""
    return TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def now_in_steps(*, now: datetime) -> int:
    """Count the half minutes since 1970."""
    return int(now.timestamp()) // STEP


def step_of(code: str, secret: str, *, now: datetime) -> int | None:
    """Return the half minute that a code belongs to: this one, the one before or the next."""
    return among(code, secret, now_in_steps(now=now), reach=1)


def minutes_off(code: str, secret: str, *, now: datetime) -> int:
    """Return by how many minutes the clock of an app seems to be off; 0 for a wrong code."""
    at = now_in_steps(now=now)
    step = among(code, secret, at, reach=FAR)
    return 0 if step is None else max(1, round(abs(step - at) * STEP / 60))


def among(code: str, secret: str, at: int, *, reach: int) -> int | None:
    """Find the half minute near another that a code belongs to; all are tried, right or not."""
    app = TOTP(secret)
    found = [
        step
        for step in range(at - reach, at + reach + 1)
        if hmac.compare_digest(app.generate_otp(step), code)
    ]
    return found[0] if found else None


def sheet() -> list[str]:
    """Make the codes of a sheet, as they are written on paper."""
    return [spaced(secrets.token_hex(BYTES)) for _ in range(SHEET)]


def spaced(code: str, between: str = "-") -> str:
    """Write a code in groups of four."""
    return between.join(code[at : at + 4] for at in range(0, len(code), 4))

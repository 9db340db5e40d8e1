"""Organisation numbers, addresses on the web, and how long an invitation is good."""

import re
from datetime import datetime

from portal.core import slugs
from portal.core.wording import N_, Sentence
from portal.models import Invitation, NumberKind

NORWAY = "NO"
FOREIGN = re.compile(r"[0-9A-Z][0-9A-Z./ -]{2,29}\Z")

NOT_NORWEGIAN = Sentence(
    N_("This is not a Norwegian organisation number: it has nine digits, and the last one checks"
       " the others. Look for a slip of the keys.")
)  # fmt: skip
NOT_A_NUMBER = Sentence(
    N_("Write the number as your register gives it: letters, digits, spaces, dots and dashes.")
)
NO_NUMBER = Sentence(N_("Write the number, or choose “Not registered yet”."))
WRONG_COUNTRY = Sentence(N_("A foreign registration number needs a country other than Norway."))
EXPIRED = Sentence(
    N_("This invitation has expired. Ask the person who sent it to send it once more.")
)


def tidy_number(kind: NumberKind, number: str) -> str | None:
    """Write a number in the one way in which it is kept, so that two spellings are one number."""
    if kind is NumberKind.NONE:
        return None
    if kind is NumberKind.NORWEGIAN:
        return re.sub(r"[\s.\u00a0]|^NO|MVA$", "", number.upper())
    return " ".join(number.upper().split())


def wrong_number(kind: NumberKind, number: str, country: str) -> Sentence | None:
    """Say what is wrong with an organisation number: Norwegian ones carry a check digit, mod 11."""
    if kind is NumberKind.NONE:
        return None
    tidy = tidy_number(kind, number)
    if not tidy:
        return NO_NUMBER
    if kind is NumberKind.NORWEGIAN:
        return None if is_norwegian(tidy) else NOT_NORWEGIAN
    if country == NORWAY:
        return WRONG_COUNTRY
    return None if FOREIGN.match(tidy) else NOT_A_NUMBER


def is_norwegian(number: str) -> bool:
    """Tell whether nine digits check as a Norwegian organisation number."""
    from stdnum.no import orgnr  # noqa: PLC0415 - only where organisations are registered

    return number.isascii() and bool(orgnr.is_valid(number))


def slug_of(name: str) -> str:
    """Return a name as it stands in an address."""
    return slugs.slug(name) or "organisation"


def invitation_is_over(invitation: Invitation, *, now: datetime) -> Sentence | None:
    """Say that an invitation is too old to be accepted."""
    return EXPIRED if now >= invitation.expires_at else None


def own_path(address: str, otherwise: str) -> str:
    """Return an address if it is a path under our own roof, else another.

    Backslashes and control characters are what browsers read as something else than we do.
    """
    odd = "\\" in address or any(c <= " " or c == "\x7f" for c in address)
    if odd or not address.startswith("/") or address.startswith("//"):
        return otherwise
    return address

"""What the site takes and what it turns away."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from portal.core.legible import HIDDEN
from portal.core.wording import N_, Sentence

MORNING, AFTERNOON, EVENING = 5, 12, 17
UNCHANGED = Sentence(N_("Nothing is different from what is published already."))


def greeting(first_name: str, hour: int) -> Sentence:
    """Greet somebody as one does at this hour."""
    gaps = {"name": first_name}
    if MORNING <= hour < AFTERNOON:
        return Sentence(N_("Good morning, %(name)s"), gaps)
    if AFTERNOON <= hour < EVENING:
        return Sentence(N_("Good afternoon, %(name)s"), gaps)
    return Sentence(N_("Good evening, %(name)s"), gaps)


def first_name(name: str) -> str:
    """Return what somebody is called among colleagues."""
    return (name.split() or [name])[0]


def nothing_new(kept: Mapping[str, str], written: Mapping[str, str]) -> Sentence | None:
    """Return why a text need not be published again."""
    return UNCHANGED if dict(kept) == dict(written) else None


def own_path(address: str) -> str:
    """Return the path of an address under our own roof, or the home page for any other.

    Backslashes and control characters are what browsers read as something else than we do.
    """
    odd = "\\" in address or any(c <= " " or c == "\x7f" for c in address)
    if odd or not address.startswith("/") or address.startswith("//"):
        return "/"
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def came_from_us(asked: Mapping[str, str], hosts: frozenset[str]) -> bool:
    """Tell whether a request was sent by a page of ours, by what browsers say of its origin.

    `asked` are the headers of the request; `hosts` are the names under which we can be reached.
    """
    if site := asked.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = asked.get("Origin") or asked.get("Referer") or ""
    try:
        return urlsplit(origin).netloc in hosts
    except ValueError:
        return False


def impersonal(arguments: Mapping[str, object]) -> Mapping[str, str]:
    """Return what a job was told, without anything that may say who it is about."""
    return {name: plain(value) for name, value in arguments.items()}


def plain(value: object) -> str:
    """Return a key or a number as it is, and anything else only as a mark."""
    if isinstance(value, bool | int | float):
        return str(value)
    try:
        return str(UUID(str(value)))
    except ValueError:
        return HIDDEN

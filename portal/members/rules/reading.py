"""How browsers and addresses are called, for people."""

from datetime import date, timedelta
from urllib.parse import urlsplit

#: What a browser says of itself, the telling words first: most claim to be several.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip


def browser_name(told: str) -> str:
    """Name a browser and its system as its owner would: “Firefox, Windows”."""
    names = [
        next((name for mark, name in known if mark in told), "") for known in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in names if name) or told[:40] or "?"


def host_of(address: str) -> str:
    """Return the name of a website, without what stands around it."""
    return urlsplit(address).netloc.removeprefix("www.") or address


def day_before(day: date) -> date:
    """Return the last day that counts of a stretch that is kept with the first day after it."""
    return day - timedelta(days=1)

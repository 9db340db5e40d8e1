"""Text as people type it, and text that machines write of people."""

import re

#: Control characters but tab and line ends; marks that turn the direction of what follows, which
#: make a name read as another one; halves of characters, which no database takes.
NEVER_TYPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)

#: We greet people by name, so that whoever names others could have us send them something to open.
WEB_ADDRESS = re.compile(r"://|www\.", re.IGNORECASE)

ADDRESS = re.compile(r"[^\s<>()\[\]{}\"',;:]+@[^\s<>()\[\]{}\"',;:]+")
HIDDEN = "…"


def legible(text: str) -> str:
    """Return a text without what no person types."""
    return NEVER_TYPED.sub("", text)


def without_addresses(text: str) -> str:
    """Return a technical message without the e-mail addresses of people in it."""
    return ADDRESS.sub(HIDDEN, text)

"""Text for people, before anybody knows which language it will be read in."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802 - the name that translators' tools look for
    """Mark a text for the translators. It stays as it is until somebody reads it."""
    return text


@dataclass(frozen=True)
class Sentence:
    """A marked text and what goes in its gaps; put into a language where it is shown.

    A gap may hold a `Word`, a date, a moment or another sentence: each is put into the reader's
    language and zone along with the text around it.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

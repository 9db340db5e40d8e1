"""Text for people, before anybody knows which language it will be read in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


def N_(text: str) -> str:  # noqa: N802 - the name that translators' tools look for
    """Mark a text for the translators. It stays as it is until somebody reads it."""
    return text


#: What somebody is called whose name was erased.
NAMELESS = N_("Former member")


@dataclass(frozen=True)
class Sentence:
    """A marked text and what goes in its gaps; put into a language where it is shown.

    A gap may hold a `Word`, a date, a moment, a `Bilingual` text or another sentence: each is put
    into the reader's language and zone along with the text around it.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Bilingual:
    """A text that is kept in both languages, for a gap in a sentence."""

    en: str
    nb: str

    @classmethod
    def of(cls, row: object, field: str) -> "Bilingual":
        """Return what a row keeps as `field_en` and `field_nb`."""
        return cls(getattr(row, f"{field}_en"), getattr(row, f"{field}_nb"))


@dataclass(frozen=True)
class InZone:
    """A moment that is told in a zone of its own, such as the deadline of a call."""

    at: datetime
    zone: str

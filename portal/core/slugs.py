"""Short names for addresses and keys, made from what people wrote."""

import re
import unicodedata
from collections.abc import Collection

#: Letters that lose their marks differently from the rest of the alphabet.
NORDIC = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "ð": "d", "đ": "d", "þ": "th", "ł": "l"}
)
LONGEST = 60


def slug(text: str, *, between: str = "-") -> str:
    """Return a text in small letters, digits and one separator: “Vår 2027!” becomes var-2027."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(NORDIC))
    plain = folded.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    return between.join(words)[:LONGEST].strip(between)


def distinct(wanted: str, taken: Collection[str], *, between: str = "-") -> str:
    """Return a name that nobody has yet: the wanted one, else it with the next free number."""
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}{between}{number}"
    return name

"""Words as the choices of a field."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.fields import SelectChoice

from portal.core.vocabulary import Word


def choices(words: type[Word] | Sequence[Word], *, ask: Any = None) -> list[SelectChoice]:
    """Return words as choices in the reader's language, perhaps with an empty one that asks."""
    first = [SelectChoice("", ask)] if ask else []
    return first + [SelectChoice(word.value, _(word.label)) for word in words]


class WordField:
    """How a field keeps a word instead of its text: give it as `coerce` to a select field."""

    def __init__(self, words: type[Word]) -> None:
        self.words = words

    def __call__(self, value: Any) -> Any:
        """Read a word; what is none of ours stays as it was typed, and fails as a choice."""
        try:
            return self.words.of(str(value)) if value else None
        except ValueError:
            return value

"""What the portal says when it says no."""

from collections.abc import Mapping
from typing import TypeVar

from portal.core.wording import N_, Sentence

T = TypeVar("T")

NO_PERMISSION = Sentence(N_("You do not have permission to do this."))


class Refused(Exception):
    """A request understood and turned down, for a reason fit to show the person who made it."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.text)
        self.reason = reason


class NotAllowed(Refused):
    """Turned down because of who is asking."""

    def __init__(self, reason: Sentence = NO_PERMISSION) -> None:
        super().__init__(reason)


class TooOften(Refused):
    """Turned down because it was tried too many times in too short a time."""

    def __init__(self, reason: Sentence, *, seconds: int) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Mistake(Refused):
    """Something wrong with one answer of a form, found only by looking at what is kept."""

    def __init__(self, field: str, reason: Sentence) -> None:
        super().__init__(reason)
        self.field = field


class Clash(Refused):
    """Somebody else saved first. `theirs` holds, by field, what is kept now."""

    def __init__(self, theirs: Mapping[str, object], *, version: int) -> None:
        super().__init__(Sentence(N_("Somebody else has changed this since you opened it.")))
        self.theirs = theirs
        self.version = version


class Missing(Exception):
    """Nothing of that name is here, or nothing that this person may know of."""


def present(found: T | None) -> T:
    """Insist that a search found something."""
    if found is None:
        raise Missing
    return found

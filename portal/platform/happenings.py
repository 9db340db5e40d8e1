"""What happens in one room and matters to others. Who tells of it knows nobody who listens.

`portal.reactions` says what is done then, in the same transaction.
"""

from datetime import datetime
from typing import Protocol

from portal.models import Person


class AboutPerson(Protocol):
    """What a room does when something happens to a person."""

    def __call__(self, person: Person, *, now: datetime) -> None:
        """Do it, as a part of the deed."""


#: Somebody has shown that the address of their account is theirs.
ADDRESS_PROVEN: list[AboutPerson] = []


def listen(happening: list[AboutPerson], reaction: AboutPerson) -> None:
    """Let something be done when it happens: once, however often an app is made."""
    if reaction not in happening:
        happening.append(reaction)


def tell(happening: list[AboutPerson], person: Person, *, now: datetime) -> None:
    """Let all who listen do their part."""
    for react in happening:
        react(person, now=now)

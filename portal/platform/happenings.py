"""What happens in one room and matters to others. Who tells of it knows nobody who listens.

`portal.reactions` says what is done then, in the same transaction.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from portal.models import Person

T = TypeVar("T")


class AboutPerson(Protocol):
    """What a room does when something happens to a person."""

    def __call__(self, person: Person, *, now: datetime) -> None:
        """Do it, as a part of the deed."""


class AboutPlace(Protocol):
    """What a room does when something happens to somebody's place in an organisation."""

    def __call__(self, person_id: UUID, organisation_id: UUID, *, now: datetime) -> None:
        """Do it, as a part of the deed."""


class AboutAddress(Protocol):
    """What a room does when something happens to an address, whoever’s it is."""

    def __call__(self, address: str, refusal: str, *, now: datetime) -> None:
        """Do it, as a part of the deed."""


#: Somebody has shown that the address of their account is theirs.
ADDRESS_PROVEN: list[AboutPerson] = []
#: Mail to somebody comes back for good.
ADDRESS_UNREACHABLE: list[AboutPerson] = []
#: A mail server turned an address down for good.
MAIL_REFUSED: list[AboutAddress] = []
#: Somebody belongs to an organisation no longer; what came from it ends with it.
AFFILIATION_ENDED: list[AboutPlace] = []


def listen(happening: list[T], reaction: T) -> None:
    """Let something be done when it happens: once, however often an app is made."""
    if reaction not in happening:
        happening.append(reaction)


def tell(happening: Sequence[Callable[..., None]], *about: object, now: datetime) -> None:
    """Let all who listen do their part. `about` is what the happening is about."""
    for react in happening:
        react(*about, now=now)

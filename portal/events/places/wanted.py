"""What people ask for when they register."""

from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID

from portal.events.deeds import DelegateDeed


class Held(Protocol):
    """An event, or what was read of it."""

    id: Any


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Somebody to be registered. Who has an account with this e-mail address finds it there."""

    name: str
    email: str
    ticket_id: UUID
    phone: str = ""
    title: str = ""

    @property
    def address(self) -> str:
        """The e-mail address as it is kept."""
        return clean(self.email)


@dataclass(frozen=True, kw_only=True)
class Booking:
    """Several people of one organisation. The token makes sending it twice the same as once."""

    organisation_id: UUID
    client_token: str
    people: tuple[Attendee, ...]
    purchase_reference: str = ""
    note: str = ""
    deed: DelegateDeed = field(default=DelegateDeed.REGISTERED)


def clean(email: str) -> str:
    """Return an address as it is kept."""
    return email.strip().lower()

"""What is being registered, before it is read back as rows: letters tell of it as of those."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.alphabet import name_key
from portal.events.queries.booking import Gathering, Ticket
from portal.models import Actor, Delegate, DelegateState, Registration

REGISTRATION = insert(Registration.__table__)  # type: ignore[arg-type]  # typed as FromClause
DELEGATE = insert(Delegate.__table__)  # type: ignore[arg-type]  # as above


@dataclass(frozen=True, kw_only=True)
class NewRegistration:
    """Several people of an organisation, with what is known of it and of their event."""

    event: Gathering
    organisation: Any
    registered_by: Actor
    id: UUID = field(default_factory=uuid7)

    @property
    def language(self) -> str:
        """What those are written to in whom we do not know."""
        return self.registered_by.language

    def columns(self) -> dict[str, Any]:
        """Return the row, but for what the form says."""
        return {
            "id": self.id,
            "created_at": clock.now(),
            "version": 1,
            "event_id": self.event.id,
            "organisation_id": self.organisation.id,
            "registered_by_id": self.registered_by.id,
            "language": self.language,
        }


@dataclass(frozen=True, kw_only=True)
class NewDelegate:
    """One of them. `person` is what we know of whoever has proven this address."""

    registration: NewRegistration
    ticket: Ticket
    person: Any
    name: str
    email: str
    phone: str
    title: str
    state: DelegateState
    waitlisted_at: datetime | None = None
    waiting_number: int | None = None
    offer_expires_at: None = None
    closed_reason: str = ""
    id: UUID = field(default_factory=uuid7)

    @property
    def event(self) -> Gathering:
        """The event."""
        return self.registration.event

    @property
    def event_id(self) -> UUID:
        """The key of the event."""
        return self.event.id

    @property
    def ticket_id(self) -> UUID:
        """The key of the ticket."""
        return self.ticket.id

    @property
    def organisation(self) -> Any:
        """The organisation that they come from."""
        return self.registration.organisation

    @property
    def organisation_name(self) -> str:
        """What it is called."""
        return str(self.organisation.display_name)

    def columns(self, *, now: datetime) -> dict[str, Any]:
        """Return the row."""
        return {
            "id": self.id,
            "created_at": clock.now(),
            "version": 1,
            "event_id": self.event_id,
            "registration_id": self.registration.id,
            "ticket_id": self.ticket_id,
            "organisation_id": self.organisation.id,
            "organisation_name": self.organisation_name,
            "organisation_key": self.organisation.name_key,
            "person_id": self.person and self.person.id,
            "name": self.name,
            "name_key": name_key(self.name),
            "email": self.email,
            "phone": self.phone,
            "title": self.title,
            "price_ore": self.ticket.price_ore,
            "currency": self.ticket.currency,
            "vat_code": self.ticket.vat_code,
            "state": self.state,
            "waitlisted_at": self.waitlisted_at,
            "waiting_number": self.waiting_number,
            "updated_at": now,
        }

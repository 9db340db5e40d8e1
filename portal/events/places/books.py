"""The state of an event's places, read under the lock, and what may be given from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from portal.events.places import quotas
from portal.events.places.quotas import Room
from portal.events.queries import booking
from portal.events.queries.booking import Gathering, Ticket, Waiter


@dataclass(kw_only=True)
class Books:
    """An event, its quotas, its tickets, and who waits longest for each of them.

    `waited_for` are the quotas that somebody has begun to wait for since, `first_end` is when the
    first of the open offers ended or will end.
    """

    event: Gathering
    rooms: dict[UUID, Room]
    tickets: Mapping[UUID, Ticket]
    heads: list[Waiter] = field(default_factory=list)
    waited_for: frozenset[UUID] = frozenset()
    last_number: int = 0
    first_end: datetime | None = None

    def needs(self, ticket_id: UUID) -> frozenset[UUID]:
        """Return the quotas that a ticket takes places from."""
        return self.tickets[ticket_id].quotas

    def has_room(self, wanted: frozenset[UUID]) -> bool:
        """Tell whether each of these quotas has a place left."""
        return all(self.rooms[id].free for id in wanted)

    def somebody_waits_for(self, wanted: frozenset[UUID]) -> bool:
        """Tell whether anybody waits for one of these quotas: they must not be passed."""
        before = any(self.needs(head.ticket_id) & wanted for head in self.heads)
        return before or bool(self.waited_for & wanted)

    def hold(self, wanted: frozenset[UUID]) -> bool:
        """Hold a place in each of these quotas, or in none of them."""
        taken: list[UUID] = []
        for id in sorted(wanted):
            held = quotas.take(id)
            if held is None:
                self.let_go(taken)
                return False
            self.rooms[id].held = held
            taken.append(id)
        return True

    def let_go(self, given_up: Iterable[UUID]) -> None:
        """Let one place go in each of these quotas."""
        for id in sorted(given_up):
            self.rooms[id].held = quotas.release(id)

    def number_in_line(self) -> int:
        """Return the number of whoever begins to wait now, and count on from it."""
        self.last_number += 1
        return self.last_number

    def read_heads(self) -> None:
        """Look again who waits."""
        self.heads = booking.heads(self.event.id)


def open_books(event_id: UUID) -> Books:
    """Lock the places of an event, then read what is true of them."""
    rooms = quotas.lock_quotas(event_id)
    ledger = booking.ledger(event_id)
    if any(ticket.quotas - rooms.keys() for ticket in ledger.tickets.values()):
        rooms = quotas.lock_quotas(event_id)  # a quota was added while we waited for the lock
    return Books(
        event=ledger.event,
        rooms=rooms,
        tickets=ledger.tickets,
        heads=ledger.heads,
        last_number=ledger.last_number,
        first_end=ledger.first_end,
    )

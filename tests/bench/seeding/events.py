"""An event with as many delegates as there are organisations, and other events beside it."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from portal.core.alphabet import name_key
from portal.models import (
    Delegate,
    DelegateState,
    Event,
    EventState,
    Person,
    Registration,
    VatCode,
)
from portal.search import Document
from tests import factories
from tests.bench.seeding.members import Base, Firms, name_of
from tests.bench.seeding.pouring import pour

#: Other events, half of them to come: more than one page of each.
OTHERS = 100
#: How twenty delegates stand.
STATES = (
    *[DelegateState.CONFIRMED] * 12,
    *[DelegateState.WAITLISTED] * 3,
    *[DelegateState.REQUESTED] * 2,
    *[DelegateState.WITHDRAWN] * 2,
    DelegateState.CANCELLED,
)
TEXT = """We build **one stand** for all members, and every company has a place of its own there.

## What is included

- a table with power and a screen
- storage, coffee and a meeting room by the hour
- an evening with buyers from [six countries](https://example.org/buyers)

Bring what you want to show. The freight leaves three weeks before the fair opens, and whoever needs
room in the lorry says so when they register. """


def few(*, contact: Person) -> dict[str, str]:
    """Make the event that is opened, with three tickets for two quotas."""
    event = factories.Event(
        slug="fair", title_en="The great fair", title_nb="Den store messen", contact=contact,
        text_en=TEXT * 2, text_nb=TEXT * 2,
    )  # fmt: skip
    stand, hall = (factories.Quota(event=event, size=200_000) for _number in range(2))
    priced = {"price_ore": 450_000, "vat_code": VatCode.STANDARD}
    tickets = [
        factories.TicketType(event=event, quotas=[stand, hall], **priced),
        factories.TicketType(event=event, quotas=[hall]),
        factories.TicketType(event=event, quotas=[hall], **priced),
    ]
    return {
        "event": event.slug, "event_key": str(event.id), "contact": str(contact.id),
        "tickets": " ".join(str(ticket.id) for ticket in tickets),
    }  # fmt: skip


def pour_delegates(connection: Connection, firms: Firms, base: Base, known: dict[str, str]) -> None:
    """Let each organisation have registered one person for the event."""
    booked = [(n, firm, uuid7()) for n, firm in firms]
    of = base | {"event_id": UUID(known["event_key"])}
    tickets = [UUID(id) for id in known["tickets"].split()]
    pour(connection, Registration.__table__, (
        of | {"id": id, "organisation_id": firm, "registered_by_id": UUID(known["contact"]),
              "client_token": f"token {n}", "purchase_reference": "", "note": "", "language": "en"}
        for n, firm, id in booked
    ))  # fmt: skip
    rows = (of | delegate(n, firm, id, ticket_id=tickets[n % 3], base=base)
            for n, firm, id in booked)  # fmt: skip
    pour(connection, Delegate.__table__, rows)


def delegate(
    number: int, organisation_id: UUID, registration_id: UUID, *, ticket_id: UUID, base: Base
) -> dict[str, Any]:
    """Return the row of one delegate."""
    name, firm, state = f"Delegate {number:06}", name_of(number), STATES[number // 3 % 20]
    waits = state is DelegateState.WAITLISTED
    return {
        "id": uuid7(), "registration_id": registration_id, "ticket_id": ticket_id,
        "organisation_id": organisation_id, "organisation_name": firm,
        "organisation_key": name_key(firm), "name": name, "name_key": name_key(name),
        "email": f"delegate{number}@example.org", "phone": "", "title": "", "currency": "NOK",
        "state": state, "waitlisted_at": base["created_at"] if waits else None,
        "waiting_number": number + 1 if waits else None, "closed_reason": "", "replaced_name": "",
        "sequence": 0, "updated_at": base["created_at"],
    }  # fmt: skip


def pour_others(
    connection: Connection, base: Base, known: dict[str, str]
) -> Iterator[tuple[str, Document]]:
    """Put other events in, and yield what the search keeps of them."""
    rows = [event(n, base, contact_id=UUID(known["contact"])) for n in range(OTHERS)]
    pour(connection, Event.__table__, rows)
    for row in rows:
        for language in ("en", "nb"):
            yield "event", Document(
                subject_id=row["id"], language=language, title=row[f"title_{language}"],
                text="A day with others. Fair · Bergen", address=f"/events/{row['slug']}",
            )  # fmt: skip


def event(number: int, base: Base, *, contact_id: UUID) -> dict[str, Any]:
    """Return the row of one event: every other one is over."""
    begins = base["created_at"] + timedelta(days=(40 + number) * (1 if number % 2 else -1))
    return base | {
        "id": uuid7(), "slug": f"event-{number}", "show": "Fair", "title_en": f"Meeting {number}",
        "title_nb": f"Treff {number}", "standfirst_en": "A day with others.",
        "standfirst_nb": "A day with others.", "text_en": "", "text_nb": "", "place": "Bergen",
        "address": "", "country": "NO", "zone": "Europe/Oslo", "starts_at": begins,
        "ends_at": begins + timedelta(hours=7), "contact_id": contact_id,
        "registration_opens_at": begins - timedelta(days=90),
        "registration_closes_at": begins - timedelta(days=5), "needs_approval": False,
        "offer_hours": 48, "promotion_paused": False, "state": EventState.PUBLISHED,
        "published_at": base["created_at"], "cancel_reason": "", "sequence": 0,
        "updated_at": base["created_at"],
    }  # fmt: skip

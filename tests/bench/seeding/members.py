"""Organisations, their memberships, what they do, and their applications."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from portal.core.alphabet import name_key
from portal.models import (
    Application,
    ApplicationState,
    Membership,
    MembershipPeriod,
    Organisation,
    OrganisationService,
    Service,
    ServiceSide,
    SizeClass,
    Tag,
    organisation_tag,
)
from portal.search import Document
from tests import factories
from tests.bench.seeding.pouring import pour
from tests.bench.seeding.words import sentence

Base = dict[str, Any]
#: Each company of these numbers, with its key.
Firms = Sequence[tuple[int, UUID]]

SECTORS, TOWNS = 8, ("Bergen", "Bodø", "Hamar", "Oslo", "Skien", "Tromsø", "Trondheim", "Ås")
STATES = (
    ApplicationState.SUBMITTED,
    ApplicationState.IN_REVIEW,
    ApplicationState.UNSUCCESSFUL,
    ApplicationState.DECLINED,
)


def tags() -> list[Tag]:
    """Make the sectors."""
    return [factories.Tag(key=f"sector-{n}") for n in range(SECTORS)]


def pour_organisations(
    connection: Connection, numbers: range, base: Base, known: dict[str, str]
) -> Firms:
    """Put organisations in, each a member, in a sector, with a service and an application."""
    firms = [(n, uuid7()) for n in numbers]
    tag_ids = [UUID(id) for id in known["tags"].split()]
    pour(connection, Organisation.__table__, (organisation(n, id, base) for n, id in firms))
    pour_memberships(connection, firms, base, UUID(known["tier"]))
    pour(connection, organisation_tag,
         ({"organisation_id": id, "tag_id": tag_ids[n % SECTORS]} for n, id in firms))  # fmt: skip
    pour(connection, OrganisationService.__table__, (
        {"organisation_id": id, "side": ServiceSide.OFFERED, "service": service(n)}
        for n, id in firms
    ))  # fmt: skip
    sent = (application(n, id, base, call_id=UUID(known["closed"])) for n, id in firms)
    pour(connection, Application.__table__, sent)
    return firms


def pour_memberships(connection: Connection, firms: Firms, base: Base, tier_id: UUID) -> None:
    """Let every organisation be a member."""
    at, today = base["created_at"], base["created_at"].date()
    rows = [(n, id, uuid7()) for n, id in firms]
    pour(connection, Membership.__table__, (
        base | {"id": member, "organisation_id": id, "number": 10_000 + n, "approved_at": at,
                "end_note": ""}
        for n, id, member in rows
    ))  # fmt: skip
    period = {"tier_id": tier_id, "from_on": today - timedelta(10), "to_on": today + timedelta(300)}
    period["year_from_on"] = period["from_on"]
    pour(connection, MembershipPeriod.__table__, (
        base | period | {"id": uuid7(), "membership_id": member} for _, _, member in rows
    ))  # fmt: skip


def name_of(number: int) -> str:
    """Return what a company is called."""
    return f"Company {number:06}"


def town(number: int) -> str:
    """Return where a company is."""
    return TOWNS[number % 7 % len(TOWNS)]


def service(number: int) -> Service:
    """Return what a company does for others."""
    return list(Service)[number % len(Service)]


def organisation(number: int, id: UUID, base: Base) -> dict[str, Any]:
    """Return the row of one organisation."""
    name = name_of(number)
    return base | {
        "id": id, "legal_name": f"{name} AS", "display_name": name, "name_key": name_key(name),
        "slug": f"company-{number:06}", "number_kind": "none", "country": "NO",
        "place": town(number), "place_key": name_key(town(number)), "kind": "company",
        "size": list(SizeClass)[number // SECTORS % 4], "website": "",
        "standfirst": sentence(number, 3), "description": "", "language": "en", "listed": True,
        "shows_size": True, "shows_website": True, "shows_people": False,
        "confirmed_at": base["created_at"],
    }  # fmt: skip


def application(number: int, organisation_id: UUID, base: Base, *, call_id: UUID) -> dict[str, Any]:
    """Return the row of one application that was sent."""
    return base | {
        "id": uuid7(), "organisation_id": organisation_id, "call_id": call_id,
        "applicant_name": name_of(number), "applicant_key": name_key(name_of(number)),
        "state": STATES[number % len(STATES)], "reference": f"APP-2026-{number:06}",
        "closed_reason": "", "submitted_at": base["created_at"] - timedelta(seconds=number),
    }  # fmt: skip


def documents(firms: Firms) -> Iterator[tuple[str, Document]]:
    """Yield what the search keeps of organisations."""
    for n, id in firms:
        facts = f"{town(n)} · sector-{n % SECTORS} in English · {service(n).label}"
        yield "organisation", Document(
            subject_id=id, language="en", title=name_of(n), text=f"{sentence(n, 3)} {facts}",
            address=f"/members/company-{n:06}",
        )  # fmt: skip

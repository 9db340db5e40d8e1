"""What waits for staff in a cluster of many years, and what is over: queues, letters, counts."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from uuid_utils.compat import uuid7

from portal.models import (
    DomainProof,
    EnquiryState,
    JoiningState,
    JoinRequest,
    MembershipApplication,
    MembershipEnquiry,
    MergeRecord,
    OneTimeToken,
    OrganisationDomain,
    OrganisationProposal,
    OutgoingMail,
    PrivacyRequest,
    Succession,
    Throttle,
)
from tests.bench.seeding.known import Known, put

Firms = Sequence[tuple[int, UUID]]
People = Sequence[tuple[int, UUID, UUID]]
#: One organisation of so many has something that waits: more than a page also of 1,000.
ONE_IN = 30


def pour_waiting(
    connection: Connection,
    firms: Firms,
    people: People,
    members: Mapping[UUID, UUID],
    *,
    known: Known,
) -> None:
    """Put in what waits for somebody, and what did."""
    first = {n // 10: id for n, id, _firm in people if n % 10 == 0}
    base, now = known.base, known.now
    put(connection, MembershipApplication, (
        application(n, firm, first[n], members=members, known=known) for n, firm in firms
    ))  # fmt: skip
    put(connection, MembershipEnquiry, (
        base | {"id": uuid7(), "organisation_name": f"Newcomer {n}", "name": "Somebody New",
                "email": f"new{n}@example.org", "phone": "", "message": "", "language": "en",
                "note": "", "state": EnquiryState.NEW if n % ONE_IN == 1 else EnquiryState.CLOSED,
                "handled_at": None if n % ONE_IN == 1 else now - timedelta(days=n % 700)}
        for n, _firm in firms
    ))  # fmt: skip
    put(connection, OrganisationDomain, (
        base | {"id": uuid7(), "organisation_id": firm, "domain": f"company-{n:06}.example",
                "added_by_id": first[n], "verified_at": now, "method": DomainProof.STAFF}
        for n, firm in firms
    ))  # fmt: skip
    pour_companies(connection, firms, first, known)
    pour_own_data(connection, people, known)
    pour_counts(connection, people, known)


def application(
    number: int, firm: UUID, who: UUID, *, members: Mapping[UUID, UUID], known: Known
) -> dict[str, Any]:
    """Return the row of an application for membership: most are over."""
    waits, declined = number % ONE_IN == 2, number % ONE_IN == 3
    state = JoiningState.SUBMITTED if waits else (
        JoiningState.DECLINED if declined else JoiningState.APPROVED
    )  # fmt: skip
    sent = known.now - timedelta(days=number % 12 if waits else 20 + number % 700)
    return known.base | {
        "id": uuid7(), "organisation_id": firm, "applicant_id": who, "tier_id": known.tiers[0],
        "state": state, "reference": f"JOIN-{number:06}", "form_version": 1, "answers": {},
        "billing_email": "", "invoice_reference": "", "submitted_at": sent, "reason": "",
        "promised_at": sent + timedelta(days=14), "size": "small",
        "terms_revision_id": known.terms_id, "decided_by_id": None if waits else known.staff_id,
        "decided_at": None if waits else sent + timedelta(days=5),
        "membership_id": None if waits or declined else members[firm],
    }  # fmt: skip


def pour_companies(
    connection: Connection, firms: Firms, first: Mapping[int, UUID], known: Known
) -> None:
    """Put in names to check, roles to fill, rows to bring together, and who asks to join."""
    base, now = known.base, known.now
    some = [(n, firm, first[n]) for n, firm in firms if n % 10 == 0]
    open_ = lambda n: n % ONE_IN == 0  # noqa: E731 - said four times
    put(connection, JoinRequest, (
        base | {"id": uuid7(), "organisation_id": firm, "person_id": who, "message": "",
                "state": "open" if open_(n) else "declined",
                "answered_at": None if open_(n) else now}
        for n, firm, who in some
    ))  # fmt: skip
    put(connection, OrganisationProposal, (
        base | {"id": uuid7(), "organisation_id": firm, "proposed_by_id": who, "message": "",
                "display_name": f"New {n}", "legal_name": f"New {n} AS", "number_kind": "none",
                "country": "NO", "answer": "", "state": "open" if open_(n) else "accepted",
                "answered_at": None if open_(n) else now}
        for n, firm, who in some
    ))  # fmt: skip
    put(connection, Succession, (
        base | {"id": uuid7(), "organisation_id": firm, "person_id": who, "role": "representative",
                "cause": "left", "state": "open" if open_(n) else "done",
                "closed_at": None if open_(n) else now}
        for n, firm, who in some
    ))  # fmt: skip
    put(connection, MergeRecord, (
        base | {"id": uuid7(), "kept_organisation_id": firms[0][1], "lost_organisation_id": firm,
                "state": "declined", "reason": "", "counted": {}, "moved": {}, "answer": "",
                "proposed_by_id": who, "answered_by_id": known.staff_id, "answered_at": now}
        for n, firm, who in some if n != firms[0][0]
    ))  # fmt: skip


def pour_own_data(connection: Connection, people: People, known: Known) -> None:
    """Let one person of a hundred have asked about their data, few of them lately."""
    now = known.now
    put(connection, PrivacyRequest, (
        known.base | {
            "id": uuid7(), "person_id": id, "asked_by_id": id, "kind": "access", "wish": "",
            "identity": "", "extension": "", "answer": "", "preview": {},
            "state": "received" if n % 1000 == 7 else "withdrawn",
            "received_at": now - timedelta(days=n % 25 + (0 if n % 1000 == 7 else 60)),
            "due_at": now + timedelta(days=3),
            "closed_at": None if n % 1000 == 7 else now - timedelta(days=50),
        }
        for n, id, _firm in people if n % 100 == 7
    ))  # fmt: skip


def pour_counts(connection: Connection, people: People, known: Known) -> None:
    """Put in letters, links and counts of tries: what clearing looks through."""
    base, now = known.base, known.now
    some = [(n, id) for n, id, _firm in people if n % 5 == 0]
    put(connection, OutgoingMail, (
        base | {"id": uuid7(), "message_id": f"<{n}@portal.example>", "person_id": id,
                "recipient": f"{n}@example.org", "recipient_name": "", "subject": "Renewed",
                "text": "", "html": "", "language": "en", "state": "sent",
                "sent_at": now - timedelta(days=n % 400)}
        for n, id in some
    ))  # fmt: skip
    put(connection, OneTimeToken, (
        base | {"id": uuid7(), "purpose": "reset", "person_id": id, "token_hash": f"token {n}",
                "expires_at": now - timedelta(days=n % 29), "used_at": None}
        for n, id in some
    ))  # fmt: skip
    put(connection, Throttle, (
        {"key": f"sign-in/{id}/{n}", "count": 1 + n // 5 % 3,
         "expires_at": now + timedelta(minutes=n % 5)}
        for n, id in some
    ))  # fmt: skip

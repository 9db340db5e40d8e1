"""A cluster of many years: organisations with ten people each, memberships of every kind, queues.

Per organisation there are ten people with an address, an affiliation and a session each, two to
six periods of membership, and now and then something that waits for staff.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.alphabet import name_key
from portal.extensions import db
from portal.models import (
    Affiliation,
    AffiliationRole,
    EmailAddress,
    FactorKind,
    LoginSession,
    Membership,
    MembershipPeriod,
    Organisation,
    OrganisationService,
    Person,
    PersonState,
    ServiceSide,
    SizeClass,
    organisation_tag,
)
from portal.platform.paging import Order, make_mark
from tests import factories
from tests.bench.browsers import sign_in
from tests.bench.seeding import hurry, members
from tests.bench.seeding.known import Known, put
from tests.bench.seeding.members import SECTORS, organisation, service
from tests.bench.seeding.pouring import pour
from tests.bench.seeding.waiting import pour_waiting

EACH = 10
#: Organisations that are poured in at once.
BATCH = 5_000
FIRST = """Anne Bjørn Dag Eli Finn Grete Hanna Ida Jonas Kari Lars Mona Nils Ola Per Ragnhild Siri
    Tor Una Vidar Åse""".split()  # noqa: SIM905 - easier to read so
LAST = """Aas Berg Dahl Eide Foss Grov Haug Iversen Jensen Krog Lie Moe Nes Olsen Ruud Solberg Tveit
    Ulvund Vik Øye""".split()  # noqa: SIM905 - easier to read so
#: What the first people of an organisation are; the others are members.
ROLES = (AffiliationRole.ADMINISTRATOR, AffiliationRole.REPRESENTATIVE)
#: How twenty memberships stand: how long ago the last period ended, why it is over, if it is.
ACTIVE, GRACE, LAPSED, SUSPENDED, RESIGNED, COMING = range(6)
STANDINGS = (*[ACTIVE] * 15, GRACE, LAPSED, SUSPENDED, RESIGNED, COMING)


def seed(app: Flask, size: int) -> dict[str, str]:
    """Fill an empty database with so many organisations; return what the pages need."""
    with app.app_context(), Session(db.engine) as session, factories.filling(session):
        known, shared = few(session)
        session.commit()
    with app.app_context(), db.engine.connect() as connection:
        hurry(connection)
        for first in range(0, size, BATCH):
            with connection.begin():
                pour_batch(connection, range(first, min(first + BATCH, size)), shared)
    with app.app_context(), db.engine.connect() as connection:
        settling = connection.execution_options(isolation_level="AUTOCOMMIT")
        postgresql = connection.dialect.name == "postgresql"  # which does it in the background
        settling.execute(text("VACUUM ANALYZE" if postgresql else "ANALYZE"))
    who = [name for name in known if name.endswith("_id")]
    held = sign_in(app, [UUID(known[name]) for name in who])
    known |= {f"{name[:-3]}_cookie": each.cookie for name, each in zip(who, held, strict=True)}
    with app.app_context(), db.engine.begin() as connection:
        show_factor(connection, [UUID(known[name]) for name in who], now=shared.now)
    with app.app_context(), Session(db.engine) as session:
        return known | places(session, size)


def few(session: Session) -> tuple[dict[str, str], Known]:
    """Make what there is one of: staff and a founder with a second factor, tiers, an organisation.

    The page of that organisation is the one that is opened.
    """
    factories.set_up()
    now = clock.now()
    tiers = [factories.MembershipTier(code=code, rank=rank)
             for rank, code in enumerate(("gold", "silver", "bronze"), 1)]  # fmt: skip
    for tier in tiers:
        for _benefit in range(3):
            factories.Benefit(tier=tier)
    safe = {"factor_since": now}
    boss = factories.staff("administrator", email="boss@example.org", **safe)
    staff = factories.staff("membership", email="staff@example.org", **safe)
    founder = factories.Person(email="founder@example.org", name="Frida Founder", **safe)
    mine = factories.Organisation(display_name="Aa mine", slug="mine", shows_people=True)
    member = factories.Membership(organisation=mine)
    factories.MembershipPeriod(membership=member, tier=tiers[0])
    factories.Affiliation(person=founder, organisation=mine, role=AffiliationRole.ADMINISTRATOR)
    for _colleague in range(EACH - 1):
        factories.colleague(mine, "member")
    tags = members.tags()
    mine.tags = tags[:3]
    terms = factories.PageRevision()
    session.flush()
    known = {
        "staff_id": str(staff.id), "boss_id": str(boss.id), "founder_id": str(founder.id),
        "sector": tags[0].key, "class": SizeClass.SMALL.value,
        "today": str(now.date()), "earlier": str(now.date() - timedelta(days=700)),
    }  # fmt: skip
    shared = Known(
        now=now, staff_id=staff.id, tiers=[tier.id for tier in tiers],
        tags=[tag.id for tag in tags], terms_id=terms.id,
    )  # fmt: skip
    return known, shared


def pour_batch(connection: Connection, numbers: range, known: Known) -> None:
    """Put one batch of everything into its tables."""
    base = known.base
    firms = [(n, uuid7()) for n in numbers]
    put(connection, Organisation, (
        organisation(n, id, base) | {"shows_people": n % 2 == 0,
                                     "confirmed_at": None if n % 100 == 99 else known.now}
        for n, id in firms
    ))  # fmt: skip
    pour(connection, organisation_tag, (
        {"organisation_id": id, "tag_id": known.tags[n % SECTORS]} for n, id in firms
    ))  # fmt: skip
    put(connection, OrganisationService, (
        {"organisation_id": id, "side": ServiceSide.OFFERED, "service": service(n)}
        for n, id in firms
    ))  # fmt: skip
    people = [(n * EACH + k, uuid7(), firm) for n, firm in firms for k in range(EACH)]
    pour_people(connection, people, known)
    member_ids = pour_memberships(connection, firms, known)
    pour_waiting(connection, firms, people, member_ids, known=known)


def pour_people(
    connection: Connection, people: Sequence[tuple[int, UUID, UUID]], known: Known
) -> None:
    """Put people in, each with an address, a place in an organisation and a session."""
    base, now = known.base, known.now
    put(connection, Person, (person(n, id, known) for n, id, _firm in people))
    put(connection, EmailAddress, (
        base | {"id": uuid7(), "person_id": id, "address": address(n), "verified_at": now,
                "domain": f"company-{n // EACH:06}.example", "is_primary": True,
                "delivery": "fine", "refusal": ""}
        for n, id, _firm in people
    ))  # fmt: skip
    put(connection, Affiliation, (affiliation(n, id, firm, known) for n, id, firm in people))
    put(connection, LoginSession, (
        base | {"id": uuid7(), "person_id": id, "token_hash": f"hash {n}", "way": "password",
                "authenticated_at": now - timedelta(days=n % 80),
                "seen_at": now - timedelta(days=n % 80), "browser": "", "address_prefix": "",
                "proved_at": now - timedelta(days=n % 80),
                "expires_at": now - timedelta(days=n % 80 - 10)}
        for n, id, _firm in people
    ))  # fmt: skip


def address(number: int) -> str:
    """Return the address of a person."""
    return f"person{number % EACH}@company-{number // EACH:06}.example"


def person(number: int, id: UUID, known: Known) -> dict[str, Any]:
    """Return the row of a person; many bear the same name as somebody else."""
    first, last = FIRST[number % len(FIRST)], LAST[number // 7 % len(LAST)]
    name = f"{first} {'BCDEFGHIJKLM'[number // 11 % 12]}. {last} {number % 40_009}"
    gone = number % EACH == EACH - 1 and number // EACH % 10 == 0
    return known.base | {
        "id": id, "email": address(number), "name": name, "name_key": name_key(name), "phone": "",
        "language": ("en", "nb")[number % 2], "state": PersonState.ACTIVE,
        "verified_at": known.now - timedelta(days=2000),
        "last_signed_in_at": known.now - timedelta(days=900 if gone else number % 80),
        "factor_since": known.now if number % EACH == 0 else None,
    }  # fmt: skip


def affiliation(number: int, id: UUID, firm: UUID, known: Known) -> dict[str, Any]:
    """Return what somebody is: one of ten left, one of them so long ago that nobody knows them."""
    place = number % EACH
    role = ROLES[place] if place < len(ROLES) else AffiliationRole.MEMBER
    return known.base | {
        "id": uuid7(), "person_id": id, "organisation_id": firm, "role": role, "title": "",
        "reason": "", "starts_at": known.now - timedelta(days=1000 + number % 1000),
        "ends_at": known.now - timedelta(days=800) if place == EACH - 1 else None,
    }  # fmt: skip


def pour_memberships(
    connection: Connection, firms: Sequence[tuple[int, UUID]], known: Known
) -> dict[UUID, UUID]:
    """Put memberships in, of every standing, with periods of many years; return them by firm."""
    rows = [(n, firm, uuid7()) for n, firm in firms]
    put(connection, Membership, (membership(n, firm, id, known) for n, firm, id in rows))
    put(connection, MembershipPeriod, (
        period for n, _firm, id in rows for period in periods(n, id, known)
    ))  # fmt: skip
    return {firm: id for _n, firm, id in rows}


def membership(number: int, firm: UUID, id: UUID, known: Known) -> dict[str, Any]:
    """Return the row of a membership."""
    today, stands = known.now.date(), STANDINGS[number % len(STANDINGS)]
    over, rests = stands == RESIGNED, stands == SUSPENDED
    return known.base | {
        "id": id, "organisation_id": firm, "number": 10_000 + number,
        "approved_at": known.now - timedelta(days=365 * (2 + number % 5)), "end_note": "",
        "ends_on": today - timedelta(days=30) if over else None,
        "end_reason": "resigned" if over else None,
        "suspended_from": today - timedelta(days=10) if rests else None,
    }  # fmt: skip


def periods(number: int, id: UUID, known: Known) -> Iterator[dict[str, Any]]:
    """Yield the years of a membership, two to six of them, the last as it stands."""
    stands = STANDINGS[number % len(STANDINGS)]
    begins = {GRACE: -390, LAPSED: -500, COMING: 10}.get(stands, -100 - number % 200)
    first = known.now.date() + timedelta(days=begins)
    for year in range(1 if stands == COMING else 2 + number % 5):
        from_on = first - timedelta(days=365 * year)
        yield known.base | {
            "id": uuid7(), "membership_id": id, "tier_id": known.tiers[number % 7 % 3],
            "from_on": from_on, "to_on": from_on + timedelta(days=365), "year_from_on": from_on,
        }  # fmt: skip


def show_factor(connection: Connection, ids: Sequence[UUID], *, now: datetime) -> None:
    """Let those who signed in have shown a second factor."""
    shown = update(LoginSession).where(LoginSession.person_id.in_(ids))
    connection.execute(shown.values(factor=FactorKind.APP, factor_at=now))


def places(session: Session, size: int) -> dict[str, str]:
    """Return marks of places far down in lists, and who is opened."""
    lists = {
        "person": Order(Person.email, Person.id),
        "firm": Order(Organisation.name_key, Organisation.id),
        "number": Order(Membership.number, Membership.id),
        "role": Order(Affiliation.starts_at, Affiliation.id, descending=True),
    }
    found: dict[str, str] = {}
    for name, order in lists.items():
        column = order.column.desc() if order.descending else order.column
        rows = select(order.column, order.key).order_by(column).limit(1)
        count = session.scalar(select(func.count()).select_from(order.column.class_)) or 0
        row = session.execute(rows.offset(count * 9 // 10)).one()
        found[f"deep_{name}"] = make_mark(row, order, back=False)
        found[f"one_{name}"] = str(row.id)
    return found | {"slug": f"company-{size // 2:06}"}

"""A run of renewals of many members, from its preview to its last letter on paper.

    python -m tests.bench.renewals [--members 10000] [--databases sqlite,postgresql]

or `make bench ARGS=renewals`. It ends with 1 when the run takes longer than a minute, or when it
is not exactly the members that are renewed.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from time import perf_counter
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from portal.cli import renewing
from portal.cli.catalogues import compile_all
from portal.core import clock
from portal.extensions import db
from portal.models import (
    Affiliation,
    AffiliationRole,
    Membership,
    MembershipPeriod,
    Organisation,
    OutgoingMail,
    Person,
    PersonState,
)
from portal.platform import auth
from portal.platform.database import unit
from tests import factories
from tests.bench.seeding.members import organisation
from tests.bench.seeding.pouring import pour
from tests.support import postgres
from tests.support.databases import Stage, lend

SECONDS = 60


def main(given: Sequence[str] = tuple(sys.argv[1:])) -> int:
    """Renew on each database, and print how long it took."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.renewals")
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--databases", default="sqlite,postgresql")
    asked = parser.parse_args(given)
    compile_all()
    failed = False
    with ExitStack() as stack, tempfile.TemporaryDirectory() as place:
        kinds = asked.databases.split(",")
        server = stack.enter_context(postgres.server()) if "postgresql" in kinds else None
        for kind in kinds:
            with lend(server if kind == "postgresql" else None, Path(place)) as url:
                stage = Stage(url, Path(place))
                seconds, wrong = run(stage.app, asked.members)
                stage.close()
            print(f"{kind}: {asked.members} members renewed in {seconds:.1f} s {wrong}")
            failed = failed or bool(wrong) or seconds > SECONDS
    return 1 if failed else 0


def run(app: Flask, count: int) -> tuple[float, str]:
    """Renew so many members; return the seconds, and what is not as it must be."""
    staff_id = fill(app, count)
    with app.app_context():
        with unit(writing=False):
            actor = auth.actor_of(db.session.get_one(Person, staff_id), now=clock.now())
        year = clock.now().year
        started = perf_counter()
        renewing.renew(date(year, 12, 1), date(year, 12, 31), None, dry_run=False, actor=actor)
        seconds = perf_counter() - started
        with unit(writing=False):
            periods = db.session.scalar(select(func.count(MembershipPeriod.id)))
            letters = db.session.scalar(select(func.count(OutgoingMail.id)))
    right = (periods, letters) == (2 * count, count)
    return seconds, "" if right else f"but there are {periods} periods and {letters} letters"


def fill(app: Flask, count: int) -> UUID:
    """Make so many members whose year ends, each with a representative; return who renews them."""
    with app.app_context(), Session(db.engine) as session, factories.filling(session):
        factories.set_up()
        staff, tier = factories.staff("membership"), factories.MembershipTier()
        session.flush()
        staff_id, tier_id = staff.id, tier.id
        session.commit()
    now = clock.now()
    base = {"created_at": now, "version": 1}
    year = {"from_on": date(now.year, 1, 1), "to_on": date(now.year + 1, 1, 1)}
    rows = [(n, uuid7(), uuid7(), uuid7()) for n in range(count)]
    with app.app_context(), db.engine.begin() as connection:
        pour(connection, Organisation.__table__,
             (organisation(n, firm, base) for n, firm, _, _ in rows))  # fmt: skip
        pour(connection, Membership.__table__, (
            base | {"id": member, "organisation_id": firm, "number": 10_000 + n,
                    "approved_at": now, "end_note": ""}
            for n, firm, member, _ in rows
        ))  # fmt: skip
        pour(connection, MembershipPeriod.__table__, (
            base | year | {"id": uuid7(), "membership_id": member, "tier_id": tier_id,
                           "year_from_on": year["from_on"]}
            for _, _, member, _ in rows
        ))  # fmt: skip
        pour(connection, Person.__table__, (
            base | {"id": who, "email": f"{n}@firm.example", "name": f"Person {n}",
                    "name_key": f"person {n}", "phone": "", "language": ("en", "nb")[n % 2],
                    "state": PersonState.ACTIVE, "verified_at": now}
            for n, _, _, who in rows
        ))  # fmt: skip
        pour(connection, Affiliation.__table__, (
            base | {"id": uuid7(), "person_id": who, "organisation_id": firm,
                    "role": AffiliationRole.REPRESENTATIVE, "title": "", "reason": "",
                    "starts_at": now}
            for _, firm, _, who in rows
        ))  # fmt: skip
    return staff_id


if __name__ == "__main__":
    sys.exit(main())

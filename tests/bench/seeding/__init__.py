"""Filling a database with as many organisations, applications, delegates and articles as asked for.

What is poured in looks as if the portal had written it, the index of the search included.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from portal.core import clock
from portal.extensions import db
from portal.models import AffiliationRole, Application, SizeClass
from portal.platform.paging import Order, make_mark
from portal.search.rebuilding import rebuild
from tests import factories
from tests.bench.browsers import sign_in
from tests.bench.seeding import events, index, members, news, words

#: As the list of a call's applications is sorted when nobody wishes otherwise.
BY_SENT = Order(Application.submitted_at, Application.id, descending=True)
BATCH = 5_000


def seed(app: Flask, size: int) -> dict[str, str]:
    """Fill an empty database; return the addresses and sign-in tokens that the pages need."""
    with app.app_context(), Session(db.engine) as session, factories.filling(session):
        known = few(session)
        session.commit()
    with app.app_context():
        rebuild()
    with app.app_context(), db.engine.connect() as connection:
        hurry(connection)
        for first in range(0, size, BATCH):
            with connection.begin():
                numbers = range(first, min(first + BATCH, size))
                pour_batch(connection, numbers, known, now=clock.now())
        with connection.begin():
            index.settle(connection)
    with app.app_context(), db.engine.connect() as connection:
        settling = connection.execution_options(isolation_level="AUTOCOMMIT")
        postgresql = connection.dialect.name == "postgresql"  # which does it in the background
        settling.execute(text("VACUUM ANALYZE" if postgresql else "ANALYZE"))
    with app.app_context(), Session(db.engine) as session:
        sent = session.query(Application).filter_by(call_id=UUID(known["closed"]))
        sent = sent.order_by("submitted_at").offset(size // 10)
        known["deep"] = make_mark(sent.first(), BY_SENT, back=False)
    who = [name for name in known if name.endswith("_id")]
    held = sign_in(app, [UUID(known[name]) for name in who])
    cookies = {f"{name[:-3]}_cookie": each.cookie for name, each in zip(who, held, strict=True)}
    return known | cookies


def few(session: Session) -> dict[str, str]:
    """Make what there is one of: calls, a founder, staff, the event and the story to be opened."""
    factories.set_up()
    closed, opened = factories.Call(closed=True), factories.Call()
    for call in (closed, opened):
        factories.questions(call, "short", "long", "number", "single", "multiple", "yesno")
    factories.Criterion(call_id=closed.id)
    tier = factories.MembershipTier()
    founder = factories.Person(email="founder@example.org")
    staff = factories.staff("programmes", email="staff@example.org")
    runs = factories.staff("events", email="events@example.org")
    mine = factories.Organisation(display_name="Aa mine", slug="mine")
    factories.MembershipPeriod(membership=factories.Membership(organisation=mine), tier=tier)
    factories.Affiliation(person=founder, organisation=mine, role=AffiliationRole.ADMINISTRATOR)
    application = factories.Application(call=opened, organisation=mine)
    tags = members.tags()
    known = {
        "call": opened.slug, "closed": str(closed.id), "application": str(application.id),
        "tier": str(tier.id), "founder_id": str(founder.id), "staff_id": str(staff.id),
        "events_id": str(runs.id), "sector": tags[0].key, "class": SizeClass.SMALL.value,
        "question": words.QUESTION.replace(" ", "+"), "tags": " ".join(str(tag.id) for tag in tags),
    }  # fmt: skip
    return known | events.few(contact=runs) | news.few(tags[:2], [mine])


def hurry(connection: Connection) -> None:
    """Let SQLite keep more in memory and wait for no disk: nobody misses this file.

    PostgreSQL looks up no row that another one names, where it lets us say so: all are there.
    """
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.dbapi_connection
        for setting in ("synchronous = OFF", "cache_size = -200000", "temp_store = MEMORY"):
            driver.execute(f"PRAGMA {setting}")
    elif connection.scalar(text("SELECT current_setting('is_superuser')")) == "on":
        connection.execute(text("SET session_replication_role = replica"))
        connection.commit()


def pour_batch(
    connection: Connection, numbers: range, known: dict[str, str], *, now: datetime
) -> None:
    """Put one batch of everything into its tables."""
    base: dict[str, Any] = {"created_at": now - timedelta(days=1), "version": 1}
    firms = members.pour_organisations(connection, numbers, base, known)
    events.pour_delegates(connection, firms, base, known)
    stories = news.pour_articles(connection, firms, base, known)
    documents = [*members.documents(firms), *news.documents(stories)]
    index.pour_documents(connection, documents)
    if 0 in numbers:
        index.pour_documents(connection, events.pour_others(connection, base, known))

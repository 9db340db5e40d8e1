"""Filling a database with as many organisations and applications as a size asks for."""

from datetime import timedelta
from typing import Any

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import insert, text
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from portal.core import clock
from portal.core.alphabet import name_key
from portal.extensions import db
from portal.models import (
    AffiliationRole,
    Application,
    ApplicationState,
    Membership,
    MembershipPeriod,
    Organisation,
)
from portal.platform import auth
from portal.platform.database import unit
from portal.platform.paging import Order, make_mark
from tests import factories

BATCH = 5_000
#: As the list of a call's applications is sorted when nobody wishes otherwise.
BY_SENT = Order(Application.submitted_at, Application.id, descending=True)
STATES = (
    ApplicationState.SUBMITTED,
    ApplicationState.IN_REVIEW,
    ApplicationState.UNSUCCESSFUL,
    ApplicationState.DECLINED,
)


def seed(app: Flask, size: int) -> dict[str, str]:
    """Fill an empty database; return the addresses and sign-in tokens that the pages need."""
    with app.app_context(), Session(db.engine) as session, factories.filling(session):
        factories.set_up()
        closed, opened = factories.Call(closed=True), factories.Call()
        for call in (closed, opened):
            factories.questions(call, "short", "long", "number", "single", "multiple", "yesno")
        factories.Criterion(call_id=closed.id)
        tier = factories.MembershipTier()
        founder = factories.Person(email="founder@example.org")
        manager = factories.staff("programmes", email="staff@example.org")
        mine = factories.Organisation(display_name="Aa mine", slug="mine")
        factories.Affiliation(person=founder, organisation=mine, role=AffiliationRole.ADMINISTRATOR)
        application = factories.Application(call=opened, organisation=mine)
        session.commit()
        known = {
            "call": opened.slug,
            "closed": str(closed.id),
            "application": str(application.id),
            "founder": str(founder.id),
            "staff": str(manager.id),
        }
        for first in range(0, size, BATCH):
            fill(
                session, range(first, min(first + BATCH, size)), call_id=closed.id, tier_id=tier.id
            )
            session.commit()
        sent = session.query(Application).filter_by(call_id=closed.id).order_by("submitted_at")
        known["deep"] = make_mark(sent.offset(size // 10).first(), BY_SENT, back=False)
    with app.app_context(), db.engine.connect() as connection:
        analyse = "ANALYZE"
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(analyse))
    return known | tokens(app, known)


def fill(session: Session, numbers: range, *, call_id: Any, tier_id: Any) -> None:
    """Put one batch of organisations, memberships and applications into their tables."""
    now = clock.now()
    base = {"created_at": now, "version": 1}
    rows = [(number, uuid7(), uuid7(), uuid7(), uuid7()) for number in numbers]
    session.execute(insert(Organisation), [base | organisation(n, id) for n, id, *_ in rows])
    session.execute(
        insert(Membership),
        [
            base | {"id": member, "organisation_id": id, "number": 10_000 + n, "approved_at": now}
            for n, id, member, *_ in rows
        ],
    )
    today = now.date()
    period = {"tier_id": tier_id, "from_on": today - timedelta(10), "to_on": today + timedelta(300)}
    session.execute(
        insert(MembershipPeriod),
        [base | period | {"id": p, "membership_id": m} for _, _, m, p, _ in rows],
    )
    session.execute(
        insert(Application),
        [base | application(n, id=a, organisation_id=o, call_id=call_id) for n, o, _, _, a in rows],
    )


def organisation(number: int, id: Any) -> dict[str, Any]:
    """Return the row of one organisation."""
    name = f"Company {number:06}"
    return {
        "id": id, "legal_name": f"{name} AS", "display_name": name, "name_key": name_key(name),
        "slug": f"company-{number:06}", "number_kind": "none", "country": "NO", "place": "Bergen",
        "kind": "company", "size": "small", "website": "", "standfirst": "We make things.",
        "description": "", "language": "en", "listed": True, "shows_size": True,
        "shows_website": True, "shows_people": False, "confirmed_at": clock.now(),
    }  # fmt: skip


def application(number: int, *, id: Any, organisation_id: Any, call_id: Any) -> dict[str, Any]:
    """Return the row of one application that was sent."""
    name = f"Company {number:06}"
    return {
        "id": id, "organisation_id": organisation_id, "call_id": call_id, "applicant_name": name,
        "applicant_key": name_key(name), "state": STATES[number % len(STATES)],
        "reference": f"APP-2026-{number:06}", "closed_reason": "",
        "submitted_at": clock.now() - timedelta(seconds=number),
    }  # fmt: skip


def tokens(app: Flask, known: dict[str, str]) -> dict[str, str]:
    """Open a session for the founder and the programme team; return what their browsers hold."""
    cookies = {}
    for who in ("founder", "staff"):
        with app.test_request_context(), unit():
            person = db.session.get(factories.Person._meta.model, _uuid(known[who]))
            token = auth.open_session(person, browser="bench", address="", now=clock.now())
            auth.keep_in_browser(token)
            generate_csrf()  # as any page with a form does, once for a session
            held = dict(session)
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        cookies[f"{who}_cookie"] = serializer.dumps(held)
    return cookies


def _uuid(text: str) -> Any:
    from uuid import UUID  # noqa: PLC0415 - one use

    return UUID(text)

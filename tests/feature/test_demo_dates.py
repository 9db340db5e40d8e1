"""The invented cluster, moved to another day."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from portal import demo
from portal.core.errors import Refused
from portal.extensions import db
from portal.models import (
    AuditEvent,
    Call,
    CallState,
    MembershipApplication,
    MembershipPeriod,
    OutgoingMail,
    PrivacyRequest,
    Row,
)
from tests.support.invented import NOW, Invented


def count(model: type[Row]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_refreshing_moves_every_date_and_leaves_the_past_past(
    invented: Invented, server: str | None, tmp_path: Path
) -> None:
    with invented.copied(server, tmp_path) as stage, stage.app.app_context():
        refreshed()


def refreshed() -> None:
    summer = NOW + timedelta(days=212)
    oslo = ZoneInfo("Europe/Oslo")
    opened = select(Call.closes_at).where(
        Call.state == CallState.PUBLISHED, Call.opens_at <= NOW, Call.closes_at > NOW
    )
    assert db.session.scalars(opened).one() == datetime(2026, 12, 2, 12, tzinfo=oslo)
    first = db.session.scalar(select(func.min(MembershipPeriod.from_on)))
    events, letters = count_of(AuditEvent), count(OutgoingMail)

    demo.refresh(now=summer)

    moved = select(Call.closes_at).where(
        Call.state == CallState.PUBLISHED, Call.opens_at <= summer, Call.closes_at > summer
    )
    assert db.session.scalars(moved).one() == datetime(2027, 7, 2, 12, tzinfo=oslo)
    assert db.session.scalar(select(func.min(MembershipPeriod.from_on))) == first + timedelta(212)
    assert (count_of(AuditEvent), count(OutgoingMail)) == (events, letters)
    newest = db.session.scalar(select(func.max(AuditEvent.at)))
    assert NOW < newest <= summer
    moments = list(db.session.scalars(select(AuditEvent.at).order_by(AuditEvent.seq)))
    assert moments == sorted(moments)
    owed = select(PrivacyRequest.due_at).order_by(PrivacyRequest.due_at)
    days = [row.date() for row in db.session.scalars(owed)]
    assert days == [date(2027, 7, 10), date(2027, 7, 17)]
    promised = select(func.max(MembershipApplication.promised_at))
    assert db.session.scalar(promised) > summer + timedelta(days=10)
    db.session.rollback()

    demo.refresh(now=summer)
    assert db.session.scalars(moved).one() == datetime(2027, 7, 2, 12, tzinfo=oslo)
    refuses_change()


def count_of(model: type[AuditEvent]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def refuses_change() -> None:
    """What is written once is closed again after the dates were moved."""
    for statement in ("UPDATE audit_event SET note = 'x'", "DELETE FROM consent_event"):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.connection().exec_driver_sql(statement)
        db.session.rollback()


def test_refreshing_by_exactly_a_year_meets_no_period_of_the_same_membership(
    invented: Invented, server: str | None, tmp_path: Path
) -> None:
    with invented.copied(server, tmp_path) as stage, stage.app.app_context():
        for days in (365, 0):
            demo.refresh(now=NOW + timedelta(days=days))
            newest = db.session.scalar(select(func.max(AuditEvent.at)))
            assert newest.date() < date(2026, 11, 24) + timedelta(days=days)
            db.session.rollback()


def test_a_portal_that_is_no_demo_keeps_its_dates(app: Flask, session: object) -> None:
    with app.app_context(), pytest.raises(Refused):
        demo.refresh(now=NOW)

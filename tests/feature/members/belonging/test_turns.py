"""What becomes of memberships when a day begins: told once, and never waited for."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.members.belonging.jobs import tell_turns
from portal.models import AuditEvent, EndReason, MembershipNotice, OutgoingMail

TOLD = select(MembershipNotice.turn, MembershipNotice.on_day).order_by(MembershipNotice.told_at)


@pytest.fixture
def on(app, session, time_machine):
    """Let it be a day, and the worker come round."""

    def come_round(day):
        time_machine.move_to(f"{day}T03:00:00+01:00", tick=False)
        session.commit()
        with app.app_context():
            tell_turns()
        session.expire_all()

    return come_round


def test_each_turn_is_told_once_however_often_the_worker_comes_round(
    session, make, member, on, letters, browser
):
    row = member(("2025-01-01", "2026-01-01"))
    chair = make.colleague(row.organisation, "representative")
    make.colleague(row.organisation, "member", email="plain@example.org")
    on("2025-12-31")
    assert session.execute(TOLD).all() == []
    for _ in range(2):
        on("2026-01-01")
    assert session.execute(TOLD).all() == [("renewal_due", date(2026, 1, 1))]
    assert "due for renewal" in letters(chair.email)[0].subject
    assert "1\N{NO-BREAK SPACE}March 2026" in letters(chair.email)[0].text
    on("2026-03-01")
    assert len(session.execute(TOLD).all()) == 1
    on("2026-03-02")
    assert session.execute(TOLD).all()[1] == ("lapsed", date(2026, 3, 2))
    assert letters("plain@example.org") == []
    make.MembershipPeriod(membership=row, from_on=date(2026, 4, 1), to_on=date(2027, 1, 1))
    on("2026-04-01")
    assert session.execute(TOLD).all()[2] == ("reinstated", date(2026, 4, 1))
    told = session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert told == ["membership.fell_due", "membership.lapsed", "membership.counts_again"]


def test_an_end_and_a_suspension_that_is_over_are_told(session, make, member, on):
    year = ("2025-01-01", "2027-01-01")
    member(year, number=1, ends_on=date(2026, 2, 1), end_reason=EndReason.RESIGNED)
    member(year, number=2, ends_on=date(2026, 2, 1), end_reason=EndReason.EXCLUDED)
    member(year, number=3, suspended_from=date(2026, 1, 1), suspended_to=date(2026, 2, 1))
    on("2026-01-31")
    on("2026-02-01")
    assert sorted(session.scalars(select(MembershipNotice.turn))) == ["over", "reinstated"]


def test_days_on_which_no_worker_ran_are_told_later_and_those_of_long_ago_not(
    session, make, member, on
):
    row = member(("2025-01-01", "2026-01-01"))
    make.colleague(row.organisation)
    on("2025-12-30")
    on("2026-01-10")
    assert session.execute(TOLD).all() == [("renewal_due", date(2026, 1, 1))]
    on("2026-06-01")  # it lapsed on 2 March: more than a month ago
    assert session.scalar(select(func.count(MembershipNotice.id))) == 1
    assert session.scalar(select(func.count(OutgoingMail.id))) == 1


def test_who_is_renewed_in_time_hears_nothing(session, member, on):
    member(("2025-01-01", "2026-01-01"), ("2026-01-01", "2027-01-01"))
    for day in ("2025-12-31", "2026-01-01", "2026-03-02"):
        on(day)
    assert session.execute(TOLD).all() == []

"""The accounts find what is wrong: each invariant broken by hand, one at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update

from portal.core import clock
from portal.events import accounts, places
from portal.models import Delegate, DelegateHistory, Event, Quota, ticket_quota
from portal.platform.database import unit
from tests.support.places import Deeds


@pytest.fixture
def doing(app, session):
    return Deeds(app, session)


@pytest.fixture
def people(doing, make, event, company, coordinator):
    """One place, held by Ola; Liv and Per wait."""
    ticket = make.ticket(event, 1)
    found = doing.register(
        ticket, "Ola Vik", "Liv Dal", "Per Moe", by=coordinator, organisation=company
    )
    assert doing.findings() == []
    return found


def broken(doing, *statements):
    """Break something behind the portal's back; return which invariants are found broken."""
    for statement in statements:
        doing.session.execute(statement)
    return sorted({number for number, _about in doing.findings()})


def line(delegate, move, before, after, **more):
    return DelegateHistory(
        event_id=delegate.event_id, delegate_id=delegate.id, ticket_id=delegate.ticket_id,
        at=clock.now(), move=move, before=before, after=after, **more,
    )  # fmt: skip


def test_a_counter_that_counts_other_than_the_rows(doing, people):
    assert broken(doing, update(Quota).values(held=0)) == [2, 6]


def test_a_quota_that_holds_more_than_its_size(doing, people, session, database):
    if database == "postgresql":
        session.execute(text("ALTER TABLE quota DROP CONSTRAINT ck_quota_held_within_size"))
    else:
        session.execute(text("PRAGMA ignore_check_constraints = ON"))
    try:
        assert broken(doing, update(Quota).values(held=2)) == [1, 2]
    finally:
        session.execute(update(Quota).values(held=1))
        session.commit()
        if database == "postgresql":
            rule = "CHECK (held >= 0 AND (size IS NULL OR held <= size))"
            add = f"ALTER TABLE quota ADD CONSTRAINT ck_quota_held_within_size {rule}"
            session.execute(text(add))
            session.commit()


def test_somebody_who_is_registered_twice(doing, people, session, make):
    index = next(i for i in Delegate.__table__.indexes if i.name == "uq_delegate_active")
    session.commit()
    index.drop(session.connection())
    twin = make.delegate(
        people[0].ticket, "requested", email=people[0].email, registration=people[0].registration
    )
    try:
        assert broken(doing) == [4]
    finally:
        session.execute(update(Delegate).where(Delegate.id == twin.id).values(email="twin@b.no"))
        index.create(session.connection())
        session.commit()


def test_a_ticket_without_a_quota(doing, people):
    assert 2 in broken(doing, delete(ticket_quota), update(Quota).values(held=0))


def test_a_place_that_is_free_while_somebody_waits(doing, people):
    assert broken(doing, update(Quota).values(size=2)) == [6]
    assert broken(doing, update(Event).values(promotion_paused=True)) == []


def test_an_organisation_with_more_than_it_may(doing, people):
    assert broken(doing, update(Event).values(max_per_organisation=2)) == [5]


def test_an_event_that_was_cancelled_with_people_in_it(doing, people):
    cancelled = update(Event).values(state="cancelled", cancelled_at=clock.now())
    assert broken(doing, cancelled) == [12]


def test_a_state_without_its_line(doing, people):
    changed = update(Delegate).where(Delegate.name == "Ola Vik").values(state="withdrawn")
    assert broken(doing, changed, update(Quota).values(held=0, size=0)) == [8, 9]


def test_a_step_that_cannot_be_made(doing, people, session):
    session.add(line(people[0], "accept", "confirmed", "confirmed", offer_expires_at=clock.now()))
    assert 9 in broken(doing)


def test_a_line_that_does_not_follow_the_one_before(doing, people, session):
    session.add(line(people[0], "decline", "offered", "withdrawn"))
    changed = update(Delegate).where(Delegate.name == "Ola Vik").values(state="withdrawn")
    assert 9 in broken(doing, changed, update(Quota).values(held=0, size=0))


def test_an_offer_past_somebody_who_waited_longer(doing, people, session, staff, coordinator):
    liv, per = people[1], people[2]
    until = clock.now() + timedelta(days=1)
    session.add(line(per, "promote", "waitlisted", "offered", offer_expires_at=until))
    offered = update(Delegate).where(Delegate.id == per.id)
    quota = session.scalar(select(Quota))
    taken = update(Quota).where(Quota.id == quota.id).values(size=2, held=2)
    assert broken(doing, offered.values(state="offered", offer_expires_at=until), taken) == [7]
    assert liv.state.value == "waitlisted"


def test_somebody_confirmed_past_those_who_wait(doing, people, session, make):
    ida = make.Delegate(ticket=people[0].ticket, registration=people[0].registration)
    session.add(line(ida, "register", None, "confirmed"))
    assert broken(doing, update(Quota).values(size=2, held=2)) == [7]


def test_an_offer_accepted_after_its_end(doing, people, session, coordinator):
    ola, liv, _per = people
    doing(places.withdraw, ola, by=coordinator)
    ended = clock.now() - timedelta(seconds=1)
    session.add(line(liv, "accept", "offered", "confirmed", offer_expires_at=ended))
    late = update(Delegate).where(Delegate.id == liv.id)
    assert broken(doing, late.values(state="confirmed", offer_expires_at=None)) == [11]


def test_an_offer_that_lasts_longer_than_the_event(doing, people, event, coordinator):
    doing(places.withdraw, people[0], by=coordinator)
    beyond = event.ends_at + timedelta(seconds=1)
    assert broken(doing, update(Delegate).where(Delegate.id == people[1].id).values(
        offer_expires_at=beyond)) == [11]  # fmt: skip


def test_a_registration_with_nobody_in_it(doing, people, make, event):
    make.Registration(event=event)
    assert broken(doing) == [10]


def test_one_event_is_looked_at_alone(doing, people, make, app, session):
    other = make.Event()
    session.execute(update(Quota).values(held=0))
    session.commit()
    with app.app_context(), unit(writing=False):
        assert accounts.audit(other.id, now=clock.now()) == []
        assert len(accounts.audit(people[0].event_id, now=clock.now())) == 2


def test_the_command_fails_when_it_finds_anything(app, doing, people, session):
    runner = app.test_cli_runner()
    good = runner.invoke(args=["events", "audit"])
    assert (good.exit_code, good.output) == (0, "0 findings\n")
    session.execute(update(Quota).values(held=0))
    session.commit()
    bad = runner.invoke(args=["events", "audit"])
    assert bad.exit_code == 1
    assert "counts other places than its delegates hold" in bad.output

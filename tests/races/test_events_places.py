"""Many for the last places at an event: processes of their own, through the portal's own deeds."""

import signal
from datetime import datetime, timedelta
from multiprocessing.synchronize import Barrier
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.events import places
from portal.events.places import Attendee, Booking, NewName
from portal.events.service import events as service
from portal.extensions import db
from portal.models import (
    ACTIVE_STATES,
    Delegate,
    DelegateState,
    Event,
    OutgoingMail,
    Quota,
    Registration,
)
from portal.platform import mail
from portal.platform.database import unit
from tests.races.rushing import Rush, acting, as_it_is, die, look_then_leap, with_a_pause
from tests.support.places import Deeds

MANY, TRIES, PLACES = 8, 3, 6


def register(ticket_id: UUID, who: UUID, token: str, tries: int = 1) -> str:
    """Register people one after the other, each in a unit of work of its own."""
    for number in range(tries):
        with unit():
            actor = acting(who)
            event = db.session.scalar(select(Event))
            name = f"{token} {number}"
            email = f"{token}-{number}@example.org"
            wanted = Booking(
                organisation_id=actor.standings[0].organisation_id,
                client_token=f"{token}-{number}",
                people=(Attendee(name=name, email=email, ticket_id=ticket_id),),
            )
            places.register(event, wanted, actor=actor, now=clock.now())
    return "done"


def move(deed: str, id: UUID, who: UUID, given: tuple = (), more: dict | None = None) -> str:
    """Do one deed to a delegate or a quota."""
    more = {"now": clock.now()} | (more or {})
    with unit():
        row = db.session.get(Delegate, id) or db.session.get(Quota, id)
        getattr(places, deed)(row, *given, actor=acting(who), **more)
    return f"{deed} done"


def expire(id: UUID, now: datetime) -> str:
    with unit():
        places.expire(db.session.get(Delegate, id), now=now)
    return "expire done"


def cancel_event(who: UUID) -> str:
    with unit():
        event = db.session.scalar(select(Event))
        service.cancel_event(event, reason="Storm", actor=acting(who), now=clock.now())
    return "cancelled"


@pytest.fixture
def rush(app, session, tmp_path):
    return Rush(app, session, tmp_path)


@pytest.fixture
def deeds(app, session):
    return Deeds(app, session)


@pytest.fixture
def event(make):
    return make.Event()


@pytest.fixture
def staff(make):
    return make.staff("events")


@pytest.fixture
def boss(make):
    return make.colleague(make.Organisation(), "administrator")


def count(session, *states):
    session.commit()
    found = select(func.count(Delegate.id)).where(Delegate.state.in_(states))
    return session.scalar(found)


def held(session):
    session.commit()
    return list(session.scalars(select(Quota.held).order_by(Quota.position, Quota.id)))


def bookings(make, ticket, tries=TRIES):
    """Return as many people as want to register, each from a company of their own."""
    return [
        (register, ticket.id, make.colleague(make.Organisation()).id, f"rush{n}", tries)
        for n in range(MANY)
    ]


def test_of_many_who_register_as_many_as_there_are_places_are_confirmed(
    make, session, event, rush, deeds
):
    ticket = make.ticket(event, PLACES)
    assert rush(bookings(make, ticket)) == ["done"] * MANY
    assert count(session, DelegateState.CONFIRMED) == PLACES
    assert count(session, DelegateState.WAITLISTED) == MANY * TRIES - PLACES
    assert held(session) == [PLACES]
    assert deeds.findings() == []
    assert session.scalar(select(func.count(OutgoingMail.id))) == 2 * MANY * TRIES


def test_the_same_rush_oversells_without_the_lock_and_the_guard(make, session, event, rush, deeds):
    """Shows that the test above can fail: these people do get in one another's way."""
    ticket = make.ticket(event, 2)
    assert rush(bookings(make, ticket, tries=1), look_then_leap) == ["done"] * MANY
    assert count(session, DelegateState.CONFIRMED) == MANY
    assert held(session)[0] <= 2
    assert 2 in {number for number, _about in deeds.findings()}


def test_the_last_place_by_every_way_there_is_at_once(
    make, session, event, boss, staff, rush, deeds
):
    """One place is free: to register, be approved, be offered, change ticket; and resize."""
    event.promotion_paused = True
    ticket, other = make.ticket(event, 2), make.ticket(event, 5)
    company = make.Organisation()
    ola = make.delegate(ticket, organisation=company)
    asks = make.delegate(ticket, "requested")
    waits = make.delegate(ticket, "waitlisted")
    changes = make.delegate(other)
    quota = ticket.quotas[0]
    fared = rush([
        (register, ticket.id, boss.id, "new"),
        (move, "approve", asks.id, staff.id),
        (move, "offer", waits.id, staff.id),
        (move, "change_ticket", changes.id, staff.id, (ticket.id,)),
        (move, "substitute", ola.id, staff.id,
         (NewName(name="Liv Dal", email="liv@example.org"),)),
        (move, "resize", quota.id, staff.id, (1,)),
        (move, "resize", quota.id, staff.id, (2,)),
    ])  # fmt: skip
    assert [told for told in fared if told.startswith("failed")] == []
    assert "substitute done" in fared
    session.refresh(quota)
    assert quota.held <= quota.size <= 2
    assert deeds.findings() == []


def test_quotas_that_overlap_in_opposite_order_lock_nobody_up(
    make, session, event, boss, staff, rush, deeds
):
    first, second = make.Quota(event=event, size=4), make.Quota(event=event, size=4)
    one = make.TicketType(event=event, quotas=[first])
    two = make.TicketType(event=event, quotas=[second])
    both = make.TicketType(event=event, quotas=[second, first])
    ones = [make.delegate(one) for _number in range(2)]
    twos = [make.delegate(two) for _number in range(2)]
    swaps = [(move, "change_ticket", each.id, staff.id, (two.id,)) for each in ones]
    swaps += [(move, "change_ticket", each.id, staff.id, (one.id,)) for each in twos]
    more = [(register, both.id, boss.id, f"both{number}", 3) for number in range(3)]
    fared = rush(swaps + more)
    assert [told for told in fared if told.startswith("failed")] == []
    assert max(held(session)) <= 4
    assert deeds.findings() == []


def test_those_who_leave_and_those_who_come_at_once(make, session, event, staff, rush, deeds):
    ticket = make.ticket(event, 4)
    leaving = [make.delegate(ticket) for _number in range(4)]
    coming = [
        (register, ticket.id, make.colleague(make.Organisation()).id, f"come{n}") for n in range(4)
    ]
    fared = rush(coming + [(move, "withdraw", each.id, staff.id) for each in leaving])
    assert fared == ["done"] * 4 + ["withdraw done"] * 4
    assert held(session) == [4]
    assert count(session, DelegateState.CONFIRMED, DelegateState.OFFERED) == 4
    assert deeds.findings() == []


def test_the_same_person_withdrawn_by_several_leaves_once(make, session, event, staff, rush, deeds):
    ticket = make.ticket(event, 4)
    ola = make.delegate(ticket)
    make.delegate(ticket)
    fared = rush([(move, "withdraw", ola.id, staff.id) for _number in range(4)])
    assert [told.partition(":")[0] for told in fared] == ["refused"] * 3 + ["withdraw done"]
    assert held(session) == [1]
    assert deeds.findings() == []


def test_nobody_stays_registered_for_an_event_that_is_cancelled_meanwhile(
    make, session, event, staff, rush, deeds
):
    ticket = make.ticket(event, 3)
    fared = rush([*bookings(make, ticket, tries=1), (cancel_event, staff.id)])
    assert "cancelled" in fared
    assert [told for told in fared if told.startswith("failed")] == []
    assert count(session, *ACTIVE_STATES) == 0
    assert held(session) == [0]
    assert deeds.findings() == []


def test_an_offer_is_accepted_or_it_expires_and_never_both(
    make, session, event, staff, rush, deeds
):
    """The next in line gets the place only if it expired."""
    ticket = make.ticket(event, 1)
    offered = make.delegate(ticket, "offered")
    following = make.delegate(ticket, "waitlisted")
    ends = offered.offer_expires_at
    last = {"now": ends - timedelta(microseconds=1)}
    fared = rush(
        [(move, "accept", offered.id, staff.id, (), last)] * 3 + [(expire, offered.id, ends)] * 3
    )
    session.refresh(offered)
    session.refresh(following)
    assert [told.partition(":")[0] for told in fared].count("refused") == 5
    ended = (offered.state.value, following.state.value)
    assert ended in {("confirmed", "waitlisted"), ("expired", "offered")}
    assert held(session) == [1]
    assert deeds.findings() == []


def test_one_form_sent_from_many_processes_registers_once(make, session, event, boss, rush, deeds):
    ticket = make.ticket(event, 5)
    assert rush([(register, ticket.id, boss.id, "once")] * MANY) == ["done"] * MANY
    assert session.scalar(select(func.count(Registration.id))) == 1
    assert count(session, *ACTIVE_STATES) == 1
    assert held(session) == [1]
    assert session.scalar(select(func.count(OutgoingMail.id))) == 2
    assert deeds.findings() == []


def dies_before_it_is_kept(_everybody: Barrier) -> None:
    mail.queue = die


def dies_with_the_place_in_hand(_everybody: Barrier) -> None:
    take = places.quotas.take
    places.quotas.take = lambda id: (take(id), die())


@pytest.mark.parametrize("manner", [dies_before_it_is_kept, dies_with_the_place_in_hand])
def test_who_is_killed_in_the_midst_of_it_leaves_the_place_free(
    make, session, event, boss, rush, deeds, manner
):
    ticket = make.ticket(event, 1)
    ended = rush.dying(register, ticket.id, boss.id, "killed", manner=manner)
    assert ended == -signal.SIGKILL
    assert held(session) == [0]
    assert deeds.findings() == []
    assert rush([(register, ticket.id, boss.id, "alive")], as_it_is) == ["done"]
    assert count(session, DelegateState.CONFIRMED) == 1


def test_who_is_killed_while_leaving_stays_and_nobody_was_offered_the_place(
    make, session, event, staff, rush, deeds
):
    ticket = make.ticket(event, 1)
    ola = make.delegate(ticket)
    waits = make.delegate(ticket, "waitlisted")
    assert (
        rush.dying(move, "withdraw", ola.id, staff.id, manner=dies_with_the_place_in_hand)
        == -signal.SIGKILL
    )
    assert deeds.states(ola, waits) == ["confirmed", "waitlisted"]
    assert deeds.findings() == []
    assert rush([(move, "withdraw", ola.id, staff.id)], with_a_pause) == ["withdraw done"]
    assert deeds.states(ola, waits) == ["withdrawn", "offered"]
    assert deeds.findings() == []

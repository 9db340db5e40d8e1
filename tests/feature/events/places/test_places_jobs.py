"""What the portal does by itself: offers end, free places go on, people are reminded once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.events import jobs, places
from portal.models import OutgoingMail


@pytest.fixture
def waiting(deeds, make, event, company, coordinator):
    """Ola withdrew; the place is offered to Liv, and Per waits."""
    ticket = make.ticket(event, 1)
    ola, liv, per = deeds.register(
        ticket, "Ola Vik", "Liv Dal", "Per Moe", by=coordinator, organisation=company
    )
    deeds(places.withdraw, ola, by=coordinator)
    return liv, per


def sweep(app, job, session):
    session.commit()
    with app.app_context():
        job()
    session.commit()


def test_offers_end_after_a_breath_and_the_next_is_asked(app, session, deeds, waiting, at):
    liv, per = waiting
    ends = liv.offer_expires_at
    at(ends + timedelta(seconds=119))
    sweep(app, jobs.expire, session)
    assert deeds.states(liv, per) == ["offered", "waitlisted"]
    at(ends + timedelta(seconds=120))
    sweep(app, jobs.expire, session)
    sweep(app, jobs.expire, session)
    assert deeds.states(liv, per) == ["expired", "offered"]


def test_a_place_that_nobody_was_offered_is_found_by_the_sweep(
    app, session, deeds, waiting, event, coordinator
):
    liv, per = waiting
    event.promotion_paused = True
    deeds(places.decline, liv, by=coordinator)
    sweep(app, jobs.promote, session)
    assert deeds.states(per) == ["waitlisted"]
    event.promotion_paused = False
    sweep(app, jobs.promote, session)
    assert deeds.states(per) == ["offered"]


def test_of_an_offer_people_are_reminded_once(app, session, deeds, waiting, at, coordinator):
    liv, _per = waiting
    ends = liv.offer_expires_at
    at(ends - timedelta(hours=25))
    sweep(app, jobs.remind, session)
    before = deeds.letters_to("liv.dal@example.org")
    at(ends - timedelta(hours=23))
    sweep(app, jobs.remind, session)
    sweep(app, jobs.remind, session)
    after = deeds.letters_to("liv.dal@example.org")
    assert len(after) == len(before) + 1
    assert after[-1].startswith("Answer by")
    assert deeds.letters_to(coordinator.email)[-1].startswith("Answer by")


def test_nobody_is_reminded_on_the_heels_of_a_short_offer(
    app, session, deeds, make, company, coordinator, at
):
    event = make.Event(offer_hours=12)
    ticket = make.ticket(event, 1)
    ola, liv = deeds.register(ticket, "Ola Vik", "Liv Dal", by=coordinator, organisation=company)
    deeds(places.withdraw, ola, by=coordinator)
    at(clock.now() + timedelta(hours=2))
    sweep(app, jobs.remind, session)
    assert len(deeds.letters_to("liv.dal@example.org")) == 2


def test_before_registration_closes_coordinators_and_staff_are_reminded_once(
    app, session, deeds, event, ticket, company, coordinator, make, at
):
    other = make.Organisation()
    alone = make.colleague(other)
    deeds.register(ticket, "Ola Vik", "Liv Dal", "Per Moe", by=coordinator, organisation=company)
    deeds.register(ticket, alone, by=alone, organisation=other)
    closes = event.registration_closes_at
    at(closes - timedelta(days=4))
    sweep(app, jobs.remind, session)
    about_it = select(func.count()).where(OutgoingMail.subject.startswith("Registration for"))
    assert session.scalar(about_it) == 0
    at(closes - timedelta(days=2))
    sweep(app, jobs.remind, session)
    sweep(app, jobs.remind, session)
    assert session.scalar(about_it) == 2
    assert deeds.letters_to(coordinator.email)[-1].startswith("Registration for")
    text = select(OutgoingMail.text).where(OutgoingMail.recipient == event.contact.email)
    assert "Awaiting approval: 0. Waiting: 2." in session.scalar(text)

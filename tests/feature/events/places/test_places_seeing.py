"""Who may see what of events: each kind of row through its one query."""

import pytest

from portal.core import clock
from portal.extensions import db
from portal.models import (
    Delegate,
    Event,
    Person,
    Quota,
    Registration,
    TicketType,
    own,
    stand_in,
)
from portal.platform.auth import actor_of
from portal.platform.database import unit


@pytest.fixture
def world(make, event):
    """Ola and a member of a company are registered; elsewhere is somebody else."""
    ticket = make.ticket(event, 9)
    company = make.Organisation()
    boss, member = make.colleague(company, "representative"), make.colleague(company, "member")
    registration = make.Registration(event=event, organisation=company, registered_by=boss)
    make.delegate(ticket, registration=registration, name="Ola", email="ola@example.org")
    make.delegate(ticket, registration=registration, name="Mia", person=member)
    elsewhere = make.Organisation()
    make.delegate(ticket, organisation=elsewhere, name="Else")
    make.ticket(make.Event(draft=True), 1)
    return {
        "boss": boss,
        "member": member,
        "other boss": make.colleague(elsewhere),
        "other member": make.colleague(elsewhere, "member"),
        "staff": make.staff("events"),
        "other staff": make.staff("programmes"),
    }


def seen(app, session, person, model, column):
    """Return what somebody sees, asked directly and by a statement made once for their kind."""
    session.commit()
    with app.app_context(), unit(writing=False):
        actor = actor_of(db.session.get_one(Person, person.id), now=clock.now())
        direct = model.visible_to(actor).with_only_columns(column)
        rows = sorted(db.session.scalars(direct))
        made_once = model.visible_to(stand_in(actor.staff)).with_only_columns(column)
        assert sorted(db.session.scalars(made_once, own(actor))) == rows
        return rows


def test_delegates_are_seen_by_their_company_themselves_and_events_staff(app, session, world):
    expected = {
        "boss": ["Mia", "Ola"],
        "member": ["Mia"],
        "other boss": ["Else"],
        "other member": [],
        "staff": ["Else", "Mia", "Ola"],
        "other staff": [],
    }
    found = {who: seen(app, session, world[who], Delegate, Delegate.name) for who in world}
    assert found == expected


def test_registrations_are_seen_by_whoever_binds_the_company_or_made_them(app, session, world):
    column = Registration.client_token
    counts = {who: len(seen(app, session, world[who], Registration, column)) for who in world}
    assert counts == {
        "boss": 1, "member": 0, "other boss": 1, "other member": 0, "staff": 2, "other staff": 0,
    }  # fmt: skip


def test_drafts_are_the_events_staffs_alone(app, session, world):
    for model, column in (
        (Event, Event.slug),
        (Quota, Quota.name_en),
        (TicketType, TicketType.name_en),
    ):
        counts = {who: len(seen(app, session, world[who], model, column)) for who in world}
        assert counts == {who: 2 if who == "staff" else 1 for who in world}
    with app.app_context(), unit(writing=False):
        assert len(db.session.scalars(Event.visible_to(None)).all()) == 1

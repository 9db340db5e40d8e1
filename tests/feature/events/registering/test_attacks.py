"""What members, strangers and former colleagues try on places at events."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.extensions import db
from portal.models import (
    Affiliation,
    Delegate,
    DelegateState,
    Event,
    EventState,
    Quota,
    Registration,
)
from portal.web import visit
from tests.feature.events.registering.conftest import NOW, named

POSTS = (
    ("accept", {}), ("decline", {}), ("withdraw", {}),
    ("substitute", {"who": "", "name": "Mallory", "email": "mallory@example.org"}),
    ("change_ticket", {"ticket_id": "00000000-0000-0000-0000-000000000000"}),
    ("correct", {"name": "Mallory"}), ("approve", {}), ("reject", {"reason": "No."}),
    ("offer", {}), ("cancel", {"reason": "No."}), ("reinstate", {}),
)  # fmt: skip
OF_STAFF = ("approve", "reject", "offer", "cancel", "reinstate")


@pytest.fixture
def ticket(make, event):
    """A ticket with places enough."""
    return make.ticket(event, 10)


def emails(session):
    session.rollback()
    return sorted(session.scalars(select(Delegate.email)))


@pytest.mark.parametrize(("deed", "answers"), POSTS, ids=[deed for deed, _answers in POSTS])
def test_nothing_is_done_to_the_delegate_of_another_company(
    browser, make, session, ticket, boss, deed, answers
):
    theirs = make.delegate(ticket, "offered" if deed in ("accept", "decline") else "confirmed")
    state, name = theirs.state, theirs.name
    browser.send(f"events.{deed}", answers, id=theirs.id, expect=404)
    browser.get("events.delegate", id=theirs.id, expect=404)
    browser.get("events.calendar_entry", id=theirs.id, expect=404)
    browser.get("events.registration", id=theirs.registration_id, expect=404)
    session.refresh(theirs)
    assert (theirs.state, theirs.name) == (state, name)


@pytest.mark.parametrize("deed", OF_STAFF)
def test_members_do_not_decide_about_their_own_people(
    browser, make, session, event, ticket, company, boss, deed
):
    event.needs_approval = True
    state = {"offer": "waitlisted", "reinstate": "withdrawn"}.get(deed, "requested")
    mine = make.delegate(ticket, state, organisation=company)
    browser.send(f"events.{deed}", {"reason": "No."}, id=mine.id, expect=403)
    session.refresh(mine)
    assert mine.state == state


def test_who_left_sees_and_does_nothing_for_the_company_any_more(
    browser, make, session, ticket, company, boss
):
    browser.fill("events.register", named(0, "Anna", "anna@nordlys.no"), slug="ibc")
    registration = browser.response.headers["Location"]
    delegate = session.scalar(select(Delegate))
    end_roles(session, boss)
    browser.open("GET", registration, expect=404)
    browser.get("events.delegate", id=delegate.id, expect=404)
    browser.send("events.withdraw", id=delegate.id, expect=404)
    browser.get("events.register", slug="ibc", expect=403)
    page = browser.get("events.registrations")
    assert "Anna" not in page.main.text


def end_roles(session, person):
    """End whatever somebody is in organisations."""
    for row in session.scalars(select(Affiliation).where(Affiliation.person_id == person.id)):
        row.ends_at = NOW
    session.commit()


def test_a_form_that_was_opened_before_one_left_registers_nobody(
    browser, session, ticket, company, boss
):
    page = browser.get("events.register", slug="ibc")
    token = page.select_one("[name=client_token]")["value"]
    end_roles(session, boss)
    answers = named(0, "Anna", "anna@nordlys.no", ticket_id=str(ticket.id))
    told = {"client_token": token, "acting_for": str(company.id), "rows": "1"}
    browser.send("events.register", answers | told, slug="ibc", expect=403)
    assert emails(session) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"state": EventState.CANCELLED, "cancelled_at": NOW, "cancel_reason": "Storm"}, 409),
        ({"registration_closes_at": NOW - timedelta(minutes=1)}, 409),
        ({"max_per_organisation": 1}, 422),
    ],
    ids=["cancelled", "closed", "fewer"],
)
def test_what_became_of_the_event_after_the_form_was_read_counts(
    browser, app, session, ticket, boss, monkeypatch, change, status
):
    """The deed reads the event under its lock, whatever the form was read against."""
    begin = visit.begin

    def change_and_begin(*, writing):
        if writing:
            with Session(db.engine) as other:
                other.execute(update(Event).values(**change))
                other.commit()
        begin(writing=writing)

    session.commit()
    browser.get("events.register", slug="ibc")
    monkeypatch.setattr(visit, "begin", change_and_begin)
    two = named(0, "Anna", "anna@nordlys.no") | named(1, "Bo", "bo@nordlys.no")
    browser.fill("events.register", two, slug="ibc", expect=status)
    assert emails(session) == []


def test_no_way_leads_past_the_most_for_one_company(
    browser, make, session, event, ticket, company, boss
):
    event.max_per_organisation = 2
    other = make.TicketType(event=event, quotas=[make.Quota(event=event, size=10)])
    other.max_per_organisation = 1
    browser.fill(
        "events.register",
        named(0, "A", "a@nordlys.no", ticket_id=str(ticket.id))
        | named(1, "B", "b@nordlys.no", ticket_id=str(ticket.id)),
        slug="ibc",
    )
    third = named(0, "C", "c@nordlys.no", ticket_id=str(ticket.id))
    browser.fill("events.register", third, slug="ibc", expect={409, 422})
    first, second = session.scalars(select(Delegate).order_by(Delegate.email))
    change = {"ticket_id": str(other.id)}
    browser.send("events.change_ticket", change, id=first.id)
    browser.send("events.change_ticket", change, id=second.id, expect={409, 422})
    browser.send("events.withdraw", id=second.id)
    browser.fill("events.register", third, slug="ibc")
    browser.sign_in(make.staff("events"), now=NOW)
    browser.send("events.reinstate", id=second.id, expect={409, 422})
    fourth = named(0, "D", "d@nordlys.no", ticket_id=str(ticket.id))
    browser.fill(
        "events.register_for",
        fourth | {"organisation": "Nordlys AS"},
        slug="ibc",
        expect={409, 422},
    )
    active = select(func.count()).where(Delegate.state == DelegateState.CONFIRMED)
    assert session.scalar(active) == 2


def test_the_ticket_of_another_event_is_none(browser, make, session, ticket, company, boss):
    elsewhere = make.ticket(make.Event(slug="nab"), 5)
    answers = named(0, "Anna", "anna@nordlys.no", ticket_id=str(elsewhere.id))
    browser.fill("events.register", answers, slug="ibc", expect=422)
    mine = make.delegate(ticket, organisation=company)
    change = {"ticket_id": str(elsewhere.id)}
    browser.send("events.change_ticket", change, id=mine.id, expect=422)
    held = select(Quota.held).where(Quota.event_id == elsewhere.event_id)
    assert session.scalar(held) == 0


def test_prices_states_and_owners_are_not_taken_from_a_form(
    browser, make, session, event, boss, company
):
    make.ticket(event, 5, price_ore=450_000, vat_code="standard")
    stranger = make.Person()
    more = {
        "price_ore": "1", "vat_code": "exempt", "currency": "USD", "state": "confirmed",
        "person_id": str(stranger.id), "organisation_id": str(make.Organisation().id),
        "registered_by_id": str(stranger.id), "waiting_number": "1", "deed": "reinstated",
    }  # fmt: skip
    event.needs_approval = True
    told = {f"people-0-{name}": value for name, value in more.items()}
    answers = named(0, "Anna", "anna@nordlys.no") | more | told
    browser.fill("events.register", answers, slug="ibc")
    made = session.scalar(select(Delegate))
    assert (made.price_ore, made.vat_code.value, made.currency) == (450_000, "standard", "NOK")
    assert (made.state, made.person_id) == (DelegateState.REQUESTED, None)
    assert (made.organisation_id, made.waiting_number) == (company.id, None)
    assert made.registration.registered_by_id == boss.id
    wishes = more | {"name": "Anna B", "email": "other@example.org", "ticket_id": str(event.id)}
    browser.send("events.correct", wishes, id=made.id)
    session.refresh(made)
    assert (made.name, made.email) == ("Anna B", "anna@nordlys.no")
    assert (made.price_ore, made.state) == (450_000, DelegateState.REQUESTED)


def test_the_token_of_somebody_elses_form_opens_nothing(
    browser, another_browser, make, session, ticket, boss
):
    browser.fill("events.register", named(0, "Anna", "anna@nordlys.no"), slug="ibc")
    token = session.scalar(select(Registration.client_token))
    rival = make.colleague(make.Organisation(), "representative")
    another_browser.sign_in(rival, now=NOW)
    answers = named(0, "Rita", "rita@rival.no") | {"client_token": token}
    page = another_browser.fill("events.register", answers, slug="ibc", expect=409)
    assert "Anna" not in page.text
    assert emails(session) == ["anna@nordlys.no"]


def test_the_tokens_of_the_portal_itself_are_not_taken_by_others(
    browser, make, session, ticket, company, boss
):
    gone = make.delegate(ticket, "withdrawn", organisation=company, email="gone@nordlys.no")
    token = f"reinstated:{gone.id}"
    answers = named(0, "Anna", "anna@nordlys.no") | {"client_token": token}
    browser.fill("events.register", answers, slug="ibc", expect=422)
    browser.sign_in(make.staff("events"), now=NOW)
    browser.send("events.reinstate", id=gone.id)
    assert emails(session) == ["gone@nordlys.no", "gone@nordlys.no"]


def test_nothing_of_a_cancelled_event_is_accepted_changed_or_begun(
    browser, make, session, event, ticket, company, boss
):
    offered = make.delegate(ticket, "offered", organisation=company)
    waiting = make.delegate(ticket, "waitlisted", organisation=company)
    confirmed = make.delegate(ticket, organisation=company)
    other = make.ticket(event, 5)
    browser.sign_in(make.staff("events"), now=NOW)
    browser.fill("events.cancel_event", {"reason": "The hall is closed."}, slug="ibc")
    for deed in ("accept", "withdraw", "approve", "offer", "reinstate"):
        for row in (offered, waiting, confirmed):
            browser.send(f"events.{deed}", id=row.id, expect=409)
    browser.sign_in(boss, now=NOW)
    browser.send("events.change_ticket", {"ticket_id": str(other.id)}, id=confirmed.id, expect=409)
    new = {"who": "", "name": "Eva", "email": "eva@nordlys.no"}
    browser.send("events.substitute", new, id=confirmed.id, expect=409)
    states = set(session.scalars(select(Delegate.state)))
    assert states == {DelegateState.CANCELLED}
    assert set(session.scalars(select(Quota.held))) == {0}


def test_an_offer_ends_to_the_second_for_everybody(browser, make, session, at, ticket, company):
    offered = make.delegate(ticket, "offered", organisation=company)
    offered.offer_expires_at = NOW
    session.commit()
    for who in (make.colleague(company, "representative"), make.staff("events")):
        browser.sign_in(who, now=NOW)
        browser.send("events.accept", id=offered.id, expect=409)
    assert session.scalar(select(Delegate.state)) != DelegateState.CONFIRMED

"""Another name, another ticket, back again after the end: the place stays counted throughout."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core.errors import Mistake, NotAllowed, Refused
from portal.events import places
from portal.events.places import NewName
from portal.models import Delegate, Quota

LIV = NewName(name="Liv Dal", email="Liv.Dal@example.org", phone="+47 900 00 000")


@pytest.fixture
def ola(deeds, ticket, company, coordinator):
    [delegate] = deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company)
    return delegate


def held(session):
    return list(session.scalars(select(Quota.held).order_by(Quota.position, Quota.id)))


def test_a_colleague_takes_the_place_which_is_never_free(deeds, make, ola, coordinator, session):
    known = make.Person(email="liv.dal@example.org", name="Liv Dal")
    deeds(places.substitute, ola, LIV, by=coordinator)
    assert (ola.name, ola.email, ola.replaced_name) == ("Liv Dal", "liv.dal@example.org", "Ola Vik")
    assert ola.person_id == known.id
    assert held(session) == [1]
    assert deeds.past(ola) == [("register", "confirmed"), ("substitute", "confirmed")]
    assert deeds.letters_to("ola.vik@example.org")[-1].startswith("A colleague comes")
    assert deeds.letters_to("liv.dal@example.org")[-1].startswith("You have a place")


def test_only_who_binds_the_organisation_gives_a_place_to_another(
    deeds, make, ola, company, coordinator
):
    member = make.colleague(company, "member", email="member@example.org")
    ola.person = member
    with pytest.raises(NotAllowed):
        deeds(places.substitute, ola, LIV, by=member)


def test_a_colleague_who_is_registered_already_takes_no_second_place(
    deeds, ola, ticket, coordinator, company
):
    deeds.register(ticket, "Liv Dal", by=coordinator, organisation=company)
    with pytest.raises(Mistake, match="already"):
        deeds(places.substitute, ola, LIV, by=coordinator)


def test_a_place_that_is_waited_for_is_no_place_to_give(deeds, ola, ticket, coordinator, company):
    deeds.register(ticket, "Ida Lie", by=coordinator, organisation=company)
    [waiting] = deeds.register(ticket, "Per Moe", by=coordinator, organisation=company)
    with pytest.raises(Refused, match="confirmed place"):
        deeds(places.substitute, waiting, LIV, by=coordinator)


def test_nothing_changes_after_the_event(deeds, ola, event, coordinator):
    after = event.ends_at
    with pytest.raises(Refused, match="over"):
        deeds(places.substitute, ola, LIV, by=coordinator, now=after)
    with pytest.raises(Refused, match="over"):
        deeds(places.withdraw, ola, by=coordinator, now=after)
    deeds(places.substitute, ola, LIV, by=coordinator, now=after - timedelta(seconds=1))


def test_a_name_is_mended_without_becoming_another(deeds, ola, coordinator):
    deeds(places.correct, ola, by=coordinator, name="Ola Vikø", phone="", title="Engineer")
    assert (ola.name, ola.title, ola.email) == ("Ola Vikø", "Engineer", "ola.vik@example.org")
    assert deeds.past(ola) == [("register", "confirmed")]


def test_another_ticket_takes_its_places_before_the_old_are_let_go(
    deeds, make, ola, event, coordinator, session
):
    other = make.ticket(event, 1, price_ore=90_000, vat_code="standard")
    deeds(places.change_ticket, ola, other.id, by=coordinator)
    assert ola.ticket_id == other.id
    assert ola.price_ore == 90_000
    assert sorted(held(session)) == [0, 1]
    assert deeds.past(ola)[-1] == ("change_ticket", "confirmed")


def test_a_full_ticket_is_no_way_around_and_the_old_one_stays(
    deeds, make, ola, event, company, coordinator, session
):
    other = make.ticket(event, 1)
    deeds.register(other, "Ida Lie", by=coordinator, organisation=company)
    with pytest.raises(Refused, match="You keep the ticket"):
        deeds(places.change_ticket, ola, other.id, by=coordinator)
    assert deeds.states(ola) == ["confirmed"]
    assert held(session) == [1, 1]


def test_changing_a_ticket_passes_nobody_who_waits(
    deeds, make, ola, event, company, coordinator, session
):
    other = make.ticket(event, 1)
    ida, per = deeds.register(other, "Ida Lie", "Per Moe", by=coordinator, organisation=company)
    event.promotion_paused = True
    deeds(places.withdraw, ida, by=coordinator)
    with pytest.raises(Refused, match="others wait"):
        deeds(places.change_ticket, ola, other.id, by=coordinator)


def test_what_the_old_ticket_lets_go_is_offered_on(
    deeds, make, ola, ticket, event, company, coordinator
):
    ida, per = deeds.register(ticket, "Ida Lie", "Per Moe", by=coordinator, organisation=company)
    deeds(places.change_ticket, ola, make.ticket(event, 3).id, by=coordinator)
    assert deeds.states(ida, per) == ["confirmed", "offered"]


def test_who_waits_keeps_their_ticket(deeds, make, ola, ticket, event, company, coordinator):
    other = make.ticket(event, 3)
    ida, per = deeds.register(ticket, "Ida Lie", "Per Moe", by=coordinator, organisation=company)
    with pytest.raises(Refused, match="can be changed"):
        deeds(places.change_ticket, per, other.id, by=coordinator)


def test_a_dearer_ticket_asks_for_a_reference(deeds, make, ola, event, coordinator):
    dear = make.ticket(event, 3, price_ore=100, vat_code="zero", needs_purchase_reference=True)
    with pytest.raises(Mistake) as without:
        deeds(places.change_ticket, ola, dear.id, by=coordinator)
    assert without.value.field == "purchase_reference"
    deeds(places.change_ticket, ola, dear.id, by=coordinator, purchase_reference="PO 9")
    assert ola.registration.purchase_reference == "PO 9"


def test_what_ended_stays_ended_and_comes_back_as_a_new_row_in_turn(
    deeds, make, company, coordinator, staff, session, event
):
    ticket = make.ticket(event, 1)
    ola, liv = deeds.register(ticket, "Ola Vik", "Liv Dal", by=coordinator, organisation=company)
    deeds(places.cancel, ola, reason="By mistake", by=staff)
    with pytest.raises(NotAllowed):
        deeds(places.reinstate, ola, by=coordinator)
    deeds(places.reinstate, ola, by=staff)
    deeds(places.reinstate, ola, by=staff)
    again = session.scalars(
        select(Delegate).where(Delegate.email == ola.email, Delegate.id != ola.id)
    ).one()
    assert deeds.states(ola, liv, again) == ["cancelled", "offered", "waitlisted"]
    with pytest.raises(Refused, match="has not ended"):
        deeds(places.reinstate, again, by=staff)


def test_a_delegate_without_a_company_role_may_withdraw_themself(
    deeds, make, ticket, company, coordinator, session
):
    member = make.colleague(company, "member")
    [own] = deeds.register(ticket, member, by=coordinator, organisation=company)
    deeds(places.withdraw, own, by=member)
    assert deeds.states(own) == ["withdrawn"]
    with pytest.raises(Refused, match="cannot be done now"):
        deeds(places.withdraw, own, by=member)
    assert held(session) == [0]
    assert session.scalar(select(func.count(Delegate.id))) == 1
    stranger = make.colleague(make.Organisation(), "administrator")
    [ola] = deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company)
    with pytest.raises(NotAllowed):
        deeds(places.withdraw, ola, by=stranger)

"""Registering: several people in one go, once, within what the event allows."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.errors import Mistake, NotAllowed, Refused
from portal.events import places
from portal.events.places import quotas
from portal.models import AuditEvent, Delegate, Quota, Registration
from portal.platform.database import unit


def test_colleagues_get_the_places_there_are_and_the_others_wait_in_order(
    deeds, ticket, company, coordinator, session
):
    people = deeds.register(ticket, "Ola Vik", "Liv Dal", "Per Moe", "Ida Lie",
                            by=coordinator, organisation=company)  # fmt: skip
    assert deeds.states(*people) == ["confirmed", "confirmed", "waitlisted", "waitlisted"]
    assert [person.waiting_number for person in people] == [None, None, 1, 2]
    assert session.scalar(select(Quota.held)) == 2
    assert deeds.past(people[2]) == [("register", "waitlisted")]


def test_everybody_gets_a_letter_and_the_coordinator_one_about_all(
    deeds, ticket, company, coordinator
):
    deeds.register(ticket, "Ola Vik", "Liv Dal", "Per Moe", by=coordinator, organisation=company)
    title = ticket.event.title_en
    assert deeds.letters_to("ola.vik@example.org") == [f"You have a place at “{title}”"]
    assert deeds.letters_to("per.moe@example.org") == [f"You are on the waiting list for “{title}”"]
    assert deeds.letters_to(coordinator.email) == [
        f"You registered people of {company.display_name} for “{title}”"
    ]


def test_no_place_is_given_where_its_lock_would_not_last(app, ticket, session):
    session.commit()
    with app.app_context(), unit(writing=False), pytest.raises(RuntimeError, match="write unit"):
        quotas.lock_quotas(ticket.event_id)


def test_who_registers_alone_gets_one_letter(deeds, ticket, company, coordinator):
    [own] = deeds.register(ticket, coordinator, by=coordinator, organisation=company)
    assert own.person_id == coordinator.id
    assert len(deeds.letters_to(coordinator.email)) == 1


def test_it_is_one_deed_in_the_audit_trail(deeds, ticket, company, coordinator, session):
    deeds.register(ticket, "Ola Vik", "Liv Dal", by=coordinator, organisation=company)
    told = session.scalars(select(AuditEvent).where(AuditEvent.action.startswith("regist"))).one()
    assert told.organisation_id == company.id
    assert told.on_behalf_of_id is None
    assert told.details["people"] == 2


def test_sent_again_with_the_same_token_it_changes_nothing(
    deeds, ticket, company, coordinator, session
):
    first = deeds.register(
        ticket, "Ola Vik", by=coordinator, organisation=company, client_token="once"
    )
    again = deeds.register(
        ticket, "Ola Vik", by=coordinator, organisation=company, client_token="once"
    )
    assert again == first
    assert session.scalar(select(func.count(Registration.id))) == 1
    assert session.scalar(select(Quota.held)) == 1
    assert len(deeds.letters_to("ola.vik@example.org")) == 1


def test_a_token_of_somebody_else_is_turned_away(deeds, make, ticket, company, coordinator):
    deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company, client_token="once")
    other = make.colleague(company, "representative")
    with pytest.raises(Refused, match="sent before"):
        deeds.register(ticket, "Liv Dal", by=other, organisation=company, client_token="once")


def test_a_member_registers_themself_and_nobody_else(deeds, make, ticket, company):
    member = make.colleague(company, "member")
    deeds.register(ticket, member, by=member, organisation=company)
    with pytest.raises(NotAllowed):
        deeds.register(ticket, "Ola Vik", by=member, organisation=company)


def test_nobody_registers_for_an_organisation_of_others(deeds, make, ticket, coordinator):
    with pytest.raises(Mistake):
        deeds.register(ticket, "Ola Vik", by=coordinator, organisation=make.Organisation())


def test_nobody_is_registered_twice(deeds, make, ticket, company, coordinator):
    deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company)
    with pytest.raises(Mistake) as again:
        deeds.register(ticket, "Liv Dal", "Ola Vik", by=coordinator, organisation=company)
    assert again.value.field == "people-1-email"
    with pytest.raises(Mistake) as twice:
        deeds.register(ticket, "Per Moe", "Per Moe", by=coordinator, organisation=company)
    assert twice.value.field == "people-1-email"


def test_registration_is_open_from_its_first_moment_to_before_its_last(
    deeds, make, company, coordinator
):
    opens, closes = clock.now() + timedelta(days=1), clock.now() + timedelta(days=2)
    event = make.Event(registration_opens_at=opens, registration_closes_at=closes)
    ticket = make.ticket(event, 9)
    moment = timedelta(microseconds=1)
    for now in (opens - moment, closes, closes + moment):
        with pytest.raises(Refused, match="Registration"):
            deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company, now=now)
    deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company, now=opens)
    deeds.register(ticket, "Liv Dal", by=coordinator, organisation=company, now=closes - moment)


def test_nobody_registers_for_a_draft_and_not_even_staff(deeds, make, company, staff):
    ticket = make.ticket(make.Event(draft=True), 9)
    with pytest.raises(Refused, match="not published"):
        deeds.register(ticket, "Ola Vik", by=staff, organisation=company)


def test_staff_register_on_behalf_also_when_it_is_closed_but_never_past_the_limit(
    deeds, make, company, staff, session
):
    ticket = make.ticket(make.Event(registration_closes_at=clock.now() - timedelta(days=1)), 1)
    people = deeds.register(ticket, "Ola Vik", "Liv Dal", by=staff, organisation=company)
    assert deeds.states(*people) == ["confirmed", "waitlisted"]
    told = session.scalars(select(AuditEvent).where(AuditEvent.action.startswith("regist"))).one()
    assert told.on_behalf_of_id == company.id


def test_an_organisation_keeps_to_its_maximum(deeds, make, company, coordinator, staff):
    ticket = make.ticket(make.Event(max_per_organisation=2), 9)
    deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company)
    with pytest.raises(Refused, match="at most"):
        deeds.register(ticket, "Liv Dal", "Per Moe", by=coordinator, organisation=company)
    deeds.register(ticket, "Liv Dal", by=coordinator, organisation=company)
    with pytest.raises(Refused, match="at most"):
        deeds.register(ticket, "Per Moe", by=staff, organisation=company)


def test_a_ticket_has_a_maximum_of_its_own(deeds, make, event, company, coordinator):
    few, many = make.ticket(event, 9, max_per_organisation=1), make.ticket(event, 9)
    deeds.register([few, many], "Ola Vik", "Liv Dal", by=coordinator, organisation=company)
    with pytest.raises(Refused, match="at most"):
        deeds.register(few, "Per Moe", by=coordinator, organisation=company)


def test_an_event_for_gold_members_is_for_gold_members(deeds, make, coordinator, company, staff):
    gold, silver = make.MembershipTier(), make.MembershipTier()
    ticket = make.ticket(make.Event(tiers=[gold]), 9)
    with pytest.raises(Refused, match="other kinds"):
        deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company)
    membership = make.Membership(organisation=company)
    make.MembershipPeriod(membership=membership, tier=silver)
    with pytest.raises(Refused, match="other kinds"):
        deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company)
    deeds.register(ticket, "Per Moe", by=staff, organisation=company)
    other = make.Organisation()
    make.MembershipPeriod(membership=make.Membership(organisation=other, number=2), tier=gold)
    boss = make.colleague(other)
    deeds.register(ticket, "Liv Dal", by=boss, organisation=other)


def test_where_there_is_a_price_a_reference_is_asked_and_the_price_is_kept(
    deeds, make, event, company, coordinator
):
    dear = make.ticket(
        event, 9, price_ore=1_250_000, vat_code="standard", needs_purchase_reference=True
    )
    with pytest.raises(Mistake) as without:
        deeds.register(dear, "Ola Vik", by=coordinator, organisation=company)
    assert without.value.field == "purchase_reference"
    [ola] = deeds.register(
        dear, "Ola Vik", by=coordinator, organisation=company, purchase_reference="PO 77"
    )
    assert (ola.price_ore, ola.currency, ola.vat_code.value) == (1_250_000, "NOK", "standard")


def test_a_ticket_that_is_off_sale_or_of_another_event_is_no_ticket(
    deeds, make, event, ticket, company, coordinator, staff
):
    off = make.ticket(event, 9, on_sale=False)
    with pytest.raises(Mistake, match="not given out"):
        deeds.register(off, "Ola Vik", by=coordinator, organisation=company)
    deeds.register(off, "Ola Vik", by=staff, organisation=company)
    foreign = make.ticket(make.Event(), 9)
    with pytest.raises(Mistake, match="Choose a ticket"):
        deeds.register([ticket, foreign], "Liv Dal", "Per Moe", by=staff, organisation=company)


def test_with_approval_nobody_holds_a_place_before_it(
    deeds, make, company, coordinator, staff, session
):
    ticket = make.ticket(make.Event(needs_approval=True), 1)
    people = deeds.register(ticket, "Ola Vik", "Liv Dal", by=coordinator, organisation=company)
    assert deeds.states(*people) == ["requested", "requested"]
    assert session.scalar(select(Quota.held)) == 0
    for person in people:
        deeds(places.approve, person, by=staff)
    assert deeds.states(*people) == ["confirmed", "waitlisted"]
    assert session.scalar(select(func.count(Delegate.id))) == 2


def test_an_approval_is_the_staffs_and_so_is_a_refusal(deeds, make, company, coordinator, staff):
    ticket = make.ticket(make.Event(needs_approval=True), 1)
    [ola] = deeds.register(ticket, "Ola Vik", by=coordinator, organisation=company)
    with pytest.raises(NotAllowed):
        deeds(places.approve, ola, by=coordinator)
    with pytest.raises(Mistake, match="why"):
        deeds(places.reject, ola, reason=" ", by=staff)
    deeds(places.reject, ola, reason="Too few seats", by=staff)
    assert deeds.states(ola) == ["rejected"]
    assert ola.closed_reason == "Too few seats"
    assert deeds.letters_to("ola.vik@example.org")[-1].startswith("We cannot give you a place")


def test_an_organisation_that_nobody_confirmed_takes_no_place_by_itself(
    deeds, make, event, staff, session
):
    unknown = make.Organisation(confirmed_at=None, display_name="Made Up AS")
    boss = make.colleague(unknown, "administrator")
    ticket = make.ticket(event, 2)
    [ola, liv] = deeds.register(ticket, "Ola Vik", "Liv Dal", by=boss, organisation=unknown)
    assert deeds.states(ola, liv) == ["requested", "requested"]
    assert session.scalar(select(Quota.held)) == 0
    deeds(places.approve, ola, by=staff)
    assert deeds.states(ola, liv) == ["confirmed", "requested"]
    [per] = deeds.register(ticket, "Per Moe", by=staff, organisation=unknown)
    assert deeds.states(per) == ["confirmed"]

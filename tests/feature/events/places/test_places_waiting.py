"""The waiting list: first come, first served, for each quota; offers that are held and that end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.errors import NotAllowed, Refused
from portal.events import places
from portal.events.queries import own
from portal.events.queries.numbers import by_quota, places_left
from portal.events.service import events
from portal.events.service.events import Relocation
from portal.models import Quota
from portal.platform.database import unit


@pytest.fixture
def full(deeds, make, event, company, coordinator):
    """One place, held by Ola; Liv and Per wait for it in this order."""
    ticket = make.ticket(event, 1)
    return deeds.register(
        ticket, "Ola Vik", "Liv Dal", "Per Moe", by=coordinator, organisation=company
    )


def standing(app, delegate):
    with app.app_context(), unit(writing=False):
        full = own.full_quotas(delegate.event_id).get(delegate.ticket_id, ())
        return own.ahead_of(delegate.id) + 1, [quota.name_en for quota in full]


def test_a_place_that_becomes_free_is_offered_to_the_next_and_held(
    deeds, full, coordinator, session
):
    ola, liv, per = full
    deeds(places.withdraw, ola, by=coordinator)
    assert deeds.states(*full) == ["withdrawn", "offered", "waitlisted"]
    assert session.scalar(select(Quota.held)) == 1
    assert liv.offer_expires_at > clock.now() + timedelta(hours=47)
    assert deeds.letters_to("liv.dal@example.org")[-1].startswith("It is your turn")


def test_whoever_accepts_is_confirmed_and_whoever_declines_is_followed(
    deeds, full, coordinator, staff
):
    ola, liv, per = full
    deeds(places.cancel, ola, reason="No visa", by=staff)
    deeds(places.decline, liv, by=coordinator)
    deeds(places.accept, per, by=coordinator)
    assert deeds.states(*full) == ["cancelled", "withdrawn", "confirmed"]
    assert deeds.past(per) == [
        ("register", "waitlisted"), ("promote", "offered"), ("accept", "confirmed"),
    ]  # fmt: skip


def test_an_offer_ends_exclusively_and_the_place_goes_on(deeds, full, coordinator):
    ola, liv, per = full
    deeds(places.withdraw, ola, by=coordinator)
    ends = liv.offer_expires_at
    with pytest.raises(Refused, match="still open"):
        deeds.by_itself(places.expire, liv, now=ends - timedelta(microseconds=1))
    with pytest.raises(Refused, match="has ended"):
        deeds(places.accept, liv, by=coordinator, now=ends)
    deeds.by_itself(places.expire, liv, now=ends)
    assert deeds.states(*full) == ["withdrawn", "expired", "offered"]
    assert deeds.letters_to("liv.dal@example.org")[-1].startswith("The offer of a place")


def test_the_last_moment_of_an_offer_is_good(deeds, full, coordinator):
    ola, liv, per = full
    deeds(places.withdraw, ola, by=coordinator)
    last = liv.offer_expires_at - timedelta(microseconds=1)
    deeds(places.accept, liv, by=coordinator, now=last)
    assert deeds.states(liv) == ["confirmed"]


def test_an_offer_that_ran_out_holds_nobody_up_also_without_a_sweep(
    deeds, full, make, coordinator, company
):
    ola, liv, per = full
    deeds(places.withdraw, ola, by=coordinator)
    after = liv.offer_expires_at + timedelta(hours=1)
    [ida] = deeds.register(full[0].ticket, "Ida Lie", by=coordinator, organisation=company,
                           now=after)  # fmt: skip
    assert deeds.states(liv, per, ida) == ["expired", "offered", "waitlisted"]


def test_while_anybody_waits_newcomers_queue_up_behind(
    deeds, full, event, session, coordinator, company
):
    event.promotion_paused = True
    deeds(places.withdraw, full[0], by=coordinator)
    assert session.scalar(select(Quota.held)) == 0
    [ida] = deeds.register(full[0].ticket, "Ida Lie", by=coordinator, organisation=company)
    assert deeds.states(*full, ida) == ["withdrawn", "waitlisted", "waitlisted", "waitlisted"]
    assert ida.waiting_number == 3


def test_nobody_passes_an_earlier_waiter_with_whom_they_share_a_quota(
    deeds, make, event, company, coordinator, app
):
    stand, dinner = make.Quota(event=event, size=1), make.Quota(event=event, size=5)
    both = make.TicketType(event=event, quotas=[stand, dinner])
    only_dinner = make.TicketType(event=event, quotas=[dinner])
    apart = make.ticket(event, 5)
    ola, liv, per, ida = deeds.register(
        [both, both, only_dinner, apart], "Ola Vik", "Liv Dal", "Per Moe", "Ida Lie",
        by=coordinator, organisation=company,
    )  # fmt: skip
    assert deeds.states(ola, liv, per, ida) == [
        "confirmed", "waitlisted", "waitlisted", "confirmed",
    ]  # fmt: skip
    assert standing(app, liv) == (1, [stand.name_en])
    assert standing(app, per) == (2, [])
    deeds(places.withdraw, liv, by=coordinator)
    assert deeds.states(liv, per) == ["withdrawn", "offered"]


def test_those_who_share_nothing_are_served_past_one_another(
    deeds, make, event, company, coordinator
):
    first, second = make.ticket(event, 1), make.ticket(event, 1)
    ola, liv = deeds.register(
        [first, second], "Ola Vik", "Liv Dal", by=coordinator, organisation=company
    )
    per, ida = deeds.register(
        [first, second], "Per Moe", "Ida Lie", by=coordinator, organisation=company
    )
    deeds(places.withdraw, liv, by=coordinator)
    assert deeds.states(per, ida) == ["waitlisted", "offered"]


def test_more_places_go_to_those_who_wait_and_fewer_than_held_there_cannot_be(
    deeds, full, staff, coordinator, session
):
    quota = session.scalar(select(Quota))
    deeds(places.resize, quota, 2, by=staff)
    assert deeds.states(*full) == ["confirmed", "offered", "waitlisted"]
    with pytest.raises(Refused, match="More places are held"):
        deeds(places.resize, quota, 1, by=staff)
    deeds(places.resize, quota, None, by=staff)
    assert deeds.states(*full) == ["confirmed", "offered", "offered"]
    with pytest.raises(NotAllowed):
        deeds(places.resize, quota, 9, by=coordinator)


def test_while_offers_are_paused_staff_offer_by_hand_and_never_out_of_turn(
    deeds, full, event, staff, coordinator
):
    ola, liv, per = full
    event.promotion_paused = True
    deeds(places.withdraw, ola, by=coordinator)
    with pytest.raises(Refused, match="waits longer"):
        deeds(places.offer, per, by=staff)
    with pytest.raises(NotAllowed):
        deeds(places.offer, liv, by=coordinator)
    deeds(places.offer, liv, by=staff)
    with pytest.raises(Refused, match="Every place"):
        deeds(places.offer, per, by=staff)
    with pytest.raises(Refused, match="cannot be done now"):
        deeds(places.offer, liv, by=staff)


def test_after_registration_has_closed_nothing_is_offered_by_itself(
    deeds, full, event, coordinator, staff
):
    ola, liv, per = full
    after = event.registration_closes_at
    deeds(places.withdraw, ola, by=coordinator, now=after)
    assert deeds.states(liv) == ["waitlisted"]
    deeds(places.offer, liv, by=staff, now=after)
    assert deeds.states(liv) == ["offered"]


def test_an_offer_ends_with_the_event_at_the_latest(deeds, full, event, coordinator, session):
    event.offer_hours = 24 * 365
    deeds(places.withdraw, full[0], by=coordinator)
    session.refresh(event)
    assert full[1].offer_expires_at == event.ends_at


def test_an_event_that_is_moved_shortens_the_offers_that_would_outlast_it(
    deeds, full, event, coordinator, staff, session
):
    event.offer_hours = 24 * 365
    deeds(places.withdraw, full[0], by=coordinator)
    sooner = event.ends_at - timedelta(days=2)
    names = ("starts_at", "zone", "place", "country")
    to = Relocation(ends_at=sooner, **{name: getattr(event, name) for name in names})
    deeds(events.move_event, event, to, reason="Strike", version=event.version, by=staff)
    session.refresh(full[1])
    assert full[1].offer_expires_at == sooner
    assert deeds.past(full[1])[-1] == ("shorten", "offered")
    assert deeds.letters_to(full[1].email)[-1].startswith("Answer by ")
    with pytest.raises(Refused, match="This event is over"):
        deeds(places.accept, full[1], by=coordinator, now=sooner)


def test_who_waits_sees_their_position_and_which_quota_is_full(deeds, full, app, coordinator):
    ola, liv, per = full
    names = [quota.name_en for quota in liv.ticket.quotas]
    assert standing(app, liv) == (1, names)
    assert standing(app, per) == (2, names)
    deeds(places.withdraw, liv, by=coordinator)
    assert standing(app, per) == (1, names)


def test_who_withdraws_and_registers_again_is_a_new_row_at_the_end(
    deeds, full, coordinator, company
):
    ola, liv, per = full
    deeds(places.withdraw, liv, by=coordinator)
    [again] = deeds.register(ola.ticket, "Liv Dal", by=coordinator, organisation=company)
    assert again.id != liv.id
    assert again.waiting_number == 3


def test_numbers_against_quotas_and_what_is_left_of_each_ticket(deeds, full, event, make, app):
    free = make.ticket(event, 4, None)
    boundless = make.ticket(event, None)
    deeds.session.commit()
    with app.app_context(), unit(writing=False):
        left = places_left(event.id)
        numbers = by_quota(event.id)
    of_full = left[full[0].ticket_id]
    assert (of_full.places, of_full.waited_for, of_full.goes_to_list) == (0, True, True)
    assert (left[free.id].places, left[free.id].goes_to_list) == (4, False)
    assert (left[boundless.id].places, left[boundless.id].goes_to_list) == (None, False)
    first = next(each for each in numbers if each.id == full[0].ticket.quotas[0].id)
    assert (first.size, first.held, first.waiting, first.confirmed) == (1, 1, 2, 1)


def test_who_is_kept_back_keeps_those_back_who_wait_for_their_other_places(
    deeds, make, event, company, coordinator, staff
):
    dinner, hall = make.Quota(event=event, size=1), make.Quota(event=event, size=1)
    both = make.TicketType(event=event, quotas=[dinner, hall])
    only = {at: make.TicketType(event=event, quotas=[at]) for at in (dinner, hall)}
    names = ["Ola Vik", "Liv Dal", "Per Moe", "Ann Eng", "Ivar Li", "Siv Aas"]
    # Both are full. Then, in this order: for the hall, for dinner, for both, for dinner.
    kinds = [only[dinner], only[hall], only[hall], only[dinner], both, only[dinner]]
    going = deeds.register(kinds, *names, by=coordinator, organisation=company)
    deeds(places.resize, dinner, 100, by=staff)
    assert deeds.states(*going) == [
        "confirmed", "confirmed", "waitlisted", "offered", "waitlisted", "waitlisted",
    ]  # fmt: skip

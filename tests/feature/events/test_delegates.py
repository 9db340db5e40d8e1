"""What can be done on the page of a delegate, by whom."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.models import Delegate, DelegateState, OutgoingMail, VatCode

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)
S = DelegateState


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


@pytest.fixture
def ticket(make):
    event = make.Event(
        slug="ibc",
        starts_at=NOW + timedelta(days=90),
        registration_opens_at=NOW - timedelta(days=1),
        registration_closes_at=NOW + timedelta(days=60),
    )
    return make.ticket(event, 3, name_en="Exhibitor")


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys AS")


@pytest.fixture
def anna(make, company):
    return make.colleague(company, "member", name="Anna", email="anna@nordlys.no")


@pytest.fixture
def boss(make, company):
    return make.colleague(company, "representative", name="Berit", email="berit@nordlys.no")


def state_of(session, delegate):
    session.refresh(delegate)
    return delegate.state


def offered(make, ticket, company, anna):
    """A place that is held for a day."""
    given = {"organisation": company, "person": anna, "name": "Anna", "email": "anna@nordlys.no"}
    return make.delegate(ticket, "offered", **given)


def confirmed(make, ticket, company, anna):
    return make.delegate(
        ticket, organisation=company, person=anna, name="Anna", email="anna@nordlys.no"
    )


def test_an_offered_place_is_accepted_by_whom_it_is_for(
    browser, make, session, ticket, company, anna
):
    place = offered(make, ticket, company, anna)
    browser.sign_in(anna, now=NOW)
    page = browser.get("events.delegate", id=place.id)
    assert "Wednesday 2 June 2027 at 11:00" in page.select_one(".panel").text
    browser.press("events.delegate", "Accept the place", id=place.id)
    assert state_of(session, place) is S.CONFIRMED


def test_an_offer_that_has_ended_cannot_be_accepted(
    browser, make, session, at, ticket, company, boss, anna
):
    place = offered(make, ticket, company, anna)
    browser.sign_in(boss, now=NOW + timedelta(hours=20))
    at(NOW + timedelta(hours=24))
    browser.send("events.accept", expect=409, id=place.id)
    assert state_of(session, place) in {S.OFFERED, S.EXPIRED}


def test_a_declined_place_goes_to_the_next(browser, make, session, ticket, company, boss, anna):
    ticket.quotas[0].size = 1
    place = offered(make, ticket, company, anna)
    waiter = make.delegate(ticket, "waitlisted")
    browser.sign_in(boss, now=NOW)
    browser.press("events.delegate", "Decline the place", id=place.id)
    assert state_of(session, place) is S.WITHDRAWN
    assert state_of(session, waiter) is S.OFFERED


def test_whoever_withdraws_gives_the_place_back(browser, make, session, ticket, company, anna):
    place = confirmed(make, ticket, company, anna)
    browser.sign_in(anna, now=NOW)
    browser.press("events.delegate", "Withdraw the registration", id=place.id)
    assert state_of(session, place) is S.WITHDRAWN
    session.refresh(ticket.quotas[0])
    assert ticket.quotas[0].held == 0
    page = browser.get("events.delegate", id=place.id)
    assert not page.select("main form")


def test_a_place_is_given_to_a_colleague(browser, make, session, ticket, company, boss, anna):
    place = confirmed(make, ticket, company, anna)
    cato = make.colleague(company, "member", name="Cato", email="cato@nordlys.no", phone="12345678")
    browser.sign_in(boss, now=NOW)
    page = browser.get("events.substitute", id=place.id)
    offered_names = [option.text for option in page.select("#who option")]
    assert offered_names == ["Choose, or write a name", "Berit", "Cato"]
    browser.fill("events.substitute", {"who": str(cato.id)}, id=place.id)
    session.refresh(place)
    assert (place.name, place.email, place.person_id) == ("Cato", "cato@nordlys.no", cato.id)
    assert (place.replaced_name, place.state) == ("Anna", S.CONFIRMED)
    assert "Comes instead of" in browser.get("events.delegate", id=place.id).text
    session.refresh(ticket.quotas[0])
    assert ticket.quotas[0].held == 1


def test_a_place_is_given_to_somebody_we_do_not_know(
    browser, make, session, ticket, company, boss, anna
):
    place = confirmed(make, ticket, company, anna)
    make.delegate(ticket, email="taken@x.no")
    browser.sign_in(boss, now=NOW)
    page = browser.fill("events.substitute", {"name": "Dag"}, expect=422, id=place.id)
    assert "Write the e-mail address." in page.select_one("#email-error").text
    taken = {"name": "Dag", "email": "taken@x.no"}
    page = browser.fill("events.substitute", taken, expect=422, id=place.id)
    assert "registered for this event already" in page.select_one("#email-error").text
    browser.fill("events.substitute", {"name": "Dag", "email": "dag@x.no"}, id=place.id)
    session.refresh(place)
    assert (place.name, place.person_id) == ("Dag", None)


def test_the_ticket_is_changed_when_the_other_has_room(
    browser, make, session, ticket, company, boss, anna
):
    place = confirmed(make, ticket, company, anna)
    other, full = make.ticket(ticket.event, 1), make.ticket(ticket.event, 0)
    browser.sign_in(boss, now=NOW)
    page = browser.fill("events.change_ticket", {"ticket_id": str(full.id)}, expect=409,
                        id=place.id)  # fmt: skip
    assert "You keep the ticket you have." in page.text
    browser.fill("events.change_ticket", {"ticket_id": str(other.id)}, id=place.id)
    session.refresh(place)
    assert place.ticket_id == other.id


def test_details_are_corrected_by_the_delegate(browser, make, session, ticket, company, anna):
    place = confirmed(make, ticket, company, anna)
    browser.sign_in(anna, now=NOW)
    browser.fill("events.correct", {"name": "Anna Ås", "title": "CTO", "phone": "1 2"}, id=place.id)
    session.refresh(place)
    assert (place.name, place.title, place.phone) == ("Anna Ås", "CTO", "1 2")
    browser.get("events.substitute", expect=403, id=place.id)
    browser.get("events.change_ticket", expect=403, id=place.id)


def test_others_find_nothing(browser, make, ticket, company, anna):
    place = confirmed(make, ticket, company, anna)
    for somebody in (
        make.colleague(company, "member"), make.colleague(make.Organisation()),
        make.staff("programmes"),
    ):  # fmt: skip
        browser.sign_in(somebody, now=NOW)
        browser.get("events.delegate", expect=404, id=place.id)
        browser.send("events.withdraw", expect=404, id=place.id)
        browser.get("events.calendar_entry", expect=404, id=place.id)


def test_the_team_approves_into_a_place_or_onto_the_list(browser, make, session, ticket):
    ticket.quotas[0].size = 1
    first, second = make.delegate(ticket, "requested"), make.delegate(ticket, "requested")
    browser.sign_in(make.staff("events"), now=NOW)
    browser.press("events.delegate", "Approve", id=first.id)
    browser.press("events.delegate", "Approve", id=second.id)
    assert state_of(session, first) is S.CONFIRMED
    assert state_of(session, second) is S.WAITLISTED


def test_the_team_refuses_and_cancels_with_a_reason(browser, make, session, ticket):
    asking, going = make.delegate(ticket, "requested"), make.delegate(ticket)
    browser.sign_in(make.staff("events"), now=NOW)
    page = browser.fill("events.reject", {"reason": ""}, expect=422, id=asking.id)
    assert "Write a sentence that they will understand." in page.text
    browser.fill("events.reject", {"reason": "Too many of you."}, id=asking.id)
    browser.fill("events.cancel", {"reason": "No badge."}, id=going.id)
    assert state_of(session, asking) is S.REJECTED
    assert state_of(session, going) is S.CANCELLED
    assert "No badge." in browser.get("events.delegate", id=going.id).text
    assert "Nothing awaits approval here." in browser.get("events.reject", id=going.id).text


def test_the_team_offers_in_turn_and_registers_again(browser, make, session, ticket):
    ticket.event.promotion_paused = True
    first, second = make.delegate(ticket, "waitlisted"), make.delegate(ticket, "waitlisted")
    gone = make.delegate(ticket, "withdrawn", email="gone@x.no")
    browser.sign_in(make.staff("events"), now=NOW)
    browser.send("events.offer", expect=409, id=second.id)
    browser.send("events.offer", id=first.id)
    assert state_of(session, first) is S.OFFERED
    browser.press("events.reinstate", "Register again", id=gone.id)
    again = session.scalars(select(Delegate).where(Delegate.email == "gone@x.no")).all()
    assert sorted(each.state.value for each in again) == ["waitlisted", "withdrawn"]


def test_what_happens_is_told_by_e_mail(browser, make, session, ticket, company, boss, anna):
    place = confirmed(make, ticket, company, anna)
    browser.sign_in(boss, now=NOW)
    browser.send("events.withdraw", id=place.id)
    assert "anna@nordlys.no" in session.scalars(select(OutgoingMail.recipient)).all()
    assert (
        "Registration withdrawn"
        in browser.get("events.delegate", id=place.id).select_one(".timeline").text
    )


def test_who_is_registered_again_gives_the_reference_that_the_ticket_needs_now(
    browser, make, session, ticket, company
):
    place = make.delegate(ticket, "withdrawn", name="Liv", email="liv@x.no", organisation=company)
    browser.sign_in(make.staff("events"), now=NOW)
    assert not browser.get("events.reinstate", id=place.id).select("#purchase_reference")
    ticket.price_ore, ticket.vat_code = 100, VatCode.ZERO
    ticket.needs_purchase_reference = True
    session.commit()
    page = browser.get("events.delegate", id=place.id)
    assert page.find("a", string="Register again")["href"].endswith("/reinstate")
    page = browser.fill("events.reinstate", {}, expect=422, id=place.id)
    assert "Give the reference" in page.select_one("#purchase_reference-error").text
    browser.fill("events.reinstate", {"purchase_reference": "PO 7"}, id=place.id)
    again = session.scalar(select(Delegate).where(Delegate.email == "liv@x.no").order_by(
        Delegate.id.desc()))  # fmt: skip
    assert again.state is DelegateState.CONFIRMED
    assert again.registration.purchase_reference == "PO 7"
    page = browser.get("events.reinstate", id=again.id)
    assert "has not ended" in page.select_one(".banner--wait").text


def test_why_somebody_cannot_be_registered_again_is_said(browser, make, ticket, company):
    given = {"name": "Liv", "email": "liv@x.no", "organisation": company}
    place = make.delegate(ticket, "withdrawn", **given)
    make.delegate(ticket, **given)
    browser.sign_in(make.staff("events"), now=NOW)
    page = browser.fill("events.reinstate", {}, expect=422, id=place.id)
    assert "registered for this event already" in page.select_one(".errors").text

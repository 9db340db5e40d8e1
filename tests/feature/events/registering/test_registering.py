"""People are registered, several in one go, and told at once how each stands."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.models import Delegate, DelegateState, PersonVisibility, Reach, Registration
from tests.feature.events.registering.conftest import NOW, named


def statuses(page):
    rows = page.select("main .rows li")
    return {row.a.text: row.select_one(".status").text for row in rows}


def test_several_people_are_registered_in_one_go(browser, make, session, boss, company, ticket):
    kari = make.colleague(company, "member", name="Kari Colleague", phone="99887766")
    session.add(PersonVisibility(person_id=kari.id, phone=Reach.MEMBERS))
    answers = {"people-0-who": str(kari.id)} | named(1, "Ola Guest", "OLA@guest.example")
    browser.fill("events.register", answers, slug="ibc")
    page = browser.open("GET", browser.response.headers["Location"])
    assert statuses(page) == {"Kari Colleague": "Confirmed", "Ola Guest": "Confirmed"}
    registration = session.scalar(select(Registration))
    assert registration.organisation_id == company.id
    assert registration.registered_by_id == boss.id
    first, second = sorted(registration.delegates, key=lambda each: each.name)
    assert (first.email, first.person_id, first.phone) == (kari.email, kari.id, "99887766")
    assert (second.email, second.person_id) == ("ola@guest.example", None)


def test_whoever_finds_no_place_reads_their_position_and_why(browser, make, boss, ticket):
    make.delegate(ticket)
    people = {}
    for row, name in enumerate(("Anna", "Bo", "Cato")):
        people |= named(row, name, f"{name.lower()}@nordlys.no")
    browser.fill("events.register", people, slug="ibc")
    page = browser.open("GET", browser.response.headers["Location"])
    assert statuses(page) == {
        "Anna": "Confirmed", "Bo": "On the waiting list", "Cato": "On the waiting list",
    }  # fmt: skip
    told = page.select_one("main").text
    assert "Number 1 on the waiting list. Every place of “Places on the stand” is held." in told
    assert "Number 2 on the waiting list." in told
    bo = page.find("a", string="Bo")["href"]
    assert "Number 1 on the waiting list." in browser.open("GET", bo).select_one(".lead").text


def test_where_approval_is_asked_for_everybody_awaits_it(browser, event, boss, ticket):
    event.needs_approval = True
    page = browser.get("events.register", slug="ibc")
    assert "No place is held before that." in page.select_one(".banner").text
    browser.fill("events.register", named(0, "Anna", "anna@nordlys.no"), slug="ibc")
    page = browser.open("GET", browser.response.headers["Location"])
    assert statuses(page) == {"Anna": "Awaiting approval"}
    assert "No place is held yet." in page.text


def test_a_row_is_added_by_a_button_and_what_was_typed_stays(browser, boss, ticket):
    page = browser.get("events.register", slug="ibc")
    assert [each.text for each in page.select("legend")] == ["Person 1", "Person 2", "Person 3"]
    answers = named(0, "Half", "not an address") | {"add": "1"}
    page = browser.fill("events.register", answers, expect=200, slug="ibc")
    assert len(page.select("legend")) == 4
    assert page.select_one("#people-0-name")["value"] == "Half"
    assert not page.select(".error")


@pytest.mark.parametrize("endpoint", ["events.register", "events.register_for"])
def test_enter_in_a_row_registers_and_adds_no_row(browser, make, boss, ticket, endpoint):
    if endpoint == "events.register_for":
        browser.sign_in(make.staff("events"), now=NOW)
    page = browser.get(endpoint, slug="ibc")
    form = page.select_one("#people-0-name").find_parent("form")
    pressed = form.select("button:not([type=button])")[0]  # as browsers choose it
    assert not pressed.has_attr("name")
    assert (pressed["tabindex"], pressed["aria-hidden"]) == ("-1", "true"), "nobody meets it twice"
    page = browser.fill(endpoint, named(0, "Half", "half@"), expect=422, slug="ibc")
    assert page.select_one("#people-0-name")["value"] == "Half"
    assert page.select_one("#people-0-email")["value"] == "half@"


def test_rows_end_somewhere(browser, boss, ticket):
    answers = {"rows": "20", "add": "1"}
    page = browser.send("events.register", answers, expect=200, slug="ibc")
    assert len(page.select("legend")) == 20
    assert not page.select("button[name=add]")
    for odd in ("-1", "999", "x", "²"):
        browser.send("events.register", {"rows": odd, "add": "1"}, expect=200, slug="ibc")


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({}, "people-0-who", "Say who is to be registered."),
        (named(0, "", "a@b.no"), "people-0-name", "Write the name."),
        (named(1, "Anna", ""), "people-1-email", "Write the e-mail address."),
        (named(1, "Anna", "anna"), "people-1-email", "Write a whole e-mail address"),
    ],
)
def test_a_half_row_is_told_at_its_field(browser, session, boss, ticket, answers, field, said):
    page = browser.fill("events.register", answers, expect=422, slug="ibc")
    assert said in page.select_one(f"#{field}-error").text
    assert session.scalar(select(func.count(Delegate.id))) == 0


def test_a_ticket_that_was_chosen_for_nobody_is_not_left_out(browser, make, boss, event, ticket):
    other = make.ticket(event, 2, name_en="Visitor")
    answers = named(0, "Anna", "anna@nordlys.no", ticket_id=ticket.id)
    answers |= {"people-1-ticket_id": other.id}
    page = browser.fill("events.register", answers, expect=422, slug="ibc")
    assert "Write the name." in page.select_one("#people-1-name-error").text
    assert "Person 2, Name: Write the name." in page.select_one(".errors").text


def test_whoever_chooses_a_colleague_need_not_mind_what_was_typed_before(
    browser, make, session, boss, company, ticket
):
    kari = make.colleague(company, "member", name="Kari Colleague")
    answers = {"people-0-who": str(kari.id)} | named(0, "Ka", "half an address")
    browser.fill("events.register", answers, slug="ibc")
    assert session.scalar(select(Delegate.name)) == "Kari Colleague"


def test_too_many_of_one_organisation_lose_nothing_that_was_typed(browser, event, boss, ticket):
    event.max_per_organisation = 1
    people = named(0, "Anna", "anna@nordlys.no") | named(1, "Bo", "bo@nordlys.no")
    page = browser.fill("events.register", people, expect=422, slug="ibc")
    assert "One organisation can register at most 1 people" in page.select_one(".errors").text
    assert page.select_one("#people-1-name")["value"] == "Bo"


def test_what_only_the_deed_can_find_is_told_in_the_right_row(browser, make, boss, ticket):
    make.delegate(ticket, email="taken@nordlys.no")
    people = named(0, "Anna", "anna@nordlys.no") | named(2, "Taken", "taken@nordlys.no")
    page = browser.fill("events.register", people, expect=422, slug="ibc")
    assert "registered for this event already" in page.select_one("#people-2-email-error").text
    assert page.select_one("#people-0-name")["value"] == "Anna"


def test_the_same_form_sent_twice_registers_once(browser, session, boss, ticket):
    token = browser.get("events.register", slug="ibc").select_one("[name=client_token]")["value"]
    answers = named(0, "Anna", "anna@nordlys.no") | {"client_token": token}
    browser.fill("events.register", answers, slug="ibc")
    first = browser.response.headers["Location"]
    browser.fill("events.register", answers, slug="ibc")
    assert browser.response.headers["Location"] == first
    assert session.scalar(select(func.count(Delegate.id))) == 1


def test_a_reference_is_asked_for_where_there_is_a_price(browser, session, boss, ticket):
    ticket.price_ore, ticket.vat_code = 450_000, "standard"
    page = browser.get("events.register", slug="ibc")
    assert not page.select("#purchase_reference")
    ticket.needs_purchase_reference = True
    people = named(0, "Anna", "anna@nordlys.no")
    page = browser.fill("events.register", people, expect=422, slug="ibc")
    assert "Give the reference" in page.select_one("#purchase_reference-error").text
    browser.fill("events.register", people | {"purchase_reference": "PO 7"}, slug="ibc")
    assert session.scalar(select(Registration.purchase_reference)) == "PO 7"
    page = browser.open("GET", browser.response.headers["Location"])
    assert "NOK 4,500 excluding VAT" in page.text


def test_a_member_registers_oneself_alone(browser, make, session, company, ticket):
    member = make.colleague(company, "member", name="Mona Member", email="mona@nordlys.no")
    browser.sign_in(member, now=NOW)
    page = browser.get("events.register", slug="ibc")
    assert not page.select("[name$='-email'], [name$='-who']")
    browser.fill("events.register", slug="ibc")
    delegate = session.scalar(select(Delegate))
    assert (delegate.person_id, delegate.email) == (member.id, "mona@nordlys.no")
    again = browser.fill("events.register", expect=422, slug="ibc")
    said = again.select_one(".errors").text
    assert "Ticket: You are registered for this event already." in said
    assert "Person 1" not in again.text


def test_a_member_cannot_send_colleagues_past_the_form(browser, make, session, company, ticket):
    browser.sign_in(make.colleague(company, "member"), now=NOW)
    page = browser.get("events.register", slug="ibc")
    token = page.select_one("[name=client_token]")["value"]
    answers = named(0, "Anna", "anna@nordlys.no", ticket_id=str(ticket.id))
    browser.send("events.register", answers | {"client_token": token, "rows": "1",
                 "acting_for": str(company.id)}, slug="ibc")  # fmt: skip
    assert session.scalars(select(Delegate.email)).all() != ["anna@nordlys.no"]


def test_nobody_registers_for_an_organisation_that_is_not_theirs(
    browser, make, session, boss, ticket
):
    page = browser.get("events.register", slug="ibc")
    token = page.select_one("[name=client_token]")["value"]
    answers = named(0, "Anna", "anna@x.no", ticket_id=str(ticket.id), who="")
    sent = answers | {"client_token": token, "rows": "1",
                      "acting_for": str(make.Organisation().id)}  # fmt: skip
    browser.send("events.register", sent, expect=422, slug="ibc")
    assert session.scalar(select(func.count(Delegate.id))) == 0


def test_registration_is_closed_to_the_second(browser, at, event, boss, ticket):
    at(event.registration_closes_at - timedelta(seconds=1))
    browser.sign_in(boss, now=NOW + timedelta(days=59, hours=23))
    assert browser.get("events.register", slug="ibc").select("#people-0-name")
    at(event.registration_closes_at)
    page = browser.get("events.register", slug="ibc")
    assert "Registration closed on" in page.select_one(".banner").text
    answers = named(0, "Anna", "anna@x.no", ticket_id=str(ticket.id), who="")
    browser.send("events.register", answers | {"client_token": "a" * 30, "rows": "1",
                 "acting_for": str(boss_company(boss))}, expect=409, slug="ibc")  # fmt: skip


def boss_company(boss):
    from sqlalchemy.orm import object_session  # noqa: PLC0415 - one use

    from portal.models import Affiliation  # noqa: PLC0415 - one use

    found = select(Affiliation.organisation_id).where(Affiliation.person_id == boss.id)
    return object_session(boss).scalar(found)


def test_an_event_for_some_tiers_turns_others_away(browser, make, event, boss, ticket):
    event.tiers = [make.MembershipTier()]
    people = named(0, "Anna", "anna@nordlys.no")
    page = browser.fill("events.register", people, expect=409, slug="ibc")
    assert "for members of other kinds" in page.text


def test_staff_register_on_behalf_in_turn_and_after_the_window(
    browser, make, session, at, event, company, ticket
):
    browser.sign_in(make.staff("events"), now=NOW + timedelta(days=70))
    at(event.registration_closes_at + timedelta(days=10))
    make.delegate(ticket, "waitlisted")
    people = named(0, "Anna", "anna@nordlys.no")
    page = browser.fill("events.register_for", people | {"organisation": "Nobody AS"}, expect=422,
                        slug="ibc")  # fmt: skip
    assert "We know no organisation “Nobody AS”." in page.text
    browser.fill("events.register_for", people | {"organisation": "nordlys as"}, slug="ibc")
    anna = session.scalar(select(Delegate).where(Delegate.email == "anna@nordlys.no"))
    assert (anna.organisation_id, anna.state) == (company.id, DelegateState.WAITLISTED)


def test_staff_without_an_organisation_find_their_own_form(browser, make, event, ticket):
    browser.sign_in(make.staff("events"), now=NOW)
    browser.get("events.register", expect=403, slug="ibc")
    page = browser.get("events.event", slug="ibc")
    assert page.select_one("aside .btn-primary")["href"] == "/events/ibc/register-for"


def test_strangers_and_people_of_nowhere_do_not_register(browser, make, event, ticket):
    browser.send("events.register", {}, expect=401, slug="ibc")
    browser.sign_in(make.Person(), now=NOW)
    browser.get("events.register", expect=403, slug="ibc")

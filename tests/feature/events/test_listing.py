"""The delegates of an event as the team filters, saves, approves and writes to them."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.models import DelegateState, OutgoingMail
from tests.support.statements import heard

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
    found = make.ticket(event, 3, name_en="Exhibitor")
    found.quotas[0].name_en = "Stand"
    return found


@pytest.fixture
def team(browser, make):
    somebody = make.staff("events")
    browser.sign_in(somebody, now=NOW)
    return somebody


@pytest.fixture
def crowd(make, ticket):
    """Four delegates who differ in all that the list can be narrowed by."""
    visitor = make.ticket(ticket.event, None, name_en="Visitor")
    firms = {name: make.Organisation(display_name=name) for name in ("Zeta", "Alfa")}
    return {
        "Åse": make.delegate(ticket, name="Åse", organisation=firms["Alfa"]),
        "Bo": make.delegate(ticket, "requested", name="Bo", organisation=firms["Zeta"]),
        "Cato": make.delegate(visitor, "waitlisted", name="Cato", organisation=firms["Zeta"]),
        "Dina": make.delegate(ticket, "offered", name="Dina", organisation=firms["Alfa"]),
    }


def names(page):
    return [link.text for link in page.select("main tbody a")]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ["Bo", "Cato", "Dina", "Åse"]),
        ({"sort": "-name"}, ["Åse", "Dina", "Cato", "Bo"]),
        ({"sort": "organisation"}, ["Åse", "Dina", "Bo", "Cato"]),
        ({"sort": "age"}, ["Åse", "Bo", "Cato", "Dina"]),
        ({"sort": "-age"}, ["Dina", "Cato", "Bo", "Åse"]),
        ({"sort": "anything", "state": "nothing", "ticket": "none"}, ["Bo", "Cato", "Dina", "Åse"]),
        ({"state": "requested"}, ["Bo"]),
        ({"q": "Å"}, ["Åse"]),
        ({"q": "c"}, ["Cato"]),
        ({"q": "ato"}, []),
        ({"q": "d", "state": "offered", "sort": "age"}, ["Dina"]),
        ({"mark": "nonsense"}, ["Bo", "Cato", "Dina", "Åse"]),
    ],
)
def test_the_list_is_filtered_and_sorted(browser, crowd, team, given, found):
    assert names(browser.get("events.delegates", slug="ibc", **given)) == found


def test_those_who_wait_stand_in_the_order_in_which_they_wait(browser, make, ticket, team):
    for name in ("Zara", "Adam", "Mona"):
        make.delegate(ticket, "waitlisted", name=name)
    page = browser.get("events.delegates", slug="ibc", state="waitlisted", sort="name")
    assert names(page) == ["Zara", "Adam", "Mona"]
    assert "In the order in which they wait." in page.text
    page = browser.get("events.delegates", slug="ibc", sort="waiting")
    assert names(page) == ["Adam", "Mona", "Zara"]


def test_the_list_is_filtered_by_ticket(browser, crowd, team):
    page = browser.get("events.delegates", slug="ibc", ticket=crowd["Cato"].ticket_id)
    assert names(page) == ["Cato"]
    assert page.select_one("#ticket option[selected]").text == "Visitor"


def test_the_numbers_stand_against_the_quotas(browser, crowd, team):
    page = browser.get("events.delegates", slug="ibc")
    stand = page.select_one(".grid .panel").get_text(" ", strip=True)
    assert "Stand" in stand
    assert "2 of 3" in stand
    assert "Waiting: 0. Awaiting approval: 1. Offered: 1." in stand
    assert "4 of 4 shown" in page.text


def test_an_empty_list_says_what_to_do(browser, ticket, team):
    assert "Nobody is registered yet." in browser.get("events.delegates", slug="ibc").text
    assert "No delegate fits." in browser.get("events.delegates", slug="ibc", q="zz").text


@pytest.mark.parametrize("sort", ["name", "-name", "organisation", "-organisation", "age", "-age"])
def test_everybody_is_on_one_page_and_on_one_only(browser, make, ticket, team, sort):
    firm = make.Organisation()
    for number in range(60):
        make.delegate(ticket, "requested", name=f"Twin {number // 4}", organisation=firm)
    page, seen = browser.get("events.delegates", slug="ibc", sort=sort), []
    while True:
        seen.append([box["value"] for box in page.select("[name=ids]")])
        following = page.select_one("a[rel=next]")
        if following is None:
            break
        page = browser.open("GET", following["href"])
    assert [len(each) for each in seen] == [25, 25, 10]
    assert len({id for each in seen for id in each}) == 60
    page = browser.open("GET", page.select_one("a[rel=prev]")["href"])
    assert [box["value"] for box in page.select("[name=ids]")] == seen[1]


def test_the_list_costs_the_same_however_many_there_are(browser, make, session, ticket, team):
    asked = []
    for _round in range(2):
        for _number in range(6):
            make.delegate(ticket, "requested")
        session.commit()
        with heard() as statements:
            browser.get("events.delegates", slug="ibc")
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 8


def test_those_who_are_ticked_are_approved_in_turn(browser, make, session, ticket, team, crowd):
    late = make.delegate(ticket, "requested", name="Late")
    ids = [str(crowd[name].id) for name in ("Bo", "Åse")] + [str(late.id)]
    browser.send("events.deal_with_ticked", {"ids": ids, "deed": "approve"}, slug="ibc")
    session.refresh(late)
    assert (crowd["Bo"].state, late.state) == (S.CONFIRMED, S.WAITLISTED)
    page = browser.get("events.delegates", slug="ibc")
    assert "1 has a place now. 1 is on the waiting list." in page.select_one("[role=status]").text


def test_without_a_tick_nothing_happens(browser, make, ticket, team, crowd):
    page = browser.send("events.deal_with_ticked", {}, expect=422, slug="ibc")
    assert "Tick those whom you approve" in page.text
    elsewhere = make.delegate(make.ticket(make.Event(), 3), "requested")
    for odd in (str(elsewhere.id), "x", ""):
        browser.send("events.deal_with_ticked", {"ids": odd}, expect=422, slug="ibc")


def test_those_who_are_ticked_are_written_to(browser, session, ticket, team, crowd):
    ids = [str(crowd[name].id) for name in ("Bo", "Åse")]
    browser.send("events.deal_with_ticked", {"ids": ids, "deed": "write"}, slug="ibc")
    where = browser.response.headers["Location"]
    assert "csrf" not in where
    page = browser.open("GET", where)
    assert [box["value"] for box in page.select("[name=ids]") if box.has_attr("checked")] == ids
    words = {"subject": "Bring a coat", "text": "It is cold.\nTruly.", "ids": ids}
    browser.send("events.message_delegates", words, slug="ibc")
    mails = session.scalars(select(OutgoingMail)).all()
    assert {mail.recipient for mail in mails} == {crowd["Bo"].email, crowd["Åse"].email}
    assert all("It is cold." in mail.text for mail in mails)


def test_whoever_is_listed_can_be_written_to(browser, ticket, team, crowd):
    page = browser.get("events.message_delegates", slug="ibc")
    assert [label.text for label in page.select(".form-check-label")] == [
        "Bo, Zeta (Awaiting approval)", "Cato, Zeta (On the waiting list)",
        "Dina, Alfa (Place offered)", "Åse, Alfa (Confirmed)",
    ]  # fmt: skip
    page = browser.get("events.message_delegates", slug="ibc", state="requested")
    assert [label.text for label in page.select(".form-check-label")] == [
        "Bo, Zeta (Awaiting approval)"
    ]  # fmt: skip
    page = browser.get("events.message_delegates", slug="ibc", state="rejected")
    assert page.select(".empty")
    page = browser.fill("events.message_delegates", {"subject": ""}, expect=422, slug="ibc")
    assert "Write what it is about." in page.text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_is_saved_as_a_file(browser, session, ticket, team, crowd, kind):
    crowd["Bo"].name = "=Bo()"
    ticket.price_ore, ticket.vat_code = 450_000, "standard"
    crowd["Bo"].price_ore, crowd["Bo"].vat_code = 450_050, "standard"
    browser.get("events.export_delegates", slug="ibc", kind=kind, state="requested")
    told = browser.response.headers["Content-Disposition"]
    assert told == f"attachment; filename=delegates-ibc.{kind}"
    if kind == "csv":
        heading, row = browser.response.data.decode("utf-8-sig").splitlines()
        cells = row.split(";")
    else:
        sheet = load_workbook(BytesIO(browser.response.data)).active
        heading, cells = ([cell.value for cell in row] for row in sheet.rows)
    assert "E-mail" in heading
    assert cells[0] == "'=Bo()"
    assert cells[4:7] == ["Zeta", "Exhibitor", "Awaiting approval"]
    assert float(cells[7]) == 4500.5

"""Staff make an event, its places and tickets, and publish, move and cancel it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.models import Event, EventState, OutgoingMail, Quota, TicketType

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)
TERMS = {
    "title_en": "Joint stand at IBC", "title_nb": "Fellesstand på IBC",
    "standfirst_en": "Meet buyers with us.", "standfirst_nb": "Møt kjøpere med oss.",
    "place": "Amsterdam", "country": "NL", "zone": "Europe/Amsterdam", "show": "IBC",
    "starts_at": "2027-09-10T10:00", "ends_at": "2027-09-13T18:00",
    "registration_opens_at": "2027-06-01T08:00", "registration_closes_at": "2027-08-20T12:00",
    "offer_hours": "24",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


@pytest.fixture
def team(browser, make):
    somebody = make.staff("events", name="Eva Events")
    browser.sign_in(somebody, now=NOW)
    return somebody


@pytest.fixture
def ibc(make):
    event = make.Event(
        slug="ibc",
        starts_at=datetime(2027, 9, 10, 8, tzinfo=UTC),
        ends_at=datetime(2027, 9, 13, 16, tzinfo=UTC),
        registration_opens_at=NOW - timedelta(days=1),
        registration_closes_at=NOW + timedelta(days=60),
    )
    make.ticket(event, 5, name_en="Exhibitor")
    return event


def test_an_event_goes_from_draft_to_public_without_script(browser, session, team):
    browser.fill("events.make_event", TERMS)
    event = session.scalar(select(Event))
    assert (event.slug, event.state) == ("joint-stand-at-ibc", EventState.DRAFT)
    assert event.starts_at == datetime(2027, 9, 10, 8, tzinfo=UTC)
    assert event.contact_id == team.id
    page = browser.get("events.manage_event", slug=event.slug)
    assert "Add a ticket: nobody could register." in page.select_one(".banner--wait").text
    browser.fill("events.add_quota", {"name_en": "Stand", "name_nb": "Stand", "size": "12"},
                 slug=event.slug)  # fmt: skip
    quota = session.scalar(select(Quota))
    browser.fill(
        "events.add_ticket",
        {"name_en": "Exhibitor", "name_nb": "Utstiller", "price_ore": "4 500,50",
         "vat_code": "standard", "needs_purchase_reference": "y", "quota_ids": str(quota.id)},
        slug=event.slug,
    )  # fmt: skip
    ticket = session.scalar(select(TicketType))
    assert (ticket.price_ore, ticket.needs_purchase_reference) == (450_050, True)
    assert [each.id for each in ticket.quotas] == [quota.id]
    browser.get("events.event", slug=event.slug)
    browser.press("events.manage_event", "Publish", slug=event.slug)
    session.refresh(event)
    assert event.state is EventState.PUBLISHED
    browser.sign_out()
    assert browser.get("events.event", slug=event.slug).h1.text == "Joint stand at IBC"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_at": "2027-09-10T09:00"}, "The event must end after it begins."),
        ({"ends_at": "2028-09-10T09:00"}, "An event lasts at most 60 days."),
        ({"registration_closes_at": "2027-05-01T09:00"}, "Registration must close after it opens."),
        ({"registration_closes_at": "2027-10-01T09:00"}, "Registration must close before"),
        ({"title_nb": ""}, "Write a title in this language."),
        ({"country": "XX"}, "Not a valid choice"),
        ({"offer_hours": "0"}, "Write a number from 1 to 720."),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_field(browser, team, wrong, said):
    page = browser.fill("events.make_event", TERMS | wrong, expect=422)
    assert said in page.select_one(".errors").text
    assert page.select_one("#title_en")["value"] == "Joint stand at IBC"


def test_what_is_wrong_is_told_in_the_order_of_the_page(browser, team):
    empty = dict.fromkeys(["title_nb", "place", "starts_at", "registration_opens_at"], "")
    wrong = empty | {"offer_hours": "0", "alternative_en": "x" * 301, "country": "XX"}
    page = browser.fill("events.make_event", TERMS | wrong, expect=422)
    told = [link["href"][1:] for link in page.select(".errors a")]
    places = [each["id"] for each in page.select("main [id]") if each["id"] in told]
    assert told == places
    assert len(told) == 7


@pytest.mark.parametrize("price", ["much", "-5", "0", "1,234", "1e9", "NaN"])
def test_a_price_is_an_amount_in_kroner(browser, team, ibc, price):
    given = {"name_en": "A", "name_nb": "A", "quota_ids": str(ibc.quotas[0].id), "price_ore": price}
    page = browser.fill("events.add_ticket", given, expect=422, slug="ibc")
    assert "Write an amount in kroner" in page.select_one(".errors").text


def test_a_ticket_needs_a_quota(browser, team, ibc):
    page = browser.fill(
        "events.add_ticket", {"name_en": "A", "name_nb": "A"}, expect=422, slug="ibc"
    )
    assert "Choose at least one." in page.select_one(".errors").text


def test_a_public_event_is_edited_but_for_when_and_where(browser, session, team, ibc):
    page = browser.get("events.edit_event", slug="ibc")
    assert not page.select("#starts_at, #place, #zone")
    browser.fill("events.edit_event", {"title_en": "Another title"}, slug="ibc")
    session.refresh(ibc)
    assert ibc.title_en == "Another title"
    assert ibc.starts_at == datetime(2027, 9, 10, 8, tzinfo=UTC)


def test_two_people_editing_an_event_lose_nothing(browser, another_browser, make, team, ibc):
    another_browser.sign_in(make.staff("events"), now=NOW)
    version = browser.get("events.edit_event", slug="ibc").select_one("[name=edited_version]")
    another_browser.fill("events.edit_event", {"title_en": "Theirs"}, slug="ibc")
    page = browser.fill(
        "events.edit_event",
        {"title_en": "Mine", "edited_version": version["value"]},
        expect=409,
        slug="ibc",
    )
    assert "Theirs" in page.select_one(".theirs").text
    assert page.select_one("#title_en")["value"] == "Mine"


def test_tiers_are_chosen_and_let_go_again(browser, make, session, team, ibc):
    gold, silver = make.MembershipTier(name_en="Gold"), make.MembershipTier(name_en="Silver")
    browser.fill("events.edit_event", {"tier_ids": [str(gold.id), str(silver.id)]}, slug="ibc")
    session.refresh(ibc)
    assert {tier.name_en for tier in ibc.tiers} == {"Gold", "Silver"}
    page = browser.get("events.edit_event", slug="ibc")
    assert len(page.select("[name=tier_ids][checked]")) == 2
    browser.fill("events.edit_event", {"tier_ids": []}, slug="ibc")
    session.refresh(ibc)
    assert ibc.tiers == []


def test_an_event_is_moved_and_calendars_learn_of_it(browser, session, team, ibc):
    browser.fill(
        "events.move_event",
        {"starts_at": "2027-09-17T10:00", "ends_at": "2027-09-20T18:00",
         "reason": "The fair has moved."},
        slug="ibc",
    )  # fmt: skip
    session.refresh(ibc)
    assert ibc.starts_at == datetime(2027, 9, 17, 8, tzinfo=UTC)
    assert ibc.previous_starts_at == datetime(2027, 9, 10, 8, tzinfo=UTC)
    assert ibc.sequence == 1
    assert "The fair has moved." in browser.get("events.manage_event", slug="ibc").text


def test_an_event_is_cancelled_with_a_reason(browser, make, session, team, ibc):
    make.delegate(ibc.tickets[0])
    page = browser.fill("events.cancel_event", {"reason": " "}, expect=422, slug="ibc")
    assert "Write a sentence that delegates will understand." in page.text
    browser.fill("events.cancel_event", {"reason": "No hall."}, slug="ibc")
    session.refresh(ibc)
    assert (ibc.state, ibc.tickets[0].quotas[0].held) == (EventState.CANCELLED, 0)
    page = browser.get("events.cancel_event", slug="ibc")
    assert "Only a public event can be cancelled." in page.text


def test_places_cannot_become_fewer_than_are_held(browser, make, session, team, ibc):
    make.delegate(ibc.tickets[0])
    make.delegate(ibc.tickets[0])
    quota = ibc.tickets[0].quotas[0]
    page = browser.fill("events.edit_quota", {"size": "1"}, expect=422, id=quota.id)
    assert "More places are held than that." in page.select_one(".errors").text
    browser.fill("events.edit_quota", {"size": "2"}, id=quota.id)
    session.refresh(quota)
    assert quota.size == 2


def test_more_places_go_to_those_who_wait(browser, make, session, team, ibc):
    ticket = ibc.tickets[0]
    ticket.quotas[0].size = 0
    waiter = make.delegate(ticket, "waitlisted")
    browser.fill("events.edit_quota", {"size": "1"}, id=ticket.quotas[0].id)
    session.refresh(waiter)
    assert waiter.state.value == "offered"
    assert session.scalars(select(OutgoingMail.recipient)).all()


def test_tickets_and_quotas_are_ordered_renamed_and_removed(browser, make, session, team):
    event = make.Event(slug="draft", draft=True)
    first, second = (make.ticket(event, 1, name_en=name) for name in ("First", "Second"))
    browser.send("events.raise_ticket", id=second.id)
    browser.send("events.raise_quota", id=second.quotas[0].id)
    page = browser.get("events.manage_event", slug="draft")
    names = [link.text for link in page.select("a[href^='/events/tickets/']")]
    assert names == ["Second", "First"]
    browser.fill("events.edit_ticket", {"name_en": "New name"}, id=first.id)
    session.refresh(first)
    assert first.name_en == "New name"
    quota = first.quotas[0]
    browser.send("events.remove_quota", id=quota.id, expect=409)
    browser.send("events.remove_ticket", id=first.id)
    browser.send("events.remove_quota", id=quota.id)
    assert session.scalars(select(TicketType.name_en)).all() == ["Second"]


def test_an_event_is_drafted_again_and_a_draft_is_thrown_away(browser, session, team, ibc):
    browser.send("events.duplicate_event", slug="ibc")
    copy = session.scalar(select(Event).where(Event.state == EventState.DRAFT))
    assert copy.title_en == ibc.title_en
    assert [ticket.name_en for ticket in copy.tickets] == ["Exhibitor"]
    page = browser.get("events.manage")
    assert [link.text for link in page.select("section:first-of-type .rows a")] == [copy.title_en]
    browser.send("events.discard_event", slug=copy.slug)
    assert session.scalars(select(Event.slug)).all() == ["ibc"]


def test_the_list_parts_what_is_public_from_what_is_cancelled(browser, make, team, ibc):
    make.Event(title_en="Called off", state="cancelled", cancelled_at=NOW)

    def listed(**given):
        return [link.text for link in browser.get("events.manage", **given).select("tbody a")]

    assert listed() == [ibc.title_en]
    assert listed(state="cancelled") == ["Called off"]


@pytest.mark.parametrize("who", ["programmes", "membership", "editor"])
def test_other_staff_and_members_run_no_events(browser, make, ibc, who):
    for somebody in (make.staff(who), make.colleague(make.Organisation())):
        browser.sign_in(somebody, now=NOW)
        for endpoint in ("manage", "make_event", "audit"):
            browser.get(f"events.{endpoint}", expect=403)
        for endpoint in ("manage_event", "edit_event", "delegates", "register_for"):
            browser.get(f"events.{endpoint}", expect=403, slug="ibc")
        browser.send("events.cancel_event", {"reason": "Spite."}, expect=403, slug="ibc")


def test_the_audit_finds_nothing_and_says_so(browser, make, session, team, ibc):
    make.delegate(ibc.tickets[0])
    assert "Everything agrees" in browser.fill("events.audit", expect=200).text
    ibc.tickets[0].quotas[0].held = 3
    page = browser.fill("events.audit", expect=200)
    assert "does not agree" in page.text or "do not agree" in page.text


@pytest.mark.parametrize("title", ["Past", "Manage", "New!", "Calendar"])
def test_no_event_stands_where_a_page_of_ours_does(browser, session, team, title):
    browser.fill("events.make_event", TERMS | {"title_en": title})
    event = session.scalar(select(Event))
    assert event.slug == f"{title.lower().strip('!')}-2"
    assert browser.get("events.event", slug=event.slug).h1.text == title

"""What everybody sees of the events."""

from datetime import UTC, datetime

import pytest

NOW = datetime(2027, 6, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _june(at):
    at(NOW)


def titles(page, part="main"):
    return [link.text for link in page.select(f"{part} .rows a")]


def test_events_to_come_stand_in_order_of_their_dates(browser, make, ibc):
    near = {"starts_at": datetime(2027, 6, 20, tzinfo=UTC)}
    make.Event(title_en="Midsummer meet-up", ends_at=datetime(2027, 6, 21, tzinfo=UTC), **near)
    make.Event(title_en="On now", starts_at=datetime(2027, 5, 31, tzinfo=UTC),
               ends_at=datetime(2027, 6, 2, tzinfo=UTC))  # fmt: skip
    make.Event(title_en="Over", starts_at=datetime(2027, 5, 1, tzinfo=UTC),
               ends_at=datetime(2027, 5, 2, tzinfo=UTC))  # fmt: skip
    make.Event(title_en="Secret", draft=True, starts_at=datetime(2027, 7, 1, tzinfo=UTC))
    page = browser.get("events.index")
    assert titles(page) == ["On now", "Midsummer meet-up", "Joint stand at IBC"]
    assert "10 to 13 September 2027 · Amsterdam, Netherlands" in page.text
    assert [when.text for when in page.select(".rows .when")] == [
        "on now", "in 19 days", "in 101 days",
    ]  # fmt: skip
    assert titles(browser.get("events.past")) == ["Over"]


def test_what_is_cancelled_stands_apart(browser, make, ibc):
    make.Event(title_en="Called off", state="cancelled", cancelled_at=NOW,
               starts_at=datetime(2027, 7, 1, tzinfo=UTC))  # fmt: skip
    page = browser.get("events.index")
    assert titles(page) == ["Joint stand at IBC", "Called off"]
    assert page.select_one("section h2").text == "Cancelled"


def test_without_events_the_page_says_where_to_look(browser, session):
    assert browser.get("events.index").select_one(".empty a")["href"] == "/events/past"
    assert browser.get("events.past").select_one(".empty a")["href"] == "/events"


def test_an_event_is_told_in_the_time_of_its_place(browser, ibc):
    page = browser.get("events.event", slug="ibc-2027")
    told = page.select_one("aside").get_text(" ", strip=True)
    assert "Friday 10 September 2027 at 10:00 to Monday 13 September 2027 at 18:00" in told
    assert "(time in Amsterdam)" in told
    assert "Registration closes Friday 20 August 2027 at 12:00" in told
    assert "Amsterdam, Netherlands RAI, hall 5" in told
    assert "Every organisation that has registered here" in told
    assert "ingrid@cluster.example" in told
    assert "in 101 days" in told


@pytest.mark.parametrize(
    ("size", "told"),
    [(12, "12 places left"), (1, "1 place left"), (None, "Places available"),
     (0, "Full. There is a waiting list.")],
)  # fmt: skip
def test_a_ticket_tells_its_price_and_what_is_left_in_words(browser, make, ibc, size, told):
    ibc.tickets[0].quotas[0].size = size
    ticket = browser.get("events.event", slug="ibc-2027").select_one(".rows li")
    assert "NOK 4,500 excluding VAT (25 % VAT)" in ticket.text
    assert ticket.select_one(".status").text == told


def test_a_ticket_that_shares_a_quota_tells_of_all_who_wait_for_it(browser, make, ibc):
    first = ibc.tickets[0]
    first.quotas[0].size = 0
    make.TicketType(event=ibc, name_en="Visitor", quotas=list(first.quotas))
    make.delegate(first, "waitlisted")
    make.delegate(first, "waitlisted")
    page = browser.get("events.event", slug="ibc-2027")
    assert [s.text for s in page.select(".rows .status")] == ["Waiting list: 2 people wait"] * 2
    name = first.quotas[0].name_en
    assert page.text.count(f"They wait for: {name}") == 2


def test_a_ticket_tells_for_which_of_its_quotas_people_wait(browser, make, ibc):
    beds, desks = make.Quota(event=ibc, name_en="Beds"), make.Quota(event=ibc, name_en="Desks")
    both = make.TicketType(event=ibc, name_en="Both", quotas=[beds, desks])
    bed = make.TicketType(event=ibc, name_en="Bed", quotas=[beds])
    make.delegate(bed, "waitlisted")
    page = browser.get("events.event", slug="ibc-2027")
    rows = {row.strong.text: row.text for row in page.select(".rows li")}
    assert "They wait for: Beds" in rows["Bed"]
    assert "They wait for: Beds" in rows[both.name_en]
    assert "Desks" not in page.text
    assert page.text.count("They wait for") == 2
    assert "Free" in page.select(".rows li")[1].text


def test_who_may_register_is_said(browser, make, ibc):
    ibc.tiers = [make.MembershipTier(name_en="Gold"), make.MembershipTier(name_en="Silver", rank=2)]
    ibc.max_per_organisation, ibc.needs_approval = 4, True
    told = browser.get("events.event", slug="ibc-2027").select_one("aside").text
    assert "Gold, Silver" in told
    assert "At most 4 people from each organisation." in told
    assert "The event team approves each registration." in told


def test_a_draft_is_nobodys_business_but_the_teams(browser, make, session):
    make.Event(slug="secret", draft=True)
    browser.get("events.event", slug="secret", expect=404)
    browser.sign_in(make.staff("programmes"))
    browser.get("events.event", slug="secret", expect=404)
    browser.sign_in(make.staff("events"))
    page = browser.get("events.event", slug="secret")
    assert not page.select("script[type='application/ld+json']")
    assert page.select("a[href='/events/secret/manage']")


def test_whoever_reads_is_shown_their_own_way_in(browser, make, ibc):
    def way():
        page = browser.get("events.event", slug="ibc-2027")
        return page.select_one("aside .btn").text, page.select_one("aside .btn")["href"]

    assert way() == ("Sign in to register", "/events/ibc-2027/register")
    browser.sign_in(make.Person())
    assert way() == ("Tell us your organisation", "/organisations/new")
    browser.sign_in(make.Person(verified_at=None))
    assert way()[0] == "Confirm your address"
    browser.sign_in(make.colleague(make.Organisation()))
    assert way() == ("Register", "/events/ibc-2027/register")


def test_nobody_finds_a_way_in_outside_of_the_window(browser, make, at, ibc):
    at(datetime(2027, 8, 20, 10, tzinfo=UTC))
    page = browser.get("events.event", slug="ibc-2027")
    assert not page.select("aside .btn")
    assert "Registration closed on Friday 20 August 2027 at 12:00." in page.select_one("aside").text


def test_a_company_finds_its_people_on_the_page(browser, make, ibc):
    company = make.Organisation()
    boss, member = make.colleague(company), make.colleague(company, "member")
    one = make.delegate(ibc.tickets[0], organisation=company, name="Kari Nordmann")
    make.delegate(ibc.tickets[0], organisation=company, name="Ola Nordmann", person=member)
    make.delegate(ibc.tickets[0], name="A stranger")

    def found():
        page = browser.get("events.event", slug="ibc-2027")
        return [link.text for link in page.select("aside li a")]

    browser.sign_in(boss)
    assert found() == ["Kari Nordmann", "Ola Nordmann"]
    browser.sign_in(member)
    assert found() == ["Ola Nordmann"]
    assert str(one.id) not in browser.response.text


def test_who_cannot_register_anybody_more_is_told_so(browser, make, ibc):
    ibc.max_per_organisation = 13
    company = make.Organisation()
    boss, member = make.colleague(company), make.colleague(company, "member")
    for _number in range(12):
        make.delegate(ibc.tickets[0], organisation=company)

    def way():
        aside = browser.get("events.event", slug="ibc-2027").select_one("aside")
        return [link.text for link in aside.select(".btn")], "as many people" in aside.text

    browser.sign_in(boss)
    assert way() == (["Register more people"], False)
    browser.sign_in(member)
    assert way() == (["Register"], False)
    place = make.delegate(ibc.tickets[0], "requested", organisation=company)
    assert way() == ([], True)
    browser.sign_in(boss)
    assert way() == ([], True)
    place.person = member
    browser.sign_in(member)
    assert way() == ([], False)


def test_lists_say_whose_clock_they_mean_where_it_is_not_ours(browser, make, ibc):
    make.Event(slug="home", zone="Europe/Oslo", starts_at=datetime(2027, 9, 20, tzinfo=UTC))
    page = browser.get("events.index")
    terms = [row.select("p")[1].text for row in page.select(".rows li")]
    assert terms[0] == "Register before 20 Aug 2027, 12:00 (time in Amsterdam)"
    assert terms[1].startswith("Register")
    assert "time in" not in terms[1]


def test_pages_read_in_norwegian_too(browser, ibc):
    browser.language = "nb"
    assert browser.get("events.event", slug="ibc-2027").h1.text == "Fellesstand på IBC"
    assert titles(browser.get("events.index")) == ["Fellesstand på IBC"]

"""An event from its draft to a place that became free; and three colleagues, registered at once."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from portal.core import clock
from portal.models import Delegate, DelegateState, Event
from tests.journeys.visitor import Visitor

STAFF, FIRST, SECOND = "vera@cluster.example", "aud@fjordlys.example", "even@havgap.example"
TITLE = {"en": "Joint stand at IBC", "nb": "Fellesstand på IBC"}
QUOTA = {"en": "Places on the stand", "nb": "Plasser på standen"}
TICKET = {"en": "Exhibitor", "nb": "Utstiller"}


@pytest.fixture
def people(settled, make, known):
    """The event team, and two companies with somebody each."""
    make.staff("events", name="Vera Moe", email=STAFF, **known)
    for company, name, email in (("Fjordlys", "Aud Lie", FIRST), ("Havgap", "Even Moe", SECOND)):
        make.colleague(make.Organisation(display_name=company), name=name, email=email, **known)
    settled.commit()


def day(days: int) -> str:
    return f"{clock.now() + timedelta(days=days):%Y-%m-%dT09:00}"


def draft(vera: Visitor) -> None:
    """From the public list to a draft that lacks what people could register for."""
    vera.sign_in(STAFF)
    vera.go("/events")
    vera.follow("Manage events")
    vera.follow("Draft an event")
    vera.press("Draft event")
    vera.sees("Write a title in this language.")
    for language, name in (("en", "English"), ("nb", "Norwegian")):
        vera.fill(f"Title in {name}", TITLE[language])
        vera.fill(f"In one sentence, in {name}", "RAI, hall 7.")
    vera.fill("Trade show", "IBC")
    vera.page.locator("select[name=zone]").select_option("Europe/Amsterdam")
    vera.page.locator("select[name=country]").select_option("NL")
    vera.fill("Town", "Amsterdam")
    vera.fill("Begins", day(40))
    vera.fill("Ends", day(43))
    vera.fill("Registration opens", day(-1))
    vera.fill("Registration closes", day(30))
    vera.press("Draft event")
    vera.sees("Before you can publish:")


def offer_tickets(vera: Visitor) -> None:
    """One place, and a ticket that takes it; then everybody sees the event."""
    vera.follow("Add a quota")
    vera.fill("Name in English", QUOTA["en"])
    vera.fill("Name in Norwegian", QUOTA["nb"])
    vera.fill("Places", "1")
    vera.press("Save")
    vera.follow("Add a ticket")
    vera.fill("Name in English", TICKET["en"])
    vera.fill("Name in Norwegian", TICKET["nb"])
    vera.press("Save")
    vera.sees("Choose at least one. Add a quota first if there is none.")
    vera.tick(QUOTA[vera.walk.language])
    vera.press("Save")
    vera.follow("Preview")
    vera.sees("This is a draft. Only the event team sees it.")
    vera.follow("Manage this event")
    vera.confirm("Publish")


def register(visitor: Visitor, email: str, name: str) -> None:
    """From the home to a registration, by way of signing in."""
    visitor.go("/")
    visitor.go("/events")
    visitor.follow(TITLE[visitor.walk.language])
    visitor.follow("Sign in to register")
    visitor.sign_in(email)
    visitor.page.locator("[name=people-0-who]").select_option(label=name)
    visitor.press("Register")
    visitor.sees("Your registration")


@pytest.mark.usefixtures("people")
def test_a_place_that_becomes_free_goes_to_who_waits(settled, visitors):
    vera, aud, even = visitors(), visitors(), visitors()
    draft(vera)
    offer_tickets(vera)
    register(aud, FIRST, "Aud Lie")
    aud.sees("Confirmed")
    register(even, SECOND, "Even Moe")
    even.sees("On the waiting list")
    even.follow("Even Moe")
    even.sees(QUOTA[even.walk.language])

    vera.go("/desk")
    vera.go("/events/manage")
    vera.follow(TITLE[vera.walk.language])
    vera.sees("%(held)s of %(places)s held", held=1, places=1)
    vera.follow("Delegates")
    vera.sees("Even Moe")
    aud.follow("Aud Lie")
    aud.confirm("Withdraw the registration")
    aud.sees("Registration withdrawn")
    even.go(even.letter(SECOND))
    even.sees("A place is offered")
    even.go("/desk")
    even.take("main a[href*='/events/delegates/']")
    even.press("Accept the place")
    even.sees("Confirmed")
    with even.page.expect_download() as saved:
        even.page.locator("main a[href$='calendar.ics']").first.click()
    [entry] = Calendar.from_ical(saved.value.path().read_bytes()).walk("VEVENT")
    assert (str(entry["STATUS"]), entry["DTSTART"].params["TZID"]) == (
        "CONFIRMED", "Europe/Amsterdam",
    )  # fmt: skip
    vera.go("/events/audit")
    vera.press("Count")
    vera.sees("Everything agrees: no place too many, none lost, nobody passed over.")
    settled.rollback()
    [event] = settled.query(Event)
    assert [quota.held for quota in event.quotas] == [1]
    states = {row.name: row.state for row in settled.query(Delegate)}
    assert states == {
        "Aud Lie": DelegateState.WITHDRAWN, "Even Moe": DelegateState.CONFIRMED,
    }  # fmt: skip


def test_three_colleagues_are_registered_on_a_phone(settled, make, known, visitors):
    company = make.Organisation(display_name="Fjordlys")
    make.colleague(company, name="Aud Lie", email=FIRST, **known)
    make.colleague(company, "member", name="Bo Ås", email="bo@fjordlys.example")
    fair = make.Event(title_en=TITLE["en"], title_nb=TITLE["nb"])
    named = {"name_en": TICKET["en"], "name_nb": TICKET["nb"]}
    priced = {"price_ore": 450_000, "vat_code": "standard", "needs_purchase_reference": True}
    make.ticket(fair, 2, **named, **priced)
    settled.commit()
    aud = visitors()
    aud.page.set_viewport_size({"width": 360, "height": 740})
    aud.sign_in(FIRST)
    aud.go("/events")
    aud.follow(TITLE[aud.walk.language])
    aud.follow("Register")
    rows = aud.page.locator("fieldset.person")
    rows.nth(0).locator("[name$=who]").select_option(label="Aud Lie")
    rows.nth(1).locator("[name$=who]").select_option(label="Bo Ås")
    rows.nth(2).locator("[name$=-name]").fill("Cato Øy")
    aud.press("Register")
    aud.sees("Write the e-mail address.")
    rows.nth(2).locator("[name$=-email]").fill("cato@fjordlys.example")
    aud.fill("Purchase reference", "PO 4321")
    aud.press("Register")
    aud.sees("Your registration")
    aud.sees("Confirmed")
    aud.sees("On the waiting list")
    aud.go("/events/registrations")
    aud.go("/events/calendar")
    settled.rollback()
    states = [row.state for row in settled.query(Delegate).order_by(Delegate.id)]
    assert states == [
        DelegateState.CONFIRMED, DelegateState.CONFIRMED, DelegateState.WAITLISTED,
    ]  # fmt: skip
    [third] = settled.query(Delegate).filter_by(name="Cato Øy")
    assert third.email == "cato@fjordlys.example"
    assert third.registration.purchase_reference == "PO 4321"

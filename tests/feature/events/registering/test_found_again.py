"""Who finds registrations again, and who does not."""

from sqlalchemy import select

from portal.models import Delegate
from tests.feature.events.registering.conftest import NOW, named


def test_a_registration_is_seen_by_whoever_made_it_the_company_and_staff(
    browser, make, boss, company, ticket
):
    browser.fill("events.register", named(0, "Anna", "anna@nordlys.no"), slug="ibc")
    path = browser.response.headers["Location"]
    for somebody, status in (
        (boss, 200), (make.colleague(company, "administrator"), 200), (make.staff("events"), 200),
        (make.colleague(company, "member"), 404), (make.colleague(make.Organisation()), 404),
        (make.staff("programmes"), 404),
    ):  # fmt: skip
        browser.sign_in(somebody, now=NOW)
        browser.open("GET", path, expect=status)


def test_own_registrations_are_listed_newest_first_page_by_page(
    browser, make, event, boss, company, ticket
):
    for number in range(30):
        make.delegate(ticket, "withdrawn", organisation=company, name=f"Person {number:02}")
    make.delegate(ticket, organisation=company, person=boss, name="Berit Boss")
    make.delegate(ticket, name="Elsewhere")
    page = browser.get("events.registrations")
    names = [row.a.text for row in page.select("tbody tr")]
    assert (len(names), names[0]) == (25, "Berit Boss")
    page = browser.open("GET", page.select_one("a[rel=next]")["href"])
    assert len(page.select("tbody tr")) == 6
    page = browser.get("events.registrations", whose="own")
    assert [row.a.text for row in page.select("tbody tr")] == ["Berit Boss"]
    browser.sign_in(make.colleague(company, "member"), now=NOW)
    assert browser.get("events.registrations").select(".empty")


def test_whoever_has_not_proven_an_address_is_not_taken_for_its_owner(
    browser, make, session, boss, ticket
):
    impostor = make.Person(email="anna@nordlys.no", verified_at=None)
    browser.fill("events.register", named(0, "Anna", "anna@nordlys.no"), slug="ibc")
    delegate = session.scalar(select(Delegate))
    assert delegate.person_id is None
    browser.sign_in(impostor, now=NOW)
    browser.get("events.delegate", expect=404, id=delegate.id)
    assert browser.get("events.registrations").select(".empty")

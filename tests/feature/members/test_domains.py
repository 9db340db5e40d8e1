"""Domains of organisations: who may name and confirm them, and what they offer to newcomers."""

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.models import Affiliation, JoinRequest, OrganisationDomain

FIRM = "firma.example"


@pytest.fixture
def firm(make):
    return make.Organisation(display_name="Firma", slug="firma")


@pytest.fixture
def confirmed(make, session, firm):
    row = OrganisationDomain(
        organisation=firm, domain=FIRM, added_by_id=make.Person().id,
        verified_at=clock.now(), method="staff",
    )  # fmt: skip
    session.add(row)
    session.commit()
    return row


def domain_of(session):
    session.rollback()
    return session.scalar(select(OrganisationDomain))


def test_an_administrator_with_an_address_there_confirms_it_by_that(
    browser, session, make, firm, letters
):
    browser.sign_in(make.colleague(firm, email=f"kari@{FIRM}"))
    browser.fill("members.domains", {"domain": "www.Firma.example"}, slug="firma")
    row = domain_of(session)
    assert (row.domain, row.method) == (FIRM, "mail")
    assert letters(f"kari@{FIRM}")[0].subject == f"{FIRM} belongs to Firma"


def test_without_an_address_there_staff_confirm_it(browser, session, make, firm):
    browser.sign_in(make.colleague(firm, email="kari@elsewhere.example"))
    browser.fill("members.domains", {"domain": FIRM}, slug="firma")
    row = domain_of(session)
    assert row.verified_at is None
    browser.send("members.verify_domain", slug="firma", id=row.id, expect=403)
    browser.sign_in(make.staff("membership"))
    assert f"Is {FIRM} theirs?" in browser.get("site.desk").text
    assert FIRM in browser.get("members.every_domain").text
    browser.press("members.domains", "Confirm", slug="firma")
    assert domain_of(session).method == "staff"
    browser.press("members.domains", "Remove", slug="firma")
    assert domain_of(session) is None


def test_an_organisation_that_nobody_confirmed_confirms_no_domain(browser, session, make, firm):
    firm.confirmed_at = None
    browser.sign_in(make.colleague(firm, email=f"kari@{FIRM}"))
    browser.fill("members.domains", {"domain": FIRM}, slug="firma")
    assert domain_of(session).verified_at is None


def test_staff_who_belong_there_leave_it_to_others(browser, session, make, firm):
    both = make.staff("membership", email="kari@elsewhere.example")
    make.Affiliation(person=both, organisation=firm)
    browser.sign_in(both)
    browser.fill("members.domains", {"domain": FIRM}, slug="firma")
    row = domain_of(session)
    assert row.verified_at is None
    browser.send("members.verify_domain", slug="firma", id=row.id, expect=403)


@pytest.mark.parametrize(
    ("domain", "why"),
    [
        ("gmail.com", "Anybody can have an address"),
        ("no domain", "Write a domain"),
        (FIRM, "in the list already"),
    ],
)
def test_what_cannot_be_named_is_told_at_the_field(browser, make, firm, confirmed, domain, why):
    browser.sign_in(make.colleague(firm))
    page = browser.fill(
        "members.domains", {"domain": domain}, slug="firma", expect=422, form="main .panel > form"
    )
    assert why in page.select_one("#domain-error").text


def test_a_domain_is_one_organisations(browser, session, make, confirmed):
    other = make.Organisation(slug="other")
    browser.sign_in(make.colleague(other, email=f"ola@{FIRM}"))
    page = browser.fill("members.domains", {"domain": FIRM}, slug="other", expect=422)
    assert "another organisation" in page.select_one("#domain-error").text


@pytest.mark.parametrize("role", ["member", "representative"])
def test_only_administrators_keep_domains(browser, make, firm, role):
    browser.sign_in(make.colleague(firm, role))
    browser.get("members.domains", slug="firma", expect=403)


def test_domains_of_another_organisation_are_not_there(browser, make, firm, confirmed):
    browser.sign_in(make.colleague(make.Organisation()))
    browser.get("members.domains", slug="firma", expect=404)
    browser.send("members.remove_domain", slug="firma", id=confirmed.id, expect=404)


def test_a_newcomer_with_an_address_there_is_offered_to_ask_and_gets_no_right(
    browser, session, make, firm, confirmed
):
    newcomer = make.Person(email=f"ny@{FIRM}")
    browser.sign_in(newcomer)
    assert "Ask to join Firma" in browser.get("site.desk").text
    assert session.scalar(select(func.count()).select_from(Affiliation)) == 0
    browser.fill("members.ask_by_domain", {"message": "I am new."}, slug="firma")
    assert session.scalar(select(JoinRequest.person_id)) == newcomer.id
    assert session.scalar(select(func.count()).select_from(Affiliation)) == 0
    assert "Ask to join Firma" not in browser.get("site.desk").text, "once is enough"


@pytest.mark.parametrize("kind", ["elsewhere", "unproven", "unverified", "unconfirmed"])
def test_nobody_else_is_offered_anything(browser, session, make, firm, confirmed, kind):
    email = "ny@elsewhere.example" if kind == "elsewhere" else f"ny@{FIRM}"
    verified = {"verified_at": None} if kind == "unproven" else {}
    browser.sign_in(make.Person(email=email, **verified))
    if kind == "unverified":
        confirmed.verified_at = confirmed.method = None
    if kind == "unconfirmed":
        firm.confirmed_at = None
    assert "Ask to join" not in browser.get("site.desk").text
    browser.get("members.ask_by_domain", slug="firma", expect=404)


def test_an_organisation_does_not_name_domains_without_end(browser, make, session, firm):
    person = make.colleague(firm)
    session.add_all(
        OrganisationDomain(organisation=firm, domain=f"firm{n}.example", added_by_id=person.id)
        for n in range(20)
    )
    browser.sign_in(person)
    page = browser.send("members.domains", {"domain": FIRM}, slug="firma", expect=422)
    assert "as many domains as we keep" in page.select_one("#domain-error").text

"""What staff do with organisations: confirm them, and register them for others."""

import csv
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from portal.models import Affiliation, AffiliationRole, Person
from tests.feature.members.conftest import FACTS, NUMBER


def test_staff_confirm_an_organisation_once(browser, make, letters):
    organisation = make.Organisation(confirmed_at=None)
    boss = make.colleague(organisation)
    staff = make.staff("membership")
    browser.sign_in(staff)
    page = browser.get("members.staff_organisations", show="unconfirmed")
    assert organisation.display_name in page.text
    browser.press("members.organisation", "Confirm it", slug=organisation.slug)
    assert organisation.confirmed_by_id == staff.id
    assert "is confirmed" in letters(boss.email)[0].subject
    browser.send("members.confirm", slug=organisation.slug, expect=403)
    page = browser.get("members.staff_organisations", show="unconfirmed")
    assert organisation.display_name not in page.text


def test_its_own_people_do_not_confirm_an_organisation(browser, make):
    organisation = make.Organisation(confirmed_at=None)
    browser.sign_in(make.colleague(organisation))
    browser.send("members.confirm", slug=organisation.slug, expect=403)
    assert organisation.confirmed_at is None


def test_staff_do_not_confirm_an_organisation_that_they_belong_to(
    browser, another_browser, make, letters
):
    organisation = make.Organisation(confirmed_at=None)
    staff = make.staff("membership")
    make.Affiliation(person=staff, organisation=organisation)
    browser.sign_in(staff)
    to_do = f"Confirm {organisation.display_name}"
    assert to_do not in browser.get("site.desk").main.text
    page = browser.get("members.organisation", slug=organisation.slug)
    assert "somebody else of the staff confirms it" in page.text
    assert not page.select("form[action$='/confirm']")
    page = browser.send("members.confirm", slug=organisation.slug, expect=409)
    assert "somebody else of the staff confirms it" in page.main.text
    assert (organisation.confirmed_at, letters(staff.email)) == (None, [])
    another_browser.sign_in(make.staff("membership"))
    assert to_do in another_browser.get("site.desk").main.text
    another_browser.press("members.organisation", "Confirm it", slug=organisation.slug)
    assert organisation.confirmed_at is not None


def test_staff_register_an_organisation_for_somebody_and_the_timeline_says_so(
    browser, session, make, letters
):
    browser.sign_in(make.staff("membership", name="Marit Staff"))
    answers = FACTS | {
        "number_kind": "norwegian",
        "number": NUMBER,
        "country": "NO",
        "person_name": "Ola Nordmann",
        "person_email": "Ola@Example.org",
    }
    browser.fill("members.register_for", answers)
    person = session.scalar(select(Person).where(Person.email == "ola@example.org"))
    assert (person.name, person.password_hash, person.verified_at) == ("Ola Nordmann", None, None)
    grant = session.scalar(select(Affiliation))
    assert (grant.person_id, grant.role) == (person.id, AffiliationRole.ADMINISTRATOR)
    page = browser.get("members.organisation", slug="nordlys-robotics")
    told = page.select_one(".timeline").text
    assert "Marit Staff" in told
    assert "for Nordlys Robotics" in told
    assert letters("ola@example.org")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_of_organisations_opens_clean_in_a_spreadsheet(browser, make, kind):
    make.Organisation(display_name="=1+1", name_key="=1+1", slug="sum")
    make.Organisation(display_name="Berg", slug="berg", confirmed_at=None)
    browser.sign_in(make.staff("membership"))
    page = browser.get("members.staff_organisations", show="unconfirmed")
    assert page.select(f".exports a[href*='kind={kind}']")
    content = browser.client.get(f"/admin/organisations/export?kind={kind}").data
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(BytesIO(content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    else:
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [row[0] for row in rows] == ["Name", "'=1+1", "Berg"]
    assert rows[1][4] == "Start-up"
    narrowed = browser.client.get("/admin/organisations/export?show=unconfirmed&begins=b").text
    assert "Berg" in narrowed
    assert "1+1" not in narrowed

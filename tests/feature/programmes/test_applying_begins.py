"""Beginning an application: for oneself, for one of several organisations, or by phone."""

import pytest
from sqlalchemy import select

from portal.models import (
    Application,
    ApplicationState,
    AuditEvent,
)
from tests.factories.base import days


@pytest.fixture
def call(make):
    found = make.Call(title_en="Accelerator, spring")
    make.questions(found, "short", "number")
    return found


@pytest.fixture
def company(make):
    return make.Organisation(display_name="Nordlys Graphics")


@pytest.fixture
def founder(make, company):
    return make.colleague(company, "administrator", name="Kari Nes")


def actions(session):
    return session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()


def test_a_founder_begins_for_the_organisation_and_lands_on_the_draft(
    browser, session, call, company, founder
):
    browser.sign_in(founder)

    browser.fill("programmes.begin", slug=call.slug)

    draft = session.scalar(select(Application))
    assert browser.response.location == f"/programmes/applications/{draft.id}"
    assert (draft.organisation_id, draft.lead_id) == (company.id, founder.id)
    assert (draft.state, draft.applicant_name) == (ApplicationState.DRAFT, "Nordlys Graphics")
    assert actions(session) == ["application.begun"]


def test_beginning_twice_leads_to_the_one_draft(browser, session, call, founder):
    browser.sign_in(founder)
    browser.send("programmes.begin", slug=call.slug)
    first = browser.response.location
    browser.send("programmes.begin", slug=call.slug)
    assert browser.response.location == first
    assert len(session.scalars(select(Application)).all()) == 1


def test_nobody_begins_for_an_organisation_of_others(browser, session, make, call, founder):
    other = make.Organisation()
    browser.sign_in(founder)
    answers = {"organisation": str(other.id)}
    browser.send("programmes.begin", answers, slug=call.slug, expect=422)
    assert session.scalars(select(Application)).all() == []


def test_somebody_without_an_organisation_is_told_to_add_one(browser, make, call):
    browser.sign_in(make.Person())
    page = browser.get("programmes.begin", slug=call.slug)
    assert "Companies and other organisations apply" in page.text
    assert not page.select("main form")


def test_an_unconfirmed_address_begins_nothing(browser, session, make, call, company):
    browser.sign_in(make.colleague(company, "administrator", verified_at=None))
    assert "Confirm your e-mail address" in browser.get("programmes.begin", slug=call.slug).text
    page = browser.send("programmes.begin", slug=call.slug, expect=422)
    assert "Confirm your e-mail address" in page.text
    assert session.scalars(select(Application)).all() == []


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [(1, 9, "This call opens on"), (-9, -1, "This call closed on")],
)
def test_a_call_that_is_not_open_cannot_be_answered(
    browser, session, make, founder, opens, closes, words
):
    call = make.Call(opens_at=days(opens), closes_at=days(closes))
    browser.sign_in(founder)
    assert words in browser.get("programmes.begin", slug=call.slug).text
    assert words in browser.send("programmes.begin", slug=call.slug, expect=409).text
    assert session.scalars(select(Application)).all() == []


def test_staff_begin_and_fill_in_a_draft_by_phone_and_the_timeline_says_so(
    browser, session, make, call, company, founder
):
    browser.sign_in(make.staff("programmes", name="Ingrid Vik"))
    browser.fill("programmes.begin_for_others", {"organisation": "nordlys graphics"}, id=call.id)
    draft = session.scalar(select(Application))
    assert (draft.organisation_id, draft.lead_id) == (company.id, None)
    browser.fill("programmes.section", {"answer_short": "Lights"}, id=draft.id, position=1)
    browser.fill("programmes.section", {"answer_short": "More"}, id=draft.id, position=1)
    page = browser.get("programmes.application", id=draft.id)
    lines = [li.get_text(" ", strip=True) for li in page.select(".timeline li")]
    assert [line.split(" ", 2)[0] for line in lines] == ["Answer", "Application"]
    assert all("Ingrid Vik · for Nordlys Graphics" in line for line in lines)


def test_an_organisation_that_nobody_knows_is_a_mistake_at_the_field(browser, make, call):
    browser.sign_in(make.staff("programmes"))
    answers = {"organisation": "Nobody AS"}
    page = browser.fill("programmes.begin_for_others", answers, id=call.id, expect=422)
    assert "We know no organisation “Nobody AS”." in page.select_one("#organisation-error").text


def test_only_programme_staff_begin_for_others(browser, call, founder):
    browser.sign_in(founder)
    browser.get("programmes.begin_for_others", id=call.id, expect=403)

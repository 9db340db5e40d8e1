"""Names and numbers: an organisation asks for a change, staff check it."""

import pytest
from sqlalchemy import select

from portal.models import AuditEvent, NumberKind, Organisation, OrganisationProposal, ProposalState
from tests.feature.members.conftest import FACTS

FIRST, SECOND = "974760673", "923609016"


@pytest.fixture
def firm(make):
    return make.Organisation(
        display_name="Old Name", legal_name="Old Name AS", slug="firm",
        number_kind=NumberKind.NORWEGIAN, number=FIRST,
    )  # fmt: skip


@pytest.fixture
def boss(make, firm):
    return make.colleague(firm, email="boss@example.org")


@pytest.fixture
def asks(browser, session, firm, boss):
    """Let the organisation ask for a change."""

    def sent(expect=302, **answers):
        browser.sign_in(boss)
        page = browser.fill("members.identity", answers, slug=firm.slug, expect=expect)
        session.expire_all()
        return page

    return sent


def proposals(session):
    session.expire_all()
    return session.scalars(select(OrganisationProposal).order_by(OrganisationProposal.id)).all()


def test_a_new_name_waits_for_staff_and_is_told_on_the_page(
    browser, session, make, firm, asks, letters
):
    staff = make.staff("membership", email="staff@example.org")
    asks(display_name="New Name", legal_name="New Name AS", message="Since Monday.")
    assert firm.display_name == "Old Name"
    assert (
        "asked for another name or number" in browser.get("members.organisation", slug="firm").text
    )
    assert len(letters("staff@example.org")) == 1
    browser.sign_in(staff)
    assert "Old Name asks for another name or number" in browser.get("site.desk").main.text
    [row] = proposals(session)
    page = browser.get("members.proposal", slug="firm", id=row.id)
    assert [each.text for each in page.select("main mark")] == ["New Name", "New Name AS"]
    assert "Since Monday." in page.text
    browser.send("members.accept_proposal", slug="firm", id=row.id)
    session.expire_all()
    assert (firm.display_name, firm.legal_name, firm.slug) == ("New Name", "New Name AS", "firm")
    assert row.state is ProposalState.ACCEPTED
    assert letters("boss@example.org")[-1].subject == "The change to New Name is made"
    browser.send("members.accept_proposal", slug="firm", id=row.id, expect=409)
    actions = set(session.scalars(select(AuditEvent.action)))
    assert {"proposal.sent", "proposal.accepted"} <= actions


def test_a_declined_change_is_explained(browser, session, make, firm, asks, letters):
    asks(display_name="New Name")
    [row] = proposals(session)
    browser.sign_in(make.staff("membership"))
    where = {"slug": "firm", "id": row.id}
    browser.send("members.decline_proposal", {"reason": ""}, expect=422, **where)
    browser.send("members.decline_proposal", {"reason": "Not in the register."}, **where)
    assert firm.display_name == "Old Name"
    assert "Not in the register." in letters("boss@example.org")[-1].text


def test_of_two_proposals_the_newest_stands(browser, session, make, firm, asks):
    asks(display_name="Second Name")
    assert "takes its place" in browser.get("members.identity", slug="firm").main.text
    asks(display_name="Third Name")
    first, second = proposals(session)
    assert (first.state, second.state) == (ProposalState.REPLACED, ProposalState.OPEN)
    browser.sign_in(make.staff("membership"))
    browser.send("members.accept_proposal", slug="firm", id=first.id, expect=409)


def test_the_page_form_saves_the_rest_at_once_and_proposes_the_names(
    browser, session, make, firm, boss
):
    browser.sign_in(boss)
    browser.fill("members.edit_organisation", FACTS, slug="firm")
    session.expire_all()
    assert (firm.display_name, firm.place) == ("Old Name", "Bodø")
    [row] = proposals(session)
    assert (row.display_name, row.number) == ("Nordlys Robotics", FIRST)


def test_a_number_that_another_has_is_told(session, make, firm, asks):
    make.Organisation(number_kind=NumberKind.NORWEGIAN, number=SECOND)
    page = asks(number=SECOND, expect=422)
    assert "is here already" in page.select_one("#number-error").text
    assert proposals(session) == []


def test_a_number_that_another_took_meanwhile_is_refused_with_the_reason(
    browser, session, make, firm, asks
):
    asks(number=SECOND)
    other = make.Organisation(
        number_kind=NumberKind.NORWEGIAN, number=SECOND, display_name="Taken By"
    )
    [row] = proposals(session)
    browser.sign_in(make.staff("membership"))
    assert "Taken By" in browser.get("members.proposal", slug="firm", id=row.id).text
    page = browser.send("members.accept_proposal", slug="firm", id=row.id, expect=409)
    assert "is here already" in page.text
    session.expire_all()
    assert (firm.number, other.number) == (FIRST, SECOND)


def test_nothing_new_is_no_proposal(session, firm, asks):
    page = asks(expect=422)
    assert "what we have already" in page.text
    assert proposals(session) == []


def test_staff_change_it_at_once_and_what_waits_is_replaced(browser, session, make, firm, asks):
    asks(display_name="New Name")
    browser.sign_in(make.staff("membership"))
    browser.fill("members.identity", {"number": SECOND, "display_name": "Newest"}, slug="firm")
    session.expire_all()
    assert (firm.display_name, firm.number) == ("Newest", SECOND)
    assert [row.state for row in proposals(session)] == [ProposalState.REPLACED]


def test_staff_check_no_organisation_of_their_own(browser, session, make, firm, asks):
    asks(display_name="New Name")
    [row] = proposals(session)
    insider = make.staff("membership")
    make.Affiliation(person=insider, organisation=firm)
    browser.sign_in(insider)
    browser.send("members.accept_proposal", slug="firm", id=row.id, expect=403)
    browser.fill("members.identity", {"display_name": "Mine"}, slug="firm")
    session.expire_all()
    assert firm.display_name == "Old Name"


def test_it_can_be_taken_back_and_is_nobody_elses_business(browser, session, make, firm, asks):
    asks(display_name="New Name")
    [row] = proposals(session)
    where = {"slug": "firm", "id": row.id}
    browser.sign_in(make.colleague(make.Organisation(slug="other")))
    browser.get("members.proposal", expect=404, **where)
    browser.get("members.proposal", expect=404, slug="other", id=row.id)
    browser.send("members.accept_proposal", expect=404, **where)
    browser.get("members.identity", slug="firm", expect=404)
    browser.sign_in(make.colleague(firm, "representative"))
    browser.get("members.proposal", **where)
    browser.send("members.accept_proposal", expect=403, **where)
    browser.send("members.withdraw_proposal", expect=403, **where)
    browser.get("members.identity", slug="firm", expect=403)
    browser.sign_in(make.colleague(firm))
    browser.send("members.withdraw_proposal", **where)
    assert session.get(Organisation, firm.id).display_name == "Old Name"

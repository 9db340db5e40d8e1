"""Two rows of one organisation: brought together by two of the staff, and nobody gains a role."""

import pytest
from sqlalchemy import select

from portal.events import accounts
from portal.models import (
    Affiliation,
    AffiliationRole,
    Application,
    Delegate,
    EndReason,
    InvitationState,
    JoinRequest,
    Membership,
    MergeRecord,
    NumberKind,
    Organisation,
    Registration,
    RequestState,
)
from portal.platform.database import unit
from tests.factories.base import days

NUMBER = "974760673"


@pytest.fixture
def staff(make):
    return {"first": make.staff("membership"), "second": make.staff("membership")}


@pytest.fixture
def merged(browser, session, staff):
    """Propose and approve that one organisation becomes a part of another."""

    def done(lost, kept, expect=302):
        browser.sign_in(staff["first"])
        answers = {"called": kept.slug, "reason": "One company, registered twice."}
        browser.fill("members.merge_organisation", answers, slug=lost.slug)
        session.rollback()
        row = session.scalar(select(MergeRecord).order_by(MergeRecord.id.desc()))
        browser.sign_in(staff["second"])
        browser.send("members.approve_merge", id=row.id, expect=expect)
        session.expire_all()
        return row

    return done


def live(session, organisation):
    rows = select(Affiliation).where(
        Affiliation.organisation_id == organisation.id, Affiliation.ends_at.is_(None)
    )
    return {row.person_id: row.role for row in session.scalars(rows)}


def test_who_made_the_double_gets_no_role_in_the_other(session, make, merged):
    kept, lost = make.Organisation(), make.Organisation(confirmed_at=None)
    boss = make.colleague(kept)
    both = make.colleague(kept, "member")
    make.Affiliation(person=both, organisation=lost, role=AffiliationRole.ADMINISTRATOR)
    intruder = make.colleague(lost)
    merged(lost, kept)
    assert live(session, kept) == {
        boss.id: AffiliationRole.ADMINISTRATOR,
        both.id: AffiliationRole.MEMBER,
    }
    assert live(session, lost) == {}
    [asked] = session.scalars(select(JoinRequest)).all()
    assert (asked.person_id, asked.organisation_id) == (intruder.id, kept.id)
    assert asked.state is RequestState.OPEN


def test_what_it_did_goes_along_but_for_what_the_other_has(app, session, make, merged):
    kept, lost = make.Organisation(), make.Organisation()
    mine = make.Application(organisation=kept, sent=True)
    double = make.Application(organisation=lost, call=mine.call, sent=True)
    moves = make.Application(organisation=lost, sent=True)
    delegate = make.delegate(make.ticket(make.Event()), organisation=lost)
    merged(lost, kept)
    found = {row.id: row.organisation_id for row in session.scalars(select(Application))}
    assert found == {mine.id: kept.id, double.id: lost.id, moves.id: kept.id}
    assert session.get(Delegate, delegate.id).organisation_id == kept.id
    registration = session.get(Registration, delegate.registration_id)
    assert registration.organisation_id == kept.id
    with app.app_context(), unit(writing=False):
        assert accounts.audit(now=days(0)) == []


def test_of_two_memberships_the_kept_ones_goes_on(session, make, merged):
    kept, lost = make.Organisation(), make.Organisation()
    first, second = make.Membership(organisation=kept), make.Membership(organisation=lost)
    for row in (first, second):
        make.MembershipPeriod(membership=row)
    numbers = {first.number, second.number}
    merged(lost, kept)
    rows = session.scalars(select(Membership)).all()
    assert {row.organisation_id for row in rows} == {kept.id}
    assert {row.number for row in rows} == numbers
    [ended] = [row for row in rows if row.ends_on]
    assert (ended.id, ended.end_reason) == (second.id, EndReason.MERGED)


def test_a_membership_that_only_the_other_had_goes_along(session, make, merged):
    kept, lost = make.Organisation(), make.Organisation()
    row = make.Membership(organisation=lost)
    make.MembershipPeriod(membership=row)
    merged(lost, kept)
    [found] = session.scalars(select(Membership)).all()
    assert (found.organisation_id, found.number, found.ends_on) == (kept.id, row.number, None)


def test_its_addresses_lead_to_the_other(browser, make, merged, shown):
    kept, lost, older = shown(slug="kept"), shown(slug="lost"), shown(slug="older")
    make.colleague(kept)
    merged(older, lost)
    merged(lost, kept)
    for slug in ("lost", "older"):
        browser.get("members.organisation", slug=slug, expect=301)
        assert browser.response.location == "/organisations/kept"
    browser.sign_out()
    browser.get("members.show", slug="lost", expect=301)
    assert browser.response.location == "/members/kept"
    assert "lost" not in browser.client.get("/sitemap.xml").text


def test_a_number_goes_along_where_the_other_has_none(session, make, merged):
    kept = make.Organisation()
    lost = make.Organisation(number_kind=NumberKind.NORWEGIAN, number=NUMBER)
    merged(lost, kept)
    session.expire_all()
    assert session.get(Organisation, kept.id).number == NUMBER
    assert session.get(Organisation, lost.id).number is None


def test_the_number_of_the_one_that_went_leads_to_the_other(browser, make, merged):
    kept = make.Organisation(
        number_kind=NumberKind.NORWEGIAN, number="923609016", display_name="Kept"
    )
    lost = make.Organisation(number_kind=NumberKind.NORWEGIAN, number=NUMBER)
    merged(lost, kept)
    browser.sign_in(make.Person())
    page = browser.get("members.ask_to_join", country="NO", number=NUMBER)
    assert "Kept is here already" in page.text


def test_letters_to_the_one_that_went_are_withdrawn(session, make, merged):
    kept, lost = make.Organisation(), make.Organisation()
    boss = make.colleague(lost)
    letter = make.Invitation(organisation=lost, invited_by=boss)
    asks = make.JoinRequest(organisation=lost)
    merged(lost, kept)
    session.refresh(letter)
    session.refresh(asks)
    assert letter.state is InvitationState.REVOKED
    assert (asks.organisation_id, asks.state) == (kept.id, RequestState.OPEN)


def test_staff_decide_about_no_organisation_of_their_own(browser, session, make, staff):
    kept, lost = make.Organisation(), make.Organisation()
    make.Affiliation(person=staff["second"], organisation=kept)
    browser.sign_in(staff["first"])
    browser.fill(
        "members.merge_organisation", {"called": kept.slug, "reason": "So."}, slug=lost.slug
    )
    row = session.scalar(select(MergeRecord))
    browser.sign_in(staff["second"])
    browser.send("members.approve_merge", id=row.id, expect=403)
    browser.get("members.merge_organisation", slug=kept.slug, expect=403)
    browser.sign_in(make.colleague(lost))
    browser.get("members.merge_organisation", slug=lost.slug, expect=403)
    browser.sign_in(make.colleague(make.Organisation()))
    browser.get("members.merge_organisation", slug=lost.slug, expect=404)


def test_an_open_application_for_membership_is_decided_first(browser, make, staff):
    kept, lost = make.Organisation(), make.Organisation()
    make.MembershipApplication(organisation=lost)
    browser.sign_in(staff["first"])
    answers = {"called": kept.slug, "reason": "So."}
    page = browser.fill("members.merge_organisation", answers, slug=lost.slug, expect=409)
    assert "applying for membership" in page.text

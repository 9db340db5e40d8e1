"""What applicants, members and their own staff try on membership."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.models import (
    Affiliation,
    AffiliationRole,
    Membership,
    MembershipApplication,
    MembershipPeriod,
    OutgoingMail,
    Succession,
    SuccessionCause,
)
from tests.factories.members import today

NEXT_YEAR = today() + timedelta(days=365)
PERIOD = {"from_on": today().isoformat(), "to_on": NEXT_YEAR.isoformat()}


@pytest.fixture
def firm(make):
    return make.Organisation(display_name="Nordlys", slug="nordlys")


@pytest.fixture
def tier(make):
    return make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull", rank=1)


@pytest.fixture
def membership(make, firm, tier):
    row = make.Membership(organisation=firm)
    make.MembershipPeriod(membership=row, tier=tier)
    return row


@pytest.fixture
def colleague(make, firm):
    """Somebody of the membership staff who is also one of the people of Nordlys."""
    person = make.staff("membership")
    make.Affiliation(person=person, organisation=firm, role=AffiliationRole.MEMBER)
    return person


def letters(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(OutgoingMail))


def test_nobody_of_the_staff_makes_their_own_organisation_a_member(
    browser, session, colleague, firm, tier
):
    browser.sign_in(colleague)
    browser.get("members.start_membership", slug=firm.slug, expect=403)
    told = PERIOD | {"tier": str(tier.id)}
    browser.send("members.start_membership", told, slug=firm.slug, expect=403)
    assert session.scalars(select(Membership)).all() == []


@pytest.mark.parametrize(
    ("endpoint", "answers"),
    [
        ("members.renew", PERIOD),
        ("members.end_membership", {"ends_on": "2060-01-01", "reason": "ended"}),
        ("members.suspend", {"from_on": today().isoformat()}),
        ("members.lift_suspension", {}),
        ("members.change_tier", {"from_on": today().isoformat()}),
        ("members.resign", {"why": "We go.", "sure": "y"}),
    ],
)
def test_nobody_of_the_staff_decides_about_the_membership_of_their_own_organisation(
    browser, session, colleague, membership, make, endpoint, answers
):
    other = make.MembershipTier(code="platinum", name_en="Platinum", name_nb="Platina", rank=2)
    browser.sign_in(colleague)
    told = answers | {"tier": str(other.id)}
    browser.send(endpoint, told, slug="nordlys", expect=403)
    session.expire_all()
    assert membership.ends_on is None
    assert membership.suspended_from is None
    assert len(session.scalars(select(MembershipPeriod)).all()) == 1


def test_where_two_approve_no_page_lets_one_make_a_member(browser, session, make, firm, tier):
    make.JoiningTerms(two_approve=True)
    browser.sign_in(make.staff("membership"))
    told = PERIOD | {"tier": str(tier.id)}
    page = browser.send("members.start_membership", told, slug=firm.slug, expect=409)
    assert "two people approve" in page.text
    assert session.scalars(select(Membership)).all() == []


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("members.change_tier", {"from_on": today().isoformat()}),
        ("members.renew", PERIOD),
    ],
)
def test_where_two_approve_a_kind_nobody_gives_it_alone_to_a_member(
    browser, session, make, firm, membership, page, told
):
    platinum = make.MembershipTier(code="platinum", rank=2, two_approve=True)
    browser.sign_in(make.staff("membership"))
    answers = told | {"tier": str(platinum.id)}
    seen = browser.send(page, answers, slug=firm.slug, expect=422)
    assert "Two people decide about this kind" in seen.select_one("#tier-error").text
    assert platinum.id not in session.scalars(select(MembershipPeriod.tier_id)).all()


def test_an_application_is_given_to_nobody_who_belongs_to_the_applicant(
    browser, session, make, firm, tier, colleague
):
    founder = make.colleague(firm, "administrator")
    row = make.MembershipApplication(organisation=firm, applicant=founder, tier=tier, sent=True)
    browser.sign_in(make.staff("membership"))
    told = {"handler": str(colleague.id)}
    browser.send("members.assign_joining", told, id=row.id, expect={302, 422})
    session.rollback()
    assert session.scalars(select(MembershipApplication)).one().handler_id is None


def test_members_cannot_fill_the_letterbox_of_the_staff(browser, session, make, firm, membership):
    make.staff("membership")
    browser.sign_in(make.colleague(firm, "administrator"))
    wish = {"tier": str(make.MembershipTier(code="more").id), "takes": "next_period"}
    for _ in range(20):
        browser.send("members.ask_about_membership", wish, slug=firm.slug, expect={302, 409})
    before = letters(session)
    browser.send("members.ask_about_membership", wish, slug=firm.slug, expect=429)
    assert letters(session) == before


def test_names_are_not_proposed_without_end(browser, session, make, firm):
    make.staff("membership")
    browser.sign_in(make.colleague(firm, "administrator"))
    for number in range(20):
        browser.fill("members.identity", {"display_name": f"Name {number}"}, slug=firm.slug)
    before = letters(session)
    told = {"display_name": "Once more"}
    browser.fill("members.identity", told, slug=firm.slug, expect=429)
    assert letters(session) == before


def test_who_hands_a_role_over_does_not_leave_the_organisation_without_an_administrator(
    browser, session, make, firm
):
    """The role that is asked for is not the one that ends with it."""
    boss = make.colleague(firm, "administrator")
    make.Affiliation(person=make.Person(), organisation=firm, role=AffiliationRole.REPRESENTATIVE)
    heir = make.colleague(firm, "member")
    row = Succession(
        organisation_id=firm.id,
        person_id=boss.id,
        role=AffiliationRole.REPRESENTATIVE,
        cause=SuccessionCause.UNREACHABLE,
    )
    session.add(row)
    session.commit()
    browser.sign_in(boss)
    told = {"successor": str(heir.id), "ends": "y"}
    browser.send("members.hand_over", told, slug=firm.slug, id=row.id, expect=409)
    session.rollback()
    held = (Affiliation.person_id == boss.id, Affiliation.ends_at.is_(None))
    assert session.scalar(select(Affiliation.role).where(*held)) is AffiliationRole.ADMINISTRATOR
    assert session.scalars(select(Succession)).one().closed_at is None

"""What staff do with people, memberships and enquiries."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.models import (
    AuditEvent,
    EnquiryState,
    Membership,
    MembershipEnquiry,
    MembershipPeriod,
    MembershipTier,
    PersonState,
    StaffGrant,
    StaffRole,
)
from tests.factories.members import today
from tests.feature.members.conftest import PASSWORD
from tests.support.browser import Browser
from tests.support.statements import heard


@pytest.fixture
def admin(make, browser):
    person = make.staff("administrator", name="Admin One")
    browser.sign_in(person)
    return person


def live_roles(session, person):
    session.rollback()
    live = (StaffGrant.person_id == person.id, StaffGrant.ends_at.is_(None))
    return sorted(session.scalars(select(StaffGrant.role).where(*live)))


def test_an_administrator_gives_and_ends_a_staff_role(browser, session, make, admin):
    person = make.Person()
    browser.fill("members.give_grant", {"role": "editor"}, id=person.id)
    assert live_roles(session, person) == ["editor"]
    browser.fill("members.give_grant", {"role": "editor"}, id=person.id, expect=409)
    row = session.scalar(select(StaffGrant).where(StaffGrant.role == StaffRole.EDITOR))
    browser.send("members.end_grant", id=row.id)
    browser.send("members.end_grant", id=row.id, expect=409)
    assert live_roles(session, person) == []
    assert (row.granted_by_id, row.ended_by_id) == (admin.id, admin.id)


def test_the_last_administrator_of_the_portal_stays(browser, session, make, admin):
    row = session.scalar(select(StaffGrant))
    page = browser.send("members.end_grant", id=row.id, expect=409)
    assert "last administrator" in page.text
    make.staff("administrator", state=PersonState.BLOCKED)
    browser.send("members.end_grant", id=row.id, expect=409)
    make.staff("administrator")
    browser.send("members.end_grant", id=row.id)
    browser.get("members.staff_people", expect=403)


@pytest.mark.parametrize("role", ["membership", "programmes", "editor", "events"])
def test_other_staff_give_no_roles(browser, make, role):
    browser.sign_in(make.staff(role))
    person = make.Person()
    browser.send("members.give_grant", {"role": "administrator"}, id=person.id, expect=403)
    browser.send("members.run_account", id=person.id, move="block", expect=403)


def test_blocking_ends_every_session_at_once(browser, another_browser, make, admin):
    person = make.Person()
    another_browser.sign_in(person)
    browser.send("members.run_account", id=person.id, move="block")
    assert person.state is PersonState.BLOCKED
    another_browser.get("members.account", expect=401)
    browser.send("members.run_account", id=person.id, move="unblock")
    assert person.state is PersonState.ACTIVE


def test_nobody_blocks_themselves(browser, make, admin):
    make.staff("administrator")
    browser.send("members.run_account", id=admin.id, move="block", expect=403)


def test_an_administrator_ends_sessions(browser, another_browser, make, admin):
    person = make.Person()
    another_browser.sign_in(person)
    browser.press("members.staff_person", "Sign out everywhere", id=person.id)
    another_browser.get("members.account", expect=401)


def test_a_locked_account_is_listed_and_unlocked(app, session, browser, holder, admin):
    person = holder(name="Locked Person")
    attacker = Browser(app, session)
    for _ in range(10):
        answers = {"email": person.email, "password": "guess after guess"}
        attacker.fill("members.sign_in", answers, expect=422)
    right = {"email": person.email, "password": PASSWORD}
    attacker.fill("members.sign_in", right, expect=429)
    assert "Locked out for a while" in browser.get("members.staff_people").text
    browser.press("members.staff_person", "Let them try again", id=person.id)
    assert "Locked out" not in browser.get("members.staff_person", id=person.id).text
    attacker.fill("members.sign_in", right)


def test_people_are_found_by_how_they_begin(browser, make, admin):
    make.Person(name="Ingrid Lie", email="zz@example.org")
    make.Person(name="Ola", email="ingrid@example.org")
    make.Person(name="100%", email="percent@example.org")
    table = "main tbody tr"
    assert len(browser.get("members.staff_people", begins="INGRID").select(table)) == 2
    assert len(browser.get("members.staff_people", begins="%").select(table)) == 0
    assert len(browser.get("members.staff_people", begins="100%").select(table)) == 1


def test_lists_cost_the_same_however_long_they_are(browser, make, admin):
    counts = []
    for _ in range(2):
        make.Person.create_batch(10)
        make.Organisation.create_batch(10)
        make.MembershipEnquiry.create_batch(10)
        make.JoinRequest.create_batch(10)
        for endpoint in ("people", "organisations", "requests"):
            with heard() as statements:
                browser.get(f"members.staff_{endpoint}")
            counts.append(len(statements))
        with heard() as statements:
            browser.get("members.enquiries")
        counts.append(len(statements))
    assert counts[:4] == counts[4:]
    assert max(counts) <= 8


def test_the_page_of_a_person_stays_within_its_budget(browser, make, admin):
    organisation = make.Organisation()
    person = make.colleague(organisation)
    make.LoginSession(person=person)
    id = person.id
    with heard() as statements:
        browser.get("members.staff_person", id=id)
    assert len(statements) <= 8, statements


@pytest.fixture
def gold(make):
    return make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull")


def test_staff_start_renew_suspend_and_end_a_membership(browser, session, make, gold):
    organisation = make.Organisation()
    where = {"slug": organisation.slug}
    browser.sign_in(make.staff("membership"))
    first = {"tier": str(gold.id), "from_on": "2026-01-01", "to_on": "2027-01-01"}
    browser.fill("members.start_membership", first, **where)
    row = session.scalar(select(Membership))
    assert row.number == 1
    browser.fill("members.start_membership", first, expect=409, **where)
    overlap = first | {"from_on": "2026-12-31", "to_on": "2027-12-31"}
    page = browser.fill("members.renew", overlap, expect=422, **where)
    assert "overlaps" in page.select_one("#from_on-error").text
    browser.fill("members.renew", first | {"from_on": "2027-01-01", "to_on": "2028-01-01"}, **where)
    days = session.scalars(select(MembershipPeriod.to_on).order_by(MembershipPeriod.to_on))
    assert days.all() == [date(2027, 1, 1), date(2028, 1, 1)]
    browser.fill("members.suspend", {"from_on": "2026-01-02", "to_on": ""}, **where)
    assert "Suspended" in browser.get("members.organisation", **where).text
    browser.press("members.organisation", "Lift the suspension", **where)
    browser.fill("members.end_membership", {"ends_on": "2026-03-01", "reason": "resigned"}, **where)
    assert "Resigned" in browser.get("members.organisation", **where).text
    browser.get("members.renew", expect=404, **where)
    told = session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert told == [
        "membership.started",
        "membership.renewed",
        "membership.suspended",
        "membership.suspension_lifted",
        "membership.ended",
    ]


def test_numbers_are_never_given_twice(browser, session, make, gold):
    browser.sign_in(make.staff("membership"))
    answers = {"tier": str(gold.id), "from_on": "2026-01-01", "to_on": "2027-01-01"}
    ended = {"ends_on": "2026-03-01", "reason": "resigned"}
    organisation = make.Organisation()
    for first in ("2026-01-01", "2026-03-01"):
        browser.fill(
            "members.start_membership", answers | {"from_on": first}, slug=organisation.slug
        )
        ended["ends_on"] = "2026-03-01" if first == "2026-01-01" else "2026-04-01"
        browser.fill("members.end_membership", ended, slug=organisation.slug)
    assert session.scalars(select(Membership.number).order_by(Membership.number)).all() == [1, 2]


def test_a_member_does_not_start_its_own_membership(browser, make, gold):
    organisation = make.Organisation()
    browser.sign_in(make.colleague(organisation))
    browser.get("members.start_membership", slug=organisation.slug, expect=403)


def test_kinds_of_membership_are_added_and_renamed(browser, session, make):
    browser.sign_in(make.staff("membership"))
    answers = {"code": "gold", "name_en": "Gold", "name_nb": "Gull", "rank": "1"}
    browser.fill("members.new_tier", answers)
    page = browser.fill("members.new_tier", answers, expect=422)
    assert "already" in page.select_one("#code-error").text
    tier = session.scalar(select(MembershipTier))
    browser.fill("members.edit_tier", {"name_en": "Golden", "code": "other"}, id=tier.id)
    assert (tier.name_en, tier.code) == ("Golden", "gold")
    browser.get("members.tiers")


WISH = {
    "organisation_name": "Newcomer AS",
    "name": "Ola",
    "email": "ola@example.org",
    "message": "What does it cost?",
}


def test_an_enquiry_reaches_staff_and_is_answered(browser, another_browser, session, make, letters):
    staff = make.staff("membership")
    browser.fill("members.enquire", WISH)
    browser.open("GET", browser.response.location)
    row = session.scalar(select(MembershipEnquiry))
    assert letters("ola@example.org")[0].subject == "We have your message"
    assert letters(staff.email)[0].subject == "Newcomer AS would like to join"
    another_browser.sign_in(staff)
    assert "Newcomer AS would like to join" in another_browser.get("site.desk").text
    another_browser.press("members.enquiry", "I will answer", id=row.id)
    assert (row.state, row.handled_by_id) == (EnquiryState.TAKEN, staff.id)
    another_browser.fill("members.enquiry", {"note": "Called him"}, id=row.id, form=FORM)
    assert (row.state, row.note) == (EnquiryState.ANSWERED, "Called him")
    assert "Newcomer" not in another_browser.get("members.enquiries").main.text
    assert "Newcomer" in another_browser.get("members.enquiries", show="all").main.text


FORM = "main form[action$='/answer']"


@pytest.mark.parametrize("role", ["programmes", "editor", None])
def test_enquiries_are_for_membership_staff(browser, make, role):
    row = make.MembershipEnquiry()
    browser.sign_in(make.staff(role) if role else make.Person())
    browser.get("members.enquiries", expect=403)
    browser.get("members.enquiry", id=row.id, expect=404)


def test_the_desk_of_staff_shows_what_waits_within_its_budget(browser, make):
    make.Organisation(display_name="Unconfirmed", confirmed_at=None)
    make.MembershipEnquiry(organisation_name="Enquirer")
    make.JoinRequest(person=make.Person(name="Asker"))
    browser.sign_in(make.staff("membership"))
    with heard() as statements:
        page = browser.get("site.desk")
    text = page.main.text
    assert {"Confirm Unconfirmed", "Enquirer would like to join"} <= set(text.split("\n")) or all(
        name in text for name in ("Unconfirmed", "Enquirer", "Asker")
    )
    assert len(statements) <= 12


def test_a_member_is_told_of_renewal(browser, make):
    organisation = make.Organisation(display_name="Firm")
    membership = make.Membership(organisation=organisation)
    days = {"from_on": today() - timedelta(days=300), "to_on": today() + timedelta(days=30)}
    make.MembershipPeriod(membership=membership, **days)
    browser.sign_in(make.colleague(organisation))
    assert "due for renewal" in browser.get("site.desk").text


def test_the_home_page_shows_members_in_one_statement(browser, make):
    with heard() as before:
        browser.get("site.home")
    for number in range(3):
        organisation = make.Organisation(display_name=f"Shown {number}")
        make.MembershipPeriod(membership=make.Membership(organisation=organisation))
    with heard() as after:
        page = browser.get("site.home")
    assert "Shown 2" in page.text
    assert len(after) == len(before)

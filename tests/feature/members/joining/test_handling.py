"""Becoming a member, as staff handle it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.models import (
    Affiliation,
    AffiliationRole,
    AuditEvent,
    JoiningState,
    Membership,
    MembershipApplication,
    MembershipPeriod,
    MembershipYear,
)
from tests.factories.members import LONG_AGO, today
from tests.support.statements import heard


def only(session):
    session.rollback()
    return session.scalars(select(MembershipApplication)).one()


def deeds(session):
    return session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()


def test_approving_makes_a_member_once(browser, session, sent, staff, founder, letters, firm):
    firm.confirmed_at = None
    browser.sign_in(staff)
    browser.fill("members.approve_joining", id=sent.id)
    row = only(session)
    assert (row.state, row.handler_id, row.decided_by_id) == (
        JoiningState.APPROVED, staff.id, staff.id
    )  # fmt: skip
    membership = session.scalars(select(Membership)).one()
    assert (membership.number, membership.organisation_id) == (1, firm.id)
    [period] = membership.periods
    assert (period.from_on, period.to_on) == (today(), date(today().year + 1, 1, 1))
    assert (firm.confirmed_by_id, row.membership_id) == (staff.id, membership.id)
    role = session.scalars(select(Affiliation.role).where(Affiliation.person_id == founder.id))
    assert role.all() == [AffiliationRole.ADMINISTRATOR]
    welcome = letters("kari@nordlys.example")[-1]
    assert welcome.subject == "Welcome: Nordlys is a member"
    done = ["membership.started", "organisation.confirmed", "joining.approved"]
    assert deeds(session) == done
    browser.send("members.approve_joining", {"from_on": str(today())}, id=sent.id)
    assert deeds(session) == done
    assert len(letters("kari@nordlys.example")) == 1


@pytest.mark.parametrize(
    "day", [today() - timedelta(days=1), today() + timedelta(days=400)], ids=["past", "far"]
)
def test_a_membership_begins_neither_in_the_past_nor_at_some_far_day(browser, sent, staff, day):
    browser.sign_in(staff)
    page = browser.fill("members.approve_joining", {"from_on": str(day)}, id=sent.id, expect=422)
    assert page.select_one("#from_on-error")


def test_twelve_months_run_from_the_first_day(browser, session, sent, staff):
    sent.tier.year = MembershipYear.TWELVE_MONTHS
    begins = today() + timedelta(days=40)
    browser.sign_in(staff)
    browser.fill("members.approve_joining", {"from_on": str(begins)}, id=sent.id)
    [period] = session.scalars(select(MembershipPeriod))
    assert period.from_on == begins
    assert 365 <= (period.to_on - begins).days <= 366


@pytest.mark.parametrize("said_by", ["tier", "terms"])
def test_where_two_approve_the_second_is_somebody_else(
    browser, another_browser, session, sent, staff, make, said_by, letters
):
    if said_by == "tier":
        sent.tier.two_approve = True
    else:
        make.JoiningTerms(two_approve=True)
    other = make.staff("membership", email="other@cluster.example")
    browser.sign_in(staff)
    browser.fill("members.approve_joining", id=sent.id)
    row = only(session)
    assert (row.state, row.first_approved_by_id) == (JoiningState.SUBMITTED, staff.id)
    assert not session.scalars(select(Membership)).all()
    [asked] = letters("other@cluster.example")
    assert asked.subject == "Nordlys waits for a second approval"
    page = browser.fill("members.approve_joining", id=sent.id, expect=409)
    assert "Somebody else has to approve it too" in page.text
    another_browser.sign_in(other)
    page = another_browser.get("members.handle_joining", id=sent.id)
    assert "Tone Handler has approved it" in page.main.text
    another_browser.fill("members.approve_joining", id=sent.id)
    assert only(session).state is JoiningState.APPROVED
    assert len(session.scalars(select(Membership)).all()) == 1


def test_a_question_takes_the_first_approval_back(browser, session, sent, staff, make):
    sent.first_approved_by, sent.first_approved_at = make.staff("membership"), clock.now()
    browser.sign_in(staff)
    browser.fill("members.ask_joining", {"question": "Who owns you?"}, id=sent.id)
    row = only(session)
    assert (row.state, row.first_approved_by_id) == (JoiningState.ASKED, None)


def test_a_question_reaches_the_applicants_with_its_last_day(
    browser, session, sent, staff, letters
):
    browser.sign_in(staff)
    browser.fill("members.ask_joining", {"question": ""}, id=sent.id, expect=422)
    browser.fill("members.ask_joining", {"question": "Who owns you?"}, id=sent.id)
    row = only(session)
    assert timedelta(days=59) < row.answer_by - clock.now() <= timedelta(days=60)
    [letter] = letters("kari@nordlys.example")
    assert letter.subject == f"A question about your application ({sent.reference})"
    assert "“Who owns you?”" in letter.text
    assert f"/join/applications/{sent.id}" in letter.text
    assert "Who owns you?" in browser.get("members.handle_joining", id=sent.id).main.text
    browser.send("members.approve_joining", {"from_on": str(today())}, id=sent.id, expect=409)


def test_putting_off_says_until_when_and_why_and_ends_by_hand(
    browser, session, sent, staff, letters
):
    until = today() + timedelta(days=30)
    browser.sign_in(staff)
    late = {"until": str(today()), "reason": "The board meets"}
    browser.fill("members.defer_joining", late, id=sent.id, expect=422)
    browser.fill("members.defer_joining", late | {"until": str(until)}, id=sent.id)
    assert (only(session).state, only(session).deferred_until) == (JoiningState.DEFERRED, until)
    assert "The board meets" in letters("kari@nordlys.example")[0].text
    browser.press("members.handle_joining", "Take up again", id=sent.id)
    row = only(session)
    assert (row.state, row.deferred_until) == (JoiningState.SUBMITTED, None)
    assert row.promised_at - clock.now() > timedelta(days=13)


def test_declining_gives_the_reason_and_what_can_be_done(browser, session, sent, staff, letters):
    browser.sign_in(staff)
    browser.fill("members.decline_joining", {"reason": ""}, id=sent.id, expect=422)
    browser.fill("members.decline_joining", {"reason": "You sell weapons."}, id=sent.id)
    row = only(session)
    assert (row.state, row.reason) == (JoiningState.DECLINED, "You sell weapons.")
    [letter] = letters("kari@nordlys.example")
    assert "You sell weapons." in letter.text
    assert "the board then looks at it again" in " ".join(letter.text.split())
    assert not session.scalars(select(Membership)).all()
    browser.send("members.approve_joining", {"from_on": str(today())}, id=sent.id, expect=409)
    browser.send("members.ask_joining", {"question": "Why?"}, id=sent.id, expect=409)


def test_the_words_of_the_statutes_about_an_appeal_are_in_the_letter(
    browser, sent, staff, letters, make
):
    make.JoiningTerms(appeal_en="Appeal to the council.", appeal_nb="Klag til rådet.")
    browser.sign_in(staff)
    browser.fill("members.decline_joining", {"reason": "No."}, id=sent.id)
    assert "Appeal to the council." in letters("kari@nordlys.example")[0].text


def test_nobody_decides_about_their_own_organisation(browser, session, sent, staff, make, firm):
    make.Affiliation(person=staff, organisation=firm, role=AffiliationRole.MEMBER)
    browser.sign_in(staff)
    assert "Nordlys" not in browser.get("members.joining_queue").main.text
    browser.get("members.handle_joining", id=sent.id, expect=403)
    for page in ("approve", "ask", "defer", "decline"):
        browser.get(f"members.{page}_joining", id=sent.id, expect=403)
    for page in ("assign", "resume", "approve"):
        browser.send(f"members.{page}_joining", {"from_on": str(today())}, id=sent.id, expect=403)
    assert only(session).state is JoiningState.SUBMITTED


def test_a_colleague_is_given_an_application_and_told(browser, session, sent, staff, make, letters):
    other = make.staff("membership", name="Ola Other", email="ola@cluster.example")
    browser.sign_in(staff)
    browser.fill("members.handle_joining", {"handler": str(other.id)}, id=sent.id)
    assert only(session).handler_id == other.id
    assert [m.subject for m in letters(other.email)] == ["The application of Nordlys is yours"]
    browser.send("members.assign_joining", {"handler": str(make.Person().id)}, id=sent.id)
    assert only(session).handler_id == other.id


def test_the_queue_begins_with_what_is_late(browser, make, tier, staff, sent):
    make.MembershipApplication(
        organisation=make.Organisation(display_name="Late one"), tier=tier, sent=True,
        promised_at=LONG_AGO, handler=staff,
    )  # fmt: skip
    browser.sign_in(staff)
    names = [a.text for a in browser.get("members.joining_queue").select("tbody th a")]
    assert names == ["Late one", "Nordlys"]
    for asked, told in (
        ({"show": "late"}, ["Late one"]),
        ({"whose": "mine"}, ["Late one"]),
        ({"whose": "nobodys"}, ["Nordlys"]),
        ({"show": "declined"}, []),
    ):
        page = browser.get("members.joining_queue", **asked)
        assert [a.text for a in page.select("tbody th a")] == told
    browser.get("members.export_joining", kind="csv")
    lines = browser.response.text.splitlines()
    assert len(lines) == 3
    assert "Late one" in lines[1]
    browser.get("members.export_joining", kind="xlsx", show="late")


def test_drafts_are_nobody_elses_business(browser, make, tier, firm, founder, staff):
    row = make.MembershipApplication(organisation=firm, applicant=founder, tier=tier)
    browser.sign_in(staff)
    browser.get("members.handle_joining", id=row.id, expect=404)
    browser.get("members.joining", id=row.id, expect=404)


def test_the_pages_keep_to_their_budget(browser, make, asked, staff, founder):
    for person, page, values in (
        (staff, "joining_queue", {}),
        (staff, "handle_joining", {"id": asked.id}),
        (founder, "joining", {"id": asked.id}),
        (founder, "join", {"size": "micro"}),
    ):
        browser.sign_in(person)
        with heard() as statements:
            browser.get(f"members.{page}", **values)
        assert len(statements) <= 8, page


def test_what_waits_stands_on_the_desks(browser, make, sent, staff, founder):
    browser.sign_in(staff)
    with heard() as statements:
        assert "Nordlys applies for membership" in browser.get("site.desk").main.text
    assert len(statements) <= 12
    sent.handler = make.staff("membership")
    assert "Nordlys applies for membership" not in browser.get("site.desk").main.text
    sent.state, sent.answer_by = JoiningState.ASKED, make.days(9)
    browser.sign_in(founder)
    assert "Answer a question about the membership of Nordlys" in browser.get("site.desk").main.text

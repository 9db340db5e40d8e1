"""What two decide: who says so, lists that make members, and a first whose word does not count."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.models import (
    AuditEvent,
    Exclusion,
    FactorRemoval,
    JoiningTerms,
    Membership,
    MembershipApplication,
    MembershipTerms,
    MembershipTier,
    MergeRecord,
    OutgoingMail,
    PrivacyKind,
    PrivacyRequest,
    PrivacyState,
    RemovalState,
    StaffGrant,
)
from tests.factories.members import today
from tests.feature.members.importing import checked, csv, newest

NOBODY = "Nina Left may not"
MEMBER = csv(
    ["Bedrift", "Medlemskap", "Fra", "Til"], ["Nord AS", "Gold", "01.01.2026", "31.12.2026"]
)
DAYS = {"column_2": "from_on", "column_3": "last_on"}


@pytest.fixture
def gold(make):
    return make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull")


@pytest.fixture
def first(make):
    return make.staff("membership", name="Nina Left")


@pytest.fixture
def second(make):
    return make.staff("membership", name="Second Pair", email="second@example.org")


def test_the_page_says_all_that_a_kind_under_two_means(browser, make, gold):
    browser.sign_in(make.staff("administrator"))
    told = browser.get("members.decided_by_two").select_one("#kinds-help").text
    assert "Nobody gives a member such a kind by hand" in told


def leaves(session, person):
    """Let somebody work for the cluster no more."""
    for grant in session.scalars(select(StaffGrant).where(StaffGrant.person_id == person.id)):
        grant.ends_at = clock.now()
    session.commit()


def read(session, model):
    session.rollback()
    return session.scalars(select(model)).one()


def told(browser, expect=200):
    """Return what the page says on which somebody lands."""
    return browser.open("GET", browser.response.location, expect=expect).text


def test_administrators_say_what_two_decide_and_nobody_else_does(browser, session, make, gold):
    standard = make.MembershipTier(code="standard")
    browser.sign_in(make.staff("membership"))
    browser.get("members.decided_by_two", expect=403)
    for page, fields in (
        ("members.membership_terms", {"two_exclude": "y"}),
        ("members.joining_terms", {"two_approve": "y"}),
    ):
        assert not set(fields) & {each.get("name") for each in browser.get(page).select("input")}
    browser.sign_in(make.staff("administrator"))
    page = browser.get("members.decided_by_two")
    assert page.select_one("#exclusions").has_attr("checked")
    browser.fill("members.decided_by_two", {"exclusions": [], "kinds": ["gold"]})
    session.rollback()
    assert (gold.two_approve, standard.two_approve) == (True, False)
    assert read(session, MembershipTerms).two_exclude is False
    assert read(session, JoiningTerms).two_approve is False
    [deed] = session.scalars(select(AuditEvent).where(AuditEvent.subject_type == "cluster"))
    assert deed.action == "decided_by_two.changed"
    assert deed.details == {"exclusions": False, "applications": False, "kinds": ["gold"]}


def test_saying_so_asks_again_who_is_there(browser, session, make, gold):
    browser.sign_in(make.staff("administrator"), now=clock.now() - timedelta(minutes=16))
    browser.get("members.decided_by_two", expect=302)
    assert browser.response.location.startswith("/account/confirm")
    browser.send("members.decided_by_two", {"exclusions": "y"}, expect={302, 403})
    assert session.scalar(select(MembershipTerms)) is None


def test_other_pages_leave_it_as_it_is(browser, session, make, gold):
    gold.two_approve = True
    make.MembershipTerms(two_exclude=True)
    make.JoiningTerms(two_approve=True)
    browser.sign_in(make.staff("membership"))
    for page, answers in (
        ("members.membership_terms", {"grace_days": "5", "two_exclude": ""}),
        ("members.joining_terms", {"promised_days": "5", "two_approve": ""}),
    ):
        browser.fill(page, answers)
    browser.fill("members.edit_tier", {"name_en": "Golden"}, id=gold.id)
    session.rollback()
    assert (gold.name_en, gold.two_approve) == ("Golden", True)
    assert read(session, MembershipTerms).two_exclude is True
    assert read(session, JoiningTerms).two_approve is True


@pytest.mark.parametrize("two", [True, False])
def test_a_new_kind_is_no_way_past_two(browser, session, make, gold, two):
    gold.two_approve = two
    browser.sign_in(make.staff("membership"))
    browser.fill("members.new_tier", {"code": "new", "name_en": "New", "name_nb": "Ny"})
    kind = session.scalars(select(MembershipTier).where(MembershipTier.code == "new")).one()
    assert kind.two_approve is two


@pytest.fixture
def list_of_gold(browser, session, work, gold, first):
    """A list that makes a gold member, checked; two have to approve those."""
    gold.two_approve = True
    browser.sign_in(first)
    return checked(browser, session, work, MEMBER, **DAYS)


def test_a_list_makes_such_members_only_when_two_confirmed_it(
    browser, another_browser, session, work, list_of_gold, first, second, letters
):
    row = list_of_gold
    assert (str(row.state), row.kinds) == ("ready", ["gold"])
    page = browser.get("members.member_import", id=row.id)
    assert "makes members of a kind that two have to approve" in page.main.text
    stale = {"edited_version": str(row.version)}
    browser.press("members.member_import", "Confirm as the first of two", id=row.id)
    work()
    assert (str(newest(session).state), newest(session).first_confirmed_by_id) == (
        "ready", first.id
    )  # fmt: skip
    assert session.scalar(select(Membership)) is None
    assert letters(second.email)[-1].subject == "A list of members waits for a second word"
    assert "somebody else confirms it too" in browser.get("members.member_import", id=row.id).text
    again = {"edited_version": str(newest(session).version)}
    browser.send("members.confirm_import", again, id=row.id, expect=409)
    another_browser.sign_in(second)
    another_browser.send("members.confirm_import", stale, id=row.id, expect=409)
    assert "Nina Left has confirmed" in another_browser.get("members.member_import", id=row.id).text
    another_browser.press("members.member_import", "Write 1 row", id=row.id)
    work()
    assert (str(newest(session).state), newest(session).confirmed_by_id) == ("done", second.id)
    assert session.scalar(select(Membership.number)) == 1


def test_a_list_that_is_matched_anew_is_confirmed_anew(
    browser, session, work, list_of_gold, second
):
    row = list_of_gold
    browser.press("members.member_import", "Confirm as the first of two", id=row.id)
    browser.fill("members.import_columns", {"kind": "research"}, id=row.id)
    work()
    assert (str(newest(session).state), newest(session).first_confirmed_by_id) == ("ready", None)


def test_a_list_without_such_members_is_written_by_one(browser, session, work, gold, first):
    gold.two_approve = True
    browser.sign_in(first)
    row = checked(browser, session, work, csv(["Bedrift"], ["Nord AS"]))
    browser.press("members.member_import", "Write 1 row", id=row.id)
    work()
    assert str(newest(session).state) == "done"


def test_a_list_whose_first_left_waits_for_another(
    browser, session, work, list_of_gold, first, second
):
    row = list_of_gold
    browser.press("members.member_import", "Confirm as the first of two", id=row.id)
    leaves(session, first)
    browser.sign_in(second)
    browser.press("members.member_import", "Confirm as the first of two", id=row.id)
    assert NOBODY in told(browser)
    work()
    assert newest(session).first_confirmed_by_id == second.id
    assert session.scalar(select(Membership)) is None


def test_an_application_whose_first_left_waits_for_another(
    browser, session, make, gold, first, second
):
    gold.two_approve = True
    firm = make.Organisation()
    row = make.MembershipApplication(
        organisation=firm, applicant=make.colleague(firm, "administrator"), tier=gold, sent=True
    )
    row.first_approved_by, row.first_approved_at = first, clock.now()
    leaves(session, first)
    browser.sign_in(second)
    page = browser.get("members.handle_joining", id=row.id)
    assert "Two people have to approve this one" in page.main.text
    browser.fill("members.approve_joining", id=row.id)
    assert NOBODY in told(browser)
    assert read(session, MembershipApplication).first_approved_by_id == second.id
    assert session.scalar(select(Membership)) is None


def test_an_exclusion_whose_first_left_waits_for_another(browser, session, make, first, second):
    member = make.MembershipPeriod().membership
    row = Exclusion(membership=member, reason="So.", from_on=today(), proposed_by_id=first.id)
    session.add(row)
    leaves(session, first)
    browser.sign_in(second)
    browser.send("members.decide_exclusion", id=row.id)
    assert NOBODY in told(browser)
    assert (str(row.state), row.proposed_by_id) == ("proposed", second.id)
    assert member.ends_on is None
    browser.send("members.decide_exclusion", id=row.id, expect=409)


def test_a_merge_whose_first_left_waits_for_another(browser, session, make, first, second):
    kept, lost = make.Person(), make.Person()
    row = MergeRecord(
        kept_person_id=kept.id, lost_person_id=lost.id, counted={}, moved={}, reason="So.",
        proposed_by_id=first.id,
    )  # fmt: skip
    session.add(row)
    leaves(session, first)
    browser.sign_in(second)
    browser.send("members.approve_merge", id=row.id)
    assert NOBODY in told(browser)
    assert (str(row.state), row.proposed_by_id) == ("proposed", second.id)
    assert lost.merged_into_id is None
    browser.send("members.approve_merge", id=row.id, expect=403)


def test_lost_factors_whose_first_left_are_checked_anew(browser, session, make):
    first, second = make.staff("administrator", name="Nina Left"), make.staff("administrator")
    row = FactorRemoval(
        person_id=make.Person(factor_since=clock.now()).id, reason="Gone.", check_note="Seen.",
        state=RemovalState.CHECKED, checked_by_id=first.id, checked_at=clock.now(),
    )  # fmt: skip
    session.add(row)
    leaves(session, first)
    browser.sign_in(second)
    browser.send("members.approve_removal", id=row.id)
    assert NOBODY in told(browser)
    assert (str(row.state), row.checked_by_id, row.check_note) == ("asked", None, "")
    assert row.person.factor_since is not None


def test_erasing_whose_first_was_blocked_is_checked_anew(browser, session, make, first, second):
    person = make.Person(name="Still Here")
    row = PrivacyRequest(
        person_id=person.id, asked_by_id=person.id, kind=PrivacyKind.ERASE, preview={},
        state=PrivacyState.CHECKED, checked_by_id=first.id, checked_at=clock.now(),
        identity="Called.", received_at=clock.now(), due_at=clock.now() + timedelta(days=30),
    )  # fmt: skip
    session.add(row)
    first.state = "blocked"
    session.commit()
    browser.sign_in(second)
    browser.fill("members.erase_person", {"sure": "y"}, id=row.id)
    assert NOBODY in told(browser)
    assert (str(row.state), row.checked_by_id, row.identity) == ("received", None, "")
    assert (person.name, session.scalar(select(OutgoingMail))) == ("Still Here", None)

"""Two accounts of one person: brought together by two of the staff, and nobody gains a right."""

import pytest
from sqlalchemy import select

from portal.models import (
    Affiliation,
    AffiliationRole,
    AuditEvent,
    EmailAddress,
    JoinRequest,
    LoginSession,
    MergeRecord,
    MergeState,
    Person,
    PersonState,
    StaffGrant,
)
from tests.factories.base import days
from tests.factories.members import LONG_AGO


@pytest.fixture
def staff(make):
    return {"first": make.staff("membership"), "second": make.staff("membership")}


@pytest.fixture
def merged(browser, session, staff):
    """Propose and approve that one account becomes a part of another."""

    def done(lost, kept, expect=302):
        browser.sign_in(staff["first"])
        answers = {"called": kept.email, "reason": "They told us by phone."}
        browser.fill("members.merge_person", answers, id=lost.id)
        session.rollback()
        row = session.scalar(select(MergeRecord).order_by(MergeRecord.id.desc()))
        browser.sign_in(staff["second"])
        browser.send("members.approve_merge", id=row.id, expect=expect)
        session.expire_all()
        return row

    return done


def roles(session, person):
    session.rollback()
    live = (Affiliation.person_id == person.id, Affiliation.ends_at.is_(None))
    return {
        row.organisation_id: row.role.value
        for row in session.scalars(select(Affiliation).where(*live))
    }


def test_roles_never_come_along_and_are_asked_for_afresh(session, make, merged, letters):
    shared, theirs = make.Organisation(), make.Organisation(display_name="Theirs")
    make.colleague(theirs)
    kept = make.colleague(shared, "member", email="kept@example.org")
    lost = make.colleague(shared, "administrator", email="lost@example.org")
    make.Affiliation(person=lost, organisation=theirs, role=AffiliationRole.REPRESENTATIVE)
    record = merged(lost, kept)
    assert roles(session, kept) == {shared.id: "member"}
    assert roles(session, lost) == {}
    [asked] = session.scalars(select(JoinRequest)).all()
    assert (asked.person_id, asked.organisation_id) == (kept.id, theirs.id)
    former = session.scalars(select(Affiliation).where(Affiliation.ends_at.is_not(None))).all()
    assert {(row.person_id, row.reason) for row in former} == {(kept.id, "merged")}
    assert record.state is MergeState.DONE
    assert record.moved["before"]["lost"]["affiliation.person_id"] == 2
    assert "affiliation.person_id" not in record.moved["after"]["lost"]
    assert [each.subject for each in letters("lost@example.org")] == [
        "Your account is closed: it is a part of another now"
    ]


def test_a_role_that_began_while_the_merge_waited_ends_as_it_began(session, make, merged):
    kept, lost = make.Person(email="kept@example.org"), make.Person(email="lost@example.org")
    make.colleague(firm := make.Organisation())
    begins = days(0.001)
    make.Affiliation(person=lost, organisation=firm, starts_at=begins)
    merged(lost, kept)
    ended = session.scalars(select(Affiliation).where(Affiliation.reason == "merged")).one()
    assert (ended.starts_at, ended.ends_at) == (begins, begins)


def test_every_way_in_to_the_account_that_goes_ends(session, make, merged, another_browser):
    kept, lost = make.Person(), make.Person(password_hash="x", email="lost@example.org")
    another_browser.sign_in(lost)
    another_browser.get("members.account")
    make.staff("membership")
    merged(lost, kept)
    another_browser.get("members.account", expect=401)
    session.refresh(lost)
    assert (lost.state, lost.merged_into_id) == (PersonState.CLOSED, kept.id)
    assert lost.password_hash is None
    assert lost.verified_at is None
    assert (
        session.scalars(
            select(LoginSession.id).where(
                LoginSession.person_id == lost.id, LoginSession.ended_at.is_(None)
            )
        ).all()
        == []
    )
    addresses = session.scalars(
        select(EmailAddress.address).where(EmailAddress.person_id == kept.id)
    )
    assert addresses.all() == [kept.email]
    free = select(EmailAddress.id).where(EmailAddress.address == "lost@example.org")
    assert session.scalar(free) is None


def test_staff_roles_never_move(session, make, merged, staff):
    kept, lost = make.Person(), make.staff("administrator")
    staff["second"] = make.staff("administrator")
    merged(lost, kept)
    live = select(StaffGrant.id).where(
        StaffGrant.person_id.in_((kept.id, lost.id)), StaffGrant.ends_at.is_(None)
    )
    assert session.scalars(live).all() == []


def test_who_proposed_does_not_decide(browser, session, make, staff):
    kept, lost = make.Person(), make.Person()
    browser.sign_in(staff["first"])
    browser.fill("members.merge_person", {"called": kept.email, "reason": "So."}, id=lost.id)
    row = session.scalar(select(MergeRecord))
    page = browser.get("members.merge", id=row.id)
    assert "A second member of the staff decides" in page.text
    browser.send("members.approve_merge", id=row.id, expect=403)
    browser.sign_in(make.staff("programmes"))
    browser.get("members.merge", id=row.id, expect=404)
    browser.send("members.approve_merge", id=row.id, expect=404)
    browser.sign_in(staff["second"])
    browser.send("members.decline_merge", {"reason": "Two cousins."}, id=row.id)
    browser.send("members.approve_merge", id=row.id, expect=409)
    session.refresh(lost)
    assert lost.merged_into_id is None


def test_nobody_decides_about_themselves(browser, session, make, staff):
    other = make.Person()
    browser.sign_in(staff["first"])
    answers = {"called": staff["second"].email, "reason": "So."}
    browser.fill("members.merge_person", answers, id=other.id)
    row = session.scalar(select(MergeRecord))
    browser.sign_in(staff["second"])
    browser.send("members.approve_merge", id=row.id, expect=403)
    browser.get("members.merge_person", id=staff["second"].id, expect=403)


def test_one_account_of_two_waits_for_one_merge(browser, make, staff):
    kept, lost, third = make.Person(), make.Person(), make.Person()
    browser.sign_in(staff["first"])
    browser.fill("members.merge_person", {"called": kept.email, "reason": "So."}, id=lost.id)
    again = {"called": third.email, "reason": "So."}
    browser.fill("members.merge_person", again, id=lost.id, expect=409)
    mine = {"called": lost.email, "reason": "So."}
    browser.fill("members.merge_person", mine, id=lost.id, expect={409, 422})


def test_an_account_that_became_a_part_of_another_shows_no_address_and_takes_no_role(
    browser, make, merged
):
    lost, kept = make.Person(name="Ada Vik"), make.Person(name="Ada Vik")
    merged(lost, kept)
    browser.sign_in(make.staff("administrator"))
    page = browser.get("members.staff_person", id=lost.id)
    assert "became a part of another" in page.main.text
    assert "Give a role" not in page.main.text
    assert ".invalid" not in page.text
    assert ".invalid" not in browser.get("members.staff_people", begins="ada").text


def test_the_same_account_twice_is_refused_where_it_was_written(browser, make, staff):
    person = make.Person()
    browser.sign_in(staff["first"])
    answers = {"called": person.email, "reason": "They told us."}
    page = browser.fill("members.merge_person", answers, expect=422, id=person.id)
    assert "the same one" in page.select_one("#called-error").text


def test_likely_doubles_are_offered_and_the_preview_tells_what_clashes(
    browser, session, make, staff
):
    firm = make.Organisation(display_name="Fjord")
    lost = make.colleague(firm, name="Kari Nordmann")
    kept = make.Person(name="Kari  NORDMANN", email="kari@other.example")
    browser.sign_in(staff["first"])
    page = browser.get("members.merge_person", id=lost.id)
    assert "kari@other.example" in page.select_one("#other").text
    answers = {"other": str(kept.id), "reason": "Same phone."}
    browser.fill("members.merge_person", answers, id=lost.id)
    row = session.scalar(select(MergeRecord))
    page = browser.get("members.merge", id=row.id)
    assert "a request to join goes to the organisation" in page.main.text
    browser.sign_in(staff["second"])
    desk = browser.get("site.desk")
    assert "Is Kari Nordmann here twice?" in desk.main.text


def test_what_was_shown_is_shown_no_more_widely(session, make, merged):
    from portal.models import PersonVisibility, Reach  # noqa: PLC0415

    kept, lost = make.Person(), make.Person()
    session.add(
        PersonVisibility(
            person_id=kept.id, name=Reach.PUBLIC, email=Reach.MEMBERS, phone=Reach.STAFF
        )
    )
    session.add(
        PersonVisibility(
            person_id=lost.id, name=Reach.STAFF, email=Reach.PUBLIC, phone=Reach.PUBLIC
        )
    )
    merged(lost, kept)
    [row] = session.scalars(select(PersonVisibility)).all()
    assert (row.person_id, row.name, row.email, row.phone) == (
        kept.id, Reach.STAFF, Reach.MEMBERS, Reach.STAFF,
    )  # fmt: skip


def test_history_stays_with_whom_it_is_about(session, make, merged):
    kept, lost = make.Person(), make.Person()
    merged(lost, kept)
    told = {row.action for row in session.scalars(select(AuditEvent))}
    assert {"merge.proposed", "merge.done"} <= told
    assert session.get(Person, lost.id).name == lost.name
    assert session.scalar(select(MergeRecord.answered_at)) > LONG_AGO

"""What staff, former colleagues and busy hands try on people, their roles and their data."""

import pytest
from sqlalchemy import func, select

from portal.models import (
    Affiliation,
    AffiliationRole,
    ExportState,
    JoinRequest,
    MergeRecord,
    NumberKind,
    OrganisationProposal,
    OutgoingMail,
    Person,
    PersonalExport,
    PersonState,
    Succession,
    SuccessionCause,
)
from portal.platform import tokens
from tests.feature.members.conftest import work  # noqa: F401 - what waits for the worker

ADMINISTRATOR, MEMBER = AffiliationRole.ADMINISTRATOR, AffiliationRole.MEMBER


@pytest.fixture
def firm(make):
    return make.Organisation(
        display_name="Nordlys", legal_name="Nordlys AS", slug="nordlys",
        number_kind=NumberKind.NORWEGIAN, number="974760673",
    )  # fmt: skip


@pytest.fixture
def boss(make, firm):
    return make.colleague(firm, "administrator", email="boss@nordlys.example")


@pytest.fixture
def staff(make):
    return make.staff("membership", email="staff@cluster.example")


def role_of(session, person, firm):
    session.rollback()
    held = (
        Affiliation.person_id == person.id,
        Affiliation.organisation_id == firm.id,
        Affiliation.ends_at.is_(None),
    )
    return session.scalar(select(Affiliation.role).where(*held))


def letters_to(session, address):
    session.rollback()
    found = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.recipient == address)
    return session.scalar(found)


def test_nobody_of_the_staff_lets_themselves_into_an_organisation(
    browser, session, make, firm, boss, staff
):
    row = make.JoinRequest(organisation=firm, person=staff)
    browser.sign_in(staff)
    told = {"role": "administrator"}
    browser.send("members.answer_request", told, id=row.id, expect=403)
    assert role_of(session, staff, firm) is None
    assert session.scalars(select(JoinRequest)).one().answered_at is None


def test_nobody_of_the_staff_raises_their_own_role(browser, session, make, firm, boss, staff):
    row = make.Affiliation(person=staff, organisation=firm, role=MEMBER)
    browser.sign_in(staff)
    told = {"role": "administrator"}
    browser.send("members.change_role", told, slug=firm.slug, id=row.id, expect=403)
    assert role_of(session, staff, firm) is MEMBER


def test_nobody_of_the_staff_hands_a_role_over_to_themselves(
    browser, session, make, firm, boss, staff
):
    make.Affiliation(person=staff, organisation=firm, role=MEMBER)
    row = Succession(
        organisation_id=firm.id, person_id=boss.id, role=ADMINISTRATOR,
        cause=SuccessionCause.UNREACHABLE,
    )  # fmt: skip
    session.add(row)
    session.commit()
    browser.sign_in(staff)
    told = {"successor": str(staff.id)}
    browser.send("members.hand_over", told, slug=firm.slug, id=row.id, expect={403, 422})
    assert role_of(session, staff, firm) is MEMBER


def test_nobody_accepts_an_invitation_of_their_own(browser, session, make, firm, boss, staff):
    given = {"organisation": firm, "invited_by": staff, "role": ADMINISTRATOR}
    make.Invitation(**given, email=staff.email, token_hash=tokens.digest("secret"))
    browser.sign_in(staff)
    browser.send("members.accept_invitation", key="secret", expect={403, 404})
    assert role_of(session, staff, firm) is None


def test_staff_close_no_account_of_an_administrator_by_calling_it_a_double(
    browser, session, make, staff
):
    ruler, spare = make.staff("administrator"), make.Person(email="spare@example.org")
    make.staff("administrator")
    browser.sign_in(staff)
    told = {"other": "", "called": "spare@example.org", "reason": "So they say."}
    browser.send("members.merge_person", told, id=ruler.id)
    row = session.scalars(select(MergeRecord)).one()
    browser.sign_in(make.staff("membership"))
    browser.send("members.approve_merge", id=row.id, expect=403)
    session.rollback()
    assert session.get(Person, ruler.id).state is PersonState.ACTIVE
    browser.sign_in(make.staff("administrator"))
    browser.send("members.approve_merge", id=row.id)
    session.rollback()
    assert session.get(Person, ruler.id).merged_into_id == spare.id


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_who_left_hears_no_more_of_what_they_proposed(
    browser, session, make, firm, boss, staff, answer
):
    gone = make.colleague(firm, "administrator", email="gone@nordlys.example")
    browser.sign_in(gone)
    browser.fill("members.identity", {"display_name": "Sydlys"}, slug=firm.slug)
    row = session.scalars(select(OrganisationProposal)).one()
    browser.sign_in(boss)
    held = select(Affiliation.id).where(Affiliation.person_id == gone.id)
    browser.send("members.end_affiliation", slug=firm.slug, id=session.scalar(held))
    before = letters_to(session, "gone@nordlys.example")
    told_boss = letters_to(session, "boss@nordlys.example")
    browser.sign_in(staff)
    told = {"reason": "The board says no."}
    browser.send(f"members.{answer}_proposal", told, slug=firm.slug, id=row.id)
    assert letters_to(session, "gone@nordlys.example") == before
    assert letters_to(session, "boss@nordlys.example") == told_boss + 1


def test_copies_are_not_made_without_end(browser, session, make, work):  # noqa: F811
    person = make.Person()
    browser.sign_in(person)
    for _ in range(4):
        browser.send("members.ask_for_copy", expect={302, 409})
        work()
        session.rollback()
    rows = select(PersonalExport).where(PersonalExport.state == ExportState.READY)
    assert len(session.scalars(rows).all()) <= 3

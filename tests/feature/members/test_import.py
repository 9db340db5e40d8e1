"""Staff bring in a list: what it says comes to be, once, and nothing before they say yes."""

import pytest
from sqlalchemy import func, select

from portal.models import (
    Affiliation,
    AuditEvent,
    Organisation,
    OutgoingMail,
    Person,
)
from tests.feature.members.importing import (
    FJORD,
    HEADINGS,
    SKOG,
    checked,
    csv,
    verdicts,
    written,
)


@pytest.fixture
def staff(make, browser):
    person = make.staff("membership", name="Staff One")
    browser.sign_in(person)
    return person


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_nothing_is_written_before_somebody_says_yes(browser, session, staff, work):
    row = checked(browser, session, work, csv(HEADINGS, FJORD, SKOG))
    assert (row.state, row.tallies) == ("ready", {"new": 2})
    page = browser.get("members.member_import", id=row.id)
    assert "New organisation: Fjord Robotics, number 923609016" in page.text
    assert "Kari Ås joins Fjord Robotics: Administrator" in page.text
    assert count(session, Organisation) == 0
    assert count(session, Person) == 1


def test_what_the_list_says_comes_to_be(browser, session, staff, work):
    row = written(browser, session, work, csv(HEADINGS, FJORD, SKOG))
    assert (row.state, row.tallies["written"]) == ("done", 2)
    fjord = session.scalars(select(Organisation).where(Organisation.number == "923609016")).one()
    assert (fjord.display_name, fjord.place, fjord.country) == ("Fjord Robotics", "Ålesund", "NO")
    assert fjord.confirmed_by_id == staff.id
    kari = session.scalars(select(Person).where(Person.email == "kari@fjord.example")).one()
    assert (kari.name, kari.password_hash, kari.verified_at) == ("Kari Ås", None, None)
    roles = {row.person.name: str(row.role) for row in session.scalars(select(Affiliation))}
    assert roles == {"Kari Ås": "administrator", "Ola Nordmann": "member"}
    assert count(session, OutgoingMail) == 0


def test_every_deed_is_in_the_audit_once_by_whoever_confirmed(browser, session, staff, work, make):
    row = checked(browser, session, work, csv(HEADINGS, FJORD))
    other = make.staff("administrator", name="Other")
    browser.sign_in(other)
    browser.press("members.member_import", "Write", id=row.id)
    work()
    events = session.execute(select(AuditEvent.action, AuditEvent.actor_name)).all()
    assert sorted(map(tuple, events)) == [
        ("affiliation.granted", "Other"),
        ("member_import.confirmed", "Other"),
        ("member_import.finished", "Other"),
        ("member_import.matched", "Staff One"),
        ("member_import.uploaded", "Staff One"),
        ("organisation.created", "Other"),
        ("person.added", "Other"),
    ]


def test_the_same_list_again_changes_nothing(browser, session, staff, work):
    written(browser, session, work, csv(HEADINGS, FJORD, SKOG))
    before = count(session, AuditEvent)
    row = written(browser, session, work, csv(HEADINGS, FJORD, SKOG))
    assert (row.state, row.tallies) == ("ready", {"same": 2})
    assert verdicts(session, row) == {2: "same", 3: "same"}
    assert count(session, AuditEvent) == before + 2  # uploaded and matched, no more
    page = browser.get("members.member_import", id=row.id)
    assert "There is nothing to write" in page.text
    browser.send(
        "members.confirm_import", {"edited_version": str(row.version)}, id=row.id, expect=409
    )


def test_a_changed_cell_is_shown_as_a_change_and_written_as_one(browser, session, staff, work):
    written(browser, session, work, csv(HEADINGS, FJORD, SKOG))
    moved = [*SKOG[:2], "Bodø", *SKOG[3:]]
    row = checked(browser, session, work, csv(HEADINGS, FJORD, moved))
    assert verdicts(session, row) == {2: "same", 3: "changed"}
    page = browser.get("members.member_import", id=row.id)
    assert "Skog og Sjø, Town: “Tromsø” becomes “Bodø”" in page.text
    browser.press("members.member_import", "Write 1 row", id=row.id)
    work()
    places = session.scalars(select(Organisation.place).order_by(Organisation.place)).all()
    assert places == ["Bodø", "Ålesund"]

"""`flask members import`: the same as the pages do, from a shell."""

import pytest
from sqlalchemy import func, select

from portal.models import AuditEvent, MemberImport, Organisation, Person
from tests.feature.members.importing import FJORD, HEADINGS, SKOG, csv

WRONG = ["Feil", "923609017", "Oslo", "", "", ""]


@pytest.fixture
def run(app, session, tmp_path):
    """Run the command on a list: `run(content, "--dry-run")`."""

    def ran(content, *options):
        session.commit()
        file = tmp_path / "members.csv"
        file.write_bytes(content)
        result = app.test_cli_runner().invoke(args=["members", "import", str(file), *options])
        session.rollback()
        return result

    return ran


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_a_dry_run_says_what_would_happen_and_writes_nothing(run, session, make):
    make.staff("membership")
    result = run(csv(HEADINGS, FJORD, WRONG), "--dry-run")
    assert result.exit_code == 0, result.output
    assert "Row 2: New organisation: Fjord Robotics, number 923609016" in result.output
    assert "Row 3, Organisation number “923609017”: The check digit is wrong" in result.output
    assert "Nothing was written." in result.output
    assert (count(session, Organisation), count(session, MemberImport)) == (0, 0)


def test_the_command_writes_in_somebodys_name_and_twice_changes_nothing(run, session, make):
    make.staff("membership", name="Staff One")
    result = run(csv(HEADINGS, FJORD, SKOG, WRONG))
    assert result.exit_code == 0, result.output
    assert "Written: 2. Unchanged: 0. Not imported: 1." in result.output
    assert "Row 4, Org.nr. “923609017”" in result.output
    names = set(session.scalars(select(AuditEvent.actor_name)))
    assert names == {"Staff One"}
    before = count(session, AuditEvent)
    result = run(csv(HEADINGS, FJORD, SKOG))
    assert "Written: 0. Unchanged: 2. Not imported: 0." in result.output
    assert count(session, AuditEvent) == before + 2


def test_the_command_asks_in_whose_name_where_it_cannot_know(run, session, make):
    assert "--by" in run(csv(HEADINGS, FJORD)).output
    make.staff("membership", email="one@staff.example")
    make.staff("administrator", email="two@staff.example", name="Two")
    make.Person(email="nobody@staff.example")
    assert run(csv(HEADINGS, FJORD)).exit_code == 1
    result = run(csv(HEADINGS, FJORD), "--by", "nobody@staff.example")
    assert "Nobody with this address" in result.output
    assert run(csv(HEADINGS, FJORD), "--by", "Two@staff.example").exit_code == 0
    assert set(session.scalars(select(AuditEvent.actor_name))) == {"Two"}
    assert count(session, Person) == 4


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This list is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"Farge;Form\r\nblue;round\r\n", "No heading of this list"),
    ],
)
def test_what_is_no_list_of_members_is_refused_with_a_sentence(run, make, content, words):
    make.staff("membership")
    result = run(content)
    assert (result.exit_code, words in result.output) == (1, True), result.output


def test_what_makes_members_that_take_two_waits_for_another(run, session, make):
    make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull", two_approve=True)
    make.staff("membership")
    row = ["Nord AS", "Gold", "01.01.2026", "31.12.2026"]
    result = run(csv(["Bedrift", "Medlemskap", "Medlem fra", "Siste dag"], row))
    assert result.exit_code == 0, result.output
    kept = session.scalars(select(MemberImport)).one()
    assert f"Somebody else confirms it at /admin/imports/{kept.id}" in result.output
    assert (str(kept.state), count(session, Organisation)) == ("ready", 0)

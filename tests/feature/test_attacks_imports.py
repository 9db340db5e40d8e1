"""What a file tries on those who bring it in, and what others try on the lists that are there."""

import zipfile
from io import BytesIO

import pytest
from sqlalchemy import func, select

from portal.models import (
    Affiliation,
    ImportRow,
    MemberImport,
    Organisation,
    Person,
    PersonState,
    StaffGrant,
)
from tests.feature.members.conftest import work  # noqa: F401 - the worker
from tests.feature.members.importing import (
    FJORD,
    HEADINGS,
    checked,
    csv,
    newest,
    upload,
    written,
    xlsx,
)

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
#: Names that stand for ten of each other, so that the last is a billion letters.
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))


@pytest.fixture
def staff(browser, make):
    somebody = make.staff("membership")
    browser.sign_in(somebody)
    return somebody


def with_part(name, content):
    """Return a workbook that has something else in one of its parts."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx(HEADINGS, FJORD))) as whole:
        parts = {each: whole.read(each) for each in whole.namelist()}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, text in (parts | {name: content}).items():
            archive.writestr(each, text)
    return made.getvalue()


def sheet(rows, before=""):
    return f"{before}<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>"


BOMBS = {
    "cells in a row": with_part(SHEET, sheet(f'<row r="1">{"<c/>" * 3_000_000}</row>')),
    "elements in each other": with_part(SHEET, sheet("<row>" + "<a>" * 500_000)),
    "texts": with_part(STRINGS, f"<sst {SPACE}>{'<si><t/></si>' * 2_000_000}</sst>"),
    "rows": with_part(SHEET, sheet("<row/>" * 3_000_000)),
    "styles": with_part("xl/styles.xml", f"<styleSheet {SPACE}>{'<a/>' * 3_000_000}"),
    "names of names": with_part(
        SHEET, sheet("<row><c><v>&a8;</v></c></row>", f'<!DOCTYPE a [<!ENTITY a0 "x">{LAUGHS}]>')
    ),
    "a file of the machine": with_part(
        STRINGS,
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f"<sst {SPACE}><si><t>&x;</t></si></sst>",
    ),
    "a part that is too large": with_part("xl/media/a.bin", b"\0" * 40_000_000),
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.timeout(30)
def test_a_small_file_that_becomes_large_is_refused_before_it_does(browser, session, staff, bomb):
    assert len(BOMBS[bomb]) < 100_000
    upload(browser, BOMBS[bomb], "members.xlsx", expect=422)
    assert "root:" not in browser.response.text
    assert session.scalar(select(func.count()).select_from(MemberImport)) == 0


def test_macros_links_and_formulas_are_neither_run_nor_read(browser, session, staff, work):  # noqa: F811 - the fixture
    rows = ['=HYPERLINK("http://evil.example")', "", '=cmd|"/c calc"!A1', "", "", ""]
    content = xlsx(HEADINGS, FJORD, rows)
    upload(browser, content, "members.xlsm")
    cells = session.scalars(select(ImportRow.cells)).all()
    assert not [cell for row in cells for cell in row if cell.startswith("=")]


def test_a_file_of_a_hundred_megabytes_is_not_read(browser, session, staff):
    browser.open(
        "POST",
        browser.address("members.new_import"),
        data=b"--a",
        content_type="multipart/form-data; boundary=a",
        headers={"X-CSRFToken": browser.token()},
        environ_overrides={"CONTENT_LENGTH": "100000000"},
        expect=413,
    )
    assert session.scalar(select(func.count()).select_from(MemberImport)) == 0


@pytest.mark.parametrize("role", ["Administrator", "administrator", "Staff", "membership", "root"])
def test_a_list_makes_nobody_staff(browser, session, staff, work, role):  # noqa: F811 - the fixture
    grants = session.scalar(select(func.count()).select_from(StaffGrant))
    me = [*FJORD[:3], "Mallory", staff.email, role]
    row = written(browser, session, work, csv(HEADINGS, me))
    assert row.state in ("done", "ready")
    assert session.scalar(select(func.count()).select_from(StaffGrant)) == grants
    found = session.get(Person, staff.id)
    assert found.password_hash is None


def test_a_list_takes_over_no_account(browser, session, staff, work, make):  # noqa: F811 - the fixture
    owner = make.Person(email="owner@fjord.example", name="Owner", password_hash="x" * 20)
    heading = [*HEADINGS, "password_hash", "verified_at", "state", "id"]
    row = [*FJORD[:3], "Mallory", "OWNER@fjord.example", "", "y", "2020-01-01", "blocked", "1"]
    written(browser, session, work, csv(heading, row))
    session.refresh(owner)
    assert (owner.name, owner.password_hash, owner.state) == ("Owner", "x" * 20, "active")
    fresh = [*FJORD[:3], "Nina New", "nina@fjord.example", "", "y", "2020-01-01", "", ""]
    written(browser, session, work, csv(heading, fresh))
    nina = session.scalar(select(Person).where(Person.email == "nina@fjord.example"))
    assert (nina.password_hash, nina.verified_at) == (None, None)


@pytest.mark.parametrize("role", ["programmes", "events", "editor"])
def test_other_staff_and_members_reach_nobodys_list(browser, session, staff, work, make, role):  # noqa: F811 - the fixture
    row = checked(browser, session, work, csv(HEADINGS, FJORD))
    for visitor in (make.staff(role), make.colleague(make.Organisation())):
        browser.sign_in(visitor)
        for page in ("member_import", "import_columns", "import_refused"):
            browser.get(f"members.{page}", id=row.id, expect=404)
        for deed in ("confirm_import", "discard_import"):
            browser.send(f"members.{deed}", {"edited_version": "1"}, id=row.id, expect=404)
        browser.get("members.export_members", expect=403)
    assert newest(session).state == "ready"


def test_a_yes_that_is_sent_twice_writes_once(browser, session, staff, work):  # noqa: F811 - the fixture
    row = checked(browser, session, work, csv(HEADINGS, FJORD))
    page = browser.get("members.member_import", id=row.id)
    version = page.select_one("[name=edited_version]")["value"]
    browser.send("members.confirm_import", {"edited_version": version}, id=row.id)
    browser.send("members.confirm_import", {"edited_version": version}, id=row.id, expect=409)
    work()
    again = str(newest(session).version)
    browser.send("members.confirm_import", {"edited_version": again}, id=row.id, expect=409)
    browser.send("members.discard_import", id=row.id, expect=409)
    assert session.scalar(select(func.count()).select_from(Organisation)) == 1


def test_whoever_was_blocked_after_saying_yes_writes_nothing(browser, session, staff, work):  # noqa: F811 - the fixture
    row = checked(browser, session, work, csv(HEADINGS, FJORD))
    browser.press("members.member_import", "Write", id=row.id)
    staff.state = PersonState.BLOCKED
    session.commit()
    work()
    assert newest(session).tallies["refused"] == 1
    assert session.scalars(select(Organisation)).all() == []
    assert session.scalars(select(Affiliation)).all() == []


def test_an_advertisement_in_the_place_of_a_name_is_refused(browser, session, staff, work):  # noqa: F811 - the fixture
    me = [*FJORD[:3], "See www.evil.example", "kari@fjord.example", ""]
    row = checked(browser, session, work, csv(HEADINGS, me))
    assert row.tallies == {"wrong": 1}
    site = [[*HEADINGS, "Nettside"], [*FJORD, "javascript:alert(1)"]]
    row = checked(browser, session, work, csv(*site))
    assert row.tallies == {"wrong": 1}

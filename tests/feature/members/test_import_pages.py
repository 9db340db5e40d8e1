"""The pages of an import: columns matched by hand, downloads, refusals, work that goes on."""

import csv as reader
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from portal.extensions import db
from portal.members.importing import batches, jobs, service
from portal.models import (
    AuditEvent,
    ImportRow,
    Organisation,
    Person,
    StaffGrant,
)
from tests.factories.base import days
from tests.feature.members.importing import (
    FJORD,
    HEADINGS,
    SKOG,
    checked,
    csv,
    newest,
    upload,
    verdicts,
    written,
)


@pytest.fixture(autouse=True)
def staff(make, browser):
    person = make.staff("membership", name="Staff One")
    browser.sign_in(person)
    return person


def count(session, model):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model))


def test_columns_are_guessed_and_can_be_changed(browser, session, work):
    upload(browser, csv(["Hvem", "Hvor", "Notat"], ["Fjord", "Bergen", "x"]))
    row = newest(session)
    page = browser.get("members.import_columns", id=row.id)
    chosen = [box.select_one("option[selected]")["value"] for box in page.select("tbody select")]
    assert chosen == ["", "", ""]
    assert "Bergen" in page.select_one("tbody").text
    answers = {"column_0": "display_name", "column_1": "place"}
    browser.fill("members.import_columns", answers, id=row.id)
    work()
    row = newest(session)
    assert (row.columns, row.tallies) == ({"display_name": 0, "place": 1}, {"new": 1})
    answers = {"column_1": ""}
    browser.fill("members.import_columns", answers, id=row.id)
    assert newest(session).columns == {"display_name": 0}


def test_a_field_is_chosen_once_and_somebody_must_be_named(browser, session):
    upload(browser, csv(["Bedrift", "Sted"], ["Fjord", "Bergen"]))
    row = newest(session)
    twice = {"column_0": "place", "column_1": "place"}
    page = browser.fill("members.import_columns", twice, id=row.id, expect=422)
    assert "another column already" in page.text
    nobody = {"column_0": "", "column_1": "place"}
    page = browser.fill("members.import_columns", nobody, id=row.id, expect=422)
    assert "Say in which column" in page.text
    assert newest(session).state == "matching"


def test_another_row_can_be_taken_for_the_headings(browser, session, work):
    content = csv(["Navn", "Sted"], ["(a)", "(b)"], ["Bedrift", "By"], ["Fjord", "Bergen"])
    row = checked(browser, session, work, content)
    assert row.header == 1
    browser.fill("members.import_columns", {"header": "3"}, id=row.id)
    row = newest(session)
    assert (row.state, row.header, row.headings, row.total) == ("matching", 3, ["Bedrift", "By"], 1)
    browser.fill("members.import_columns", {"header": "4"}, id=row.id, expect=422)
    browser.fill("members.import_columns", {"header": "9"}, id=row.id, expect=422)
    browser.fill("members.import_columns", id=row.id)
    work()
    assert verdicts(session, newest(session)) == {4: "new"}


@pytest.mark.parametrize(
    "content", [b"", b"Name\r\n", b"PK\x03\x04broken", b"\x89PNG\r\n\x1a\n\x00\x00"]
)
def test_what_is_no_list_is_refused_at_its_field(browser, session, content):
    page = upload(browser, content, expect=422)
    assert page.select(".field--wrong")
    browser.fill("members.new_import", {}, expect=422)


def round_trip(browser, session, work, kind):
    """Download all members and import the file as it is; return what became of its rows."""
    browser.get("members.export_members", kind=kind)
    content = browser.response.data
    row = checked(browser, session, work, content, f"members.{kind}")
    return content, row


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_download_can_be_imported_again_and_changes_nothing(
    browser, session, work, make, kind, language
):
    organisation = make.Organisation(
        display_name="-Ærlig; “Øl” & Å", legal_name="=Ærlig AS", number="923609016",
        number_kind="norwegian", place="Bodø", website="http://ol.example/", kind="research",
        size="large", standfirst="+Øl, kaldt.",
    )  # fmt: skip
    tier = make.MembershipTier(code="gold", name_en="Gold", name_nb="Gull")
    make.MembershipPeriod(membership=make.Membership(organisation=organisation), tier=tier)
    make.colleague(
        organisation, "representative", email="kari@ol.example", name="@Kari Ås",
        phone="+47 900 11 222", language="nb",
    )  # fmt: skip
    make.colleague(organisation, "member", email="ola@ol.example", name="Ola")
    make.Organisation(
        display_name="Foreign", number="00445790", number_kind="foreign", country="GB"
    )
    make.Organisation(display_name="Nameless", confirmed_at=None)
    browser.language = language
    _content, row = round_trip(browser, session, work, kind)
    wrong = session.scalars(select(ImportRow.findings).where(ImportRow.verdict == "wrong")).all()
    assert (row.tallies, wrong) == ({"same": 4}, [])
    assert len(row.columns) == len(row.headings) == 18


def test_the_download_opens_clean_in_excel(browser, make):
    organisation = make.Organisation(display_name="=HYPERLINK(1)", place="Ålesund")
    make.colleague(organisation, email="a@b.example", name="Åse", phone="+47 1")
    browser.get("members.export_members", kind="csv")
    assert browser.response.data.startswith(b"\xef\xbb\xbf")
    rows = list(reader.reader(StringIO(browser.response.data.decode("utf-8-sig")), delimiter=";"))
    told = dict(zip(*rows, strict=True))
    assert told["Name of the organisation"] == "'=HYPERLINK(1)"
    assert (told["Town"], told["Phone"]) == ("Ålesund", "'+47 1")
    browser.get("members.export_members", kind="xlsx")
    sheet = load_workbook(BytesIO(browser.response.data)).active
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    browser.get("members.export_members", kind="csv", rows="none")
    assert browser.response.data.decode("utf-8-sig").count("\r\n") == 1


def test_what_was_refused_is_downloaded_with_the_reason_and_no_formula(browser, session, work):
    wrong = ["=cmd|x", "923609017", "Oslo", "", "", ""]
    row = written(browser, session, work, csv(HEADINGS, FJORD, wrong))
    browser.get("members.import_refused", id=row.id, kind="csv")
    text = browser.response.data.decode("utf-8-sig")
    [_headings, line] = list(reader.reader(StringIO(text), delimiter=";"))
    assert line[:3] == ["'=cmd|x", "923609017", "Oslo"]
    assert line[-2] == "3"
    assert "Org.nr.: The check digit is wrong" in line[-1]
    browser.get("members.import_refused", id=row.id, kind="xlsx")
    assert browser.response.data.startswith(b"PK")


def test_cells_are_shown_as_text_whatever_is_in_them(browser, session, work):
    row = checked(browser, session, work, csv(HEADINGS, ["<script>alert(1)</script>", *FJORD[1:]]))
    browser.get("members.member_import", id=row.id)
    assert b"<script>alert" not in browser.response.data


def test_a_list_that_is_thrown_away_leaves_nothing_of_anybody(browser, session, work):
    row = checked(browser, session, work, csv(HEADINGS, FJORD))
    browser.press("members.member_import", "Throw the list away", id=row.id)
    assert newest(session).state == "discarded"
    assert count(session, ImportRow) == 0
    assert "thrown away" in browser.get("members.member_import", id=row.id).text


def test_a_yes_to_another_preview_writes_nothing(browser, session, work):
    row = checked(browser, session, work, csv(HEADINGS, FJORD))
    version = str(row.version)
    browser.fill("members.import_columns", {"column_2": ""}, id=row.id)
    work()
    browser.send("members.confirm_import", {"edited_version": version}, id=row.id, expect=409)
    work()
    assert count(session, Organisation) == 0


def test_a_list_that_is_written_says_so_to_whoever_still_looks_at_its_preview(
    browser, session, work
):
    row = checked(browser, session, work, csv(HEADINGS, FJORD))
    version = {"edited_version": str(row.version)}
    browser.press("members.member_import", "Write", id=row.id)
    work()
    page = browser.send("members.confirm_import", version, id=row.id, expect=409)
    assert "It is “Done”" in page.main.text
    browser.get("members.import_columns", id=row.id, expect=302)
    assert browser.response.location == f"/admin/imports/{row.id}"


def test_a_row_that_would_now_do_something_else_is_refused(browser, session, work, make):
    row = checked(browser, session, work, csv(HEADINGS, FJORD, SKOG))
    make.Organisation(
        display_name="Fjord", legal_name="Fjord", number="923609016", number_kind="norwegian"
    )
    browser.press("members.member_import", "Write 2 rows", id=row.id)
    work()
    row = newest(session)
    assert row.tallies == {"new": 2, "written": 1, "refused": 1}
    page = browser.get("members.member_import", id=row.id, show="refused")
    assert "something else than the preview said" in page.text
    names = session.scalars(select(Organisation.display_name)).all()
    assert sorted(names) == ["Fjord", "Skog og Sjø"]


def test_whoever_lost_the_role_writes_nothing_any_more(browser, session, work, staff):
    row = checked(browser, session, work, csv(HEADINGS, FJORD, SKOG))
    browser.press("members.member_import", "Write 2 rows", id=row.id)
    for grant in session.scalars(select(StaffGrant)):
        grant.ends_at = days(-1)
    session.commit()
    work()
    session.rollback()
    session.refresh(row)
    assert row.tallies == {"new": 2, "written": 0, "refused": 2}
    assert count(session, Organisation) == 0


def test_a_list_is_written_in_turns_and_goes_on_where_it_stopped(
    app, browser, session, work, monkeypatch
):
    monkeypatch.setattr(batches, "BATCH", 2)
    monkeypatch.setattr(jobs, "TURN", 0)
    lines = [[f"Firma {n}", "", "Oslo", f"Person {n}", f"p{n}@a.example", ""] for n in range(7)]
    row = checked(browser, session, work, csv(HEADINGS, *lines))
    browser.press("members.member_import", "Write 7 rows", id=row.id)
    page = browser.get("members.member_import", id=row.id)
    assert "0 of 7 rows" in page.text
    assert page.select("noscript meta[http-equiv=refresh]")
    assert page.select("progress[max='7'][value='0']")
    work()
    row = newest(session)
    assert (row.state, row.handled, row.tallies["written"]) == ("done", 7, 7)
    assert count(session, Organisation) == 7
    made = select(func.count()).where(AuditEvent.action == "organisation.created")
    assert session.scalar(made) == 7


def test_a_batch_that_breaks_leaves_nothing_and_is_done_whole_the_next_time(
    app, browser, session, work, monkeypatch
):
    row = checked(browser, session, work, csv(HEADINGS, FJORD, SKOG))
    browser.press("members.member_import", "Write 2 rows", id=row.id)
    perform = batches.perform
    calls = []

    def breaks_at_the_second(*given, **more):
        calls.append(1)
        if len(calls) == 2:
            raise OSError("the machine went away")
        perform(*given, **more)

    monkeypatch.setattr(batches, "perform", breaks_at_the_second)
    with app.app_context(), pytest.raises(OSError, match="went away"):
        jobs.write_import(str(row.id), 1)
    assert (count(session, Organisation), count(session, Person)) == (0, 1)
    work()
    assert count(session, Organisation) == 2
    assert newest(session).tallies["written"] == 2


def test_what_lists_hold_of_people_is_kept_for_a_month(app, browser, session, work, at):
    done = written(browser, session, work, csv(HEADINGS, FJORD))
    checked(browser, session, work, csv(HEADINGS, SKOG))
    with app.app_context():
        service.forget(now=days(29))
        db.session.commit()
    assert count(session, ImportRow) == 4
    with app.app_context():
        service.forget(now=days(31))
        db.session.commit()
    assert count(session, ImportRow) == 0
    assert newest(session).state == "discarded"
    page = browser.get("members.member_import", id=done.id)
    assert "not kept any more" in page.text


def test_the_list_of_imports_tells_how_far_each_has_come(browser, session, work):
    assert "No list was brought in yet" in browser.get("members.imports").text
    written(browser, session, work, csv(HEADINGS, FJORD), "medlemmer.csv")
    page = browser.get("members.imports")
    [line] = page.select("tbody tr")
    assert "medlemmer.csv" in line.text
    assert "Done" in line.text


@pytest.mark.parametrize("role", ["programmes", "editor", "events"])
def test_other_staff_bring_nothing_in(browser, session, make, role):
    upload(browser, csv(HEADINGS, FJORD))
    row = newest(session)
    browser.sign_in(make.staff(role))
    browser.get("members.imports", expect=403)
    browser.get("members.export_members", expect=403)
    browser.get("members.member_import", id=row.id, expect=404)
    browser.send("members.confirm_import", id=row.id, expect=404)

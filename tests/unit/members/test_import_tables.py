"""Lists as Excel writes them, read as rows of text."""

import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook

from portal.core.errors import Refused
from portal.members.importing import tables
from portal.members.importing.tables import read_table


def cells(content):
    return [list(row) for _number, row in read_table(content, "list").rows]


def workbook(*rows, **more):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, hidden in more.items():
        book.create_sheet(name).sheet_state = hidden
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def refusal(content):
    with pytest.raises(Refused) as caught:
        read_table(content, "list")
    return caught.value.reason.text


@pytest.mark.parametrize("alphabet", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_csv_is_read_in_every_alphabet_and_with_every_sign_between_cells(alphabet, sign, end):
    text = f"Navn{sign}Sted{end}Blåbær{sign}Tromsø{end}Æra{sign}Ås{end}"
    assert cells(text.encode(alphabet)) == [["Navn", "Sted"], ["Blåbær", "Tromsø"], ["Æra", "Ås"]]


def test_the_sign_that_cuts_rows_alike_is_taken_though_others_are_more():
    content = b"Name;About\r\nA;one, two, three, four\r\nB;five, six\r\n"
    assert cells(content) == [["Name", "About"], ["A", "one, two, three, four"], ["B", "five, six"]]


def test_excels_own_note_of_its_sign_is_minded_and_counts_as_a_row():
    table = read_table(b"sep=|\r\nName|Town\r\nA;B|C\r\n", "list")
    assert table.rows == [(2, ["Name", "Town"]), (3, ["A;B", "C"])]


def test_quoted_cells_hold_signs_quotes_and_line_ends():
    content = b'Name;Note\r\n"Fjord; AS";"He said ""yes"".\r\nTwice."\r\n'
    assert cells(content)[1] == ["Fjord; AS", 'He said "yes".\r\nTwice.']


def test_rows_keep_their_numbers_when_empty_ones_are_left_out():
    content = b"List of 2026\r\n\r\nName;Town\r\n;;\r\nA;B;;;\r\n;\r\n;\r\n"
    assert read_table(content, "list").rows == [
        (1, ["List of 2026"]),
        (3, ["Name", "Town"]),
        (5, ["A", "B"]),
    ]


def test_a_workbook_gives_numbers_and_days_as_people_write_them():
    rows = cells(
        workbook(
            ["Navn", "Orgnr", "Fra", "Til", "Andel"],
            ["Ærlig Øl", 923609016.0, datetime(2026, 1, 31), date(2026, 12, 31), 0.5],  # noqa: DTZ001 - as Excel keeps them
        )
    )
    assert rows[1] == ["Ærlig Øl", "923609016", "2026-01-31", "2026-12-31", "0.5"]


def test_sheets_that_are_hidden_or_empty_are_passed_over():
    book = Workbook()
    book.active.title = "Empty"
    book.create_sheet("Hidden").append(["Secret"])
    book["Hidden"].sheet_state = "hidden"
    book.create_sheet("Members").append(["Name"])
    book["Members"].append(["Fjord"])
    content = BytesIO()
    book.save(content)
    assert cells(content.getvalue()) == [["Name"], ["Fjord"]]


def test_a_cell_that_our_own_download_kept_from_being_a_formula_is_itself_again():
    content = b"Name;Phone\r\n'=1+1;'+47 900\r\n'tis;x\r\n"
    assert cells(content)[1:] == [["=1+1", "+47 900"], ["'tis", "x"]]


def test_what_no_person_types_is_left_out():
    assert cells("Name\r\nFjord\u202e\u0007 AS\u00a0\r\n".encode())[1] == ["Fjord AS"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\r\n;;\r\n", "is empty"),
        (b"Name;Town\r\n", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "with a password"),
        (b"%PDF-1.7\nA list; of members\n1; 2\n", "cannot read this file"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "cannot read this file"),
        (b"PK\x03\x04 and no more", "cannot read"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "cannot read"),
        (b"Name\r\nA\r\n" * 10_002, "more than %(most)s rows"),
        (b";".join([b"x"] * 61) + b"\r\ny\r\n", "more than %(most)s columns"),
        (b"Name\r\n" + b"x" * 2001, "more than %(most)s characters"),
        (b"x" * (10 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(content, words):
    assert words in refusal(content)


def zipped(**parts):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return content.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(tables, "load_workbook", None, raising=False)
    bomb = zipped(xl__workbook="<x/>", xl__worksheets__sheet1=b"0" * (40 * 1024 * 1024))
    assert len(bomb) < 100_000
    assert "too large when it is opened" in refusal(bomb)
    many = zipped(**{f"xl__part{number}": "" for number in range(600)})
    assert "too large when it is opened" in refusal(many)
    assert "cannot read" in refusal(zipped(word__document="<w/>"))


def test_a_sheet_that_lies_about_its_size_costs_nothing():
    content = workbook(["Name"], ["Fjord"])
    lying = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as honest, zipfile.ZipFile(lying, "w") as archive:
        for part in honest.infolist():
            text = honest.read(part)
            if part.filename.endswith("sheet1.xml"):
                text = text.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
                text = text.replace(b'<row r="2"', b'<row r="99999999999"', 0)
            archive.writestr(part, text)
    assert cells(lying.getvalue()) == [["Name"], ["Fjord"]]


def test_a_row_far_beyond_the_end_of_a_sheet_is_not_counted_up_to():
    content = workbook(["Name"], ["Fjord"], ["Far"])
    lying = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as honest, zipfile.ZipFile(lying, "w") as archive:
        for part in honest.infolist():
            text = honest.read(part)
            if part.filename.endswith("sheet1.xml"):
                text = text.replace(b'<row r="3"', b'<row r="99999999999"')
                text = text.replace(b'r="A3"', b'r="A99999999999"')
            archive.writestr(part, text)
    assert cells(lying.getvalue()) == [["Name"], ["Fjord"]]


def test_a_workbook_of_too_many_rows_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert "more than %(most)s rows" in refusal(workbook(*[["x"]] * 5))
    assert len(cells(workbook(*[["x"]] * 4))) == 4

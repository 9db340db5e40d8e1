"""Lists as Excel writes them, read as rows of text: CSV in any of its spellings, and XLSX.

What is broken, too large or made to be larger than it looks is refused with a sentence.
"""

import csv
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from portal.core.errors import Refused
from portal.core.legible import legible
from portal.core.wording import N_, Sentence
from portal.members.importing.weighing import TooHeavy, weigh_part

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 60, 2_000
LARGEST_FILE = 10 * 1024 * 1024
#: What a workbook may weigh when it is unpacked: 20 000 full rows take half of it.
LARGEST_UNPACKED = 32 * 1024 * 1024
MOST_PARTS = 500
#: The last row that a sheet of Excel can have.
LAST_ROW = 1_048_576

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What opening an archive says of one that is broken, locked, or packed in a way that is not ours.
BROKEN_ARCHIVE = (zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError, zlib.error)
DELIMITERS = (";", "\t", ",", "|")
#: A cell that our downloads mark so that it does not become a formula; the mark is no part of it.
GUARDED = ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\n", "'\uff1d", "'\uff0b", "'\uff0d", "'\uff20")

EMPTY = Sentence(N_("This list is empty. Choose one with headings and at least one row."))
TOO_LARGE = Sentence(
    N_("This file is too large. Choose one of at most %(most)s megabytes."),
    {"most": LARGEST_FILE // (1024 * 1024)},
)
TOO_MANY = Sentence(
    N_("This list has more than %(most)s rows. Split it and import one part after the other."),
    {"most": MOST_ROWS},
)
TOO_WIDE = Sentence(
    N_("This list has more than %(most)s columns. Remove those that you do not need."),
    {"most": MOST_COLUMNS},
)
TOO_LONG = Sentence(
    N_("Row %(row)s has a cell of more than %(most)s characters. Shorten it and try again.")
)
TOO_HEAVY = Sentence(
    N_("This workbook becomes too large when it is opened. Copy the list alone into a new workbook"
       " and save that, or save the list as CSV.")
)  # fmt: skip
OLD = Sentence(
    N_("This is an old Excel file, or one with a password. Save it as an Excel workbook (.xlsx)"
       " without a password, or as CSV.")
)  # fmt: skip
BROKEN = Sentence(
    N_("We cannot read this file as a list. Save it as an Excel workbook (.xlsx) or as CSV and try"
       " again.")
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows of a list that hold anything, each with its number in the file."""

    name: str
    rows: Sequence[tuple[int, Sequence[str]]]


def read_table(content: bytes, name: str) -> Table:
    """Read a list. Raises Refused with the reason."""
    if len(content) > LARGEST_FILE:
        raise Refused(TOO_LARGE)
    if content.startswith(OLE):
        raise Refused(OLD)
    import filetype  # noqa: PLC0415 - only where files arrive

    if not content.startswith(ZIP) and filetype.guess(content) is not None:
        raise Refused(BROKEN)  # a PDF, a picture: nothing that has a name of its own is CSV
    raw = workbook_rows(content) if content.startswith(ZIP) else text_rows(content)
    rows = list(numbered(raw))
    if len(rows) < 2:
        raise Refused(EMPTY)
    return Table(name=tidy_name(name), rows=rows)


def tidy_name(name: str) -> str:
    """Keep what is harmless of a file's name, for people to know it by."""
    last = legible(name).replace("\\", "/").rpartition("/")[2].strip()
    return last[-120:] or "?"


def numbered(raw: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Sequence[str]]]:
    """Number the rows and keep those that hold anything, without empty cells at their ends."""
    kept = 0
    for number, row in enumerate(raw, start=1):
        cells = [as_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            raise Refused(TOO_WIDE)
        if max(map(len, cells)) > LONGEST_CELL:
            raise Refused(Sentence(TOO_LONG.text, {"row": number, "most": LONGEST_CELL}))
        kept += 1
        if kept > MOST_ROWS + 1:
            raise Refused(TOO_MANY)
        yield number, cells


def as_text(cell: Any) -> str:
    """Write a cell as a person would have typed it: whole numbers without a point, days as days."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    text = legible(str(cell)).replace("\u00a0", " ").strip()
    return text[1:] if text.startswith(GUARDED) else text


def text_rows(content: bytes) -> Iterator[Sequence[str]]:
    """Read CSV: whichever alphabet, and whichever sign between the cells."""
    text = decoded(content)
    if "\x00" in text:
        raise Refused(BROKEN)
    sign = ""
    if text[:4].lower() == "sep=" and len(text) > 4:  # Excel's own note of the sign it used
        sign, text = text[4], "\n" + text.partition("\n")[2]
    sign = sign or delimiter(text)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=sign)
    except csv.Error as error:
        raise Refused(BROKEN) from error


def decoded(content: bytes) -> str:
    """Return the text: UTF-8 and UTF-16 where it is either, else Windows-1252 as Excel saves it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def delimiter(text: str) -> str:
    """Return the sign that cuts the most of the first rows into equally many cells."""

    def cut(sign: str) -> tuple[int, int]:
        rows = csv.reader(StringIO(text[:65_536], newline=""), delimiter=sign)
        try:
            widths = [len(row) for row in islice(rows, 30) if len(row) > 1]
        except csv.Error:
            return (0, 0)
        usual = max(set(widths), key=widths.count) if widths else 0
        return (widths.count(usual), usual)

    return max(DELIMITERS, key=cut)


def workbook_rows(content: bytes) -> Iterator[Sequence[Any]]:
    """Read the first sheet of a workbook that is shown and holds anything."""
    weigh(content)
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and only where a list is read

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what Excel can do and it cannot
        try:
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                rows = () if sheet.sheet_state != "visible" else sheet_rows(sheet)
                found = list(rows)
                if any(found):
                    yield from found
                    return
        except Refused:
            raise
        except Exception as error:  # whatever a broken file makes of its reader
            raise Refused(BROKEN) from error


def sheet_rows(sheet: Any) -> Iterator[Sequence[Any]]:
    """Read a sheet as wide as a list may be, and one column more, whatever it says of its size."""
    sheet.reset_dimensions()
    kept = 0
    for row in sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS + 1, values_only=True):
        empty = all(cell is None for cell in row)
        kept += not empty
        if kept > MOST_ROWS + 1:
            raise Refused(TOO_MANY)
        yield () if empty else row


def weigh(content: bytes) -> None:
    """Refuse a workbook that unpacks into more than a list can be: before anything is kept of it.

    What a part says of its size binds: no more is read of it than that.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Refused(TOO_HEAVY)
            if "xl/workbook.xml" not in {part.filename for part in parts}:
                raise Refused(BROKEN)
            for part in parts:
                with archive.open(part) as unpacked:
                    weigh_part(unpacked)
    except TooHeavy as error:
        raise Refused(TOO_HEAVY) from error
    except BROKEN_ARCHIVE as error:
        raise Refused(BROKEN) from error

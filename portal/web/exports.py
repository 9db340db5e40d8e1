"""Lists as files that open clean in a spreadsheet."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response

from portal.platform import language

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A cell that begins like this is a formula to a spreadsheet, whoever typed it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


Rows = Iterable[Sequence[Any]]


def download(
    kind: str, name: str, rows: Rows, *, beside: Mapping[str, Rows] | None = None
) -> Response:
    """Return rows, the first being the headings, as a file to be saved: "csv" or "xlsx".

    A workbook has more sheets `beside`, each under its name.
    """
    kind = "xlsx" if kind == "xlsx" else "csv"
    content, media_type = (as_xlsx(rows, beside), XLSX) if kind == "xlsx" else (as_csv(rows), CSV)
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    return response


def as_csv(rows: Rows) -> bytes:
    """Write rows with semicolons and a byte-order mark, as Excel in Norway reads them."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(plain(cell)) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(rows: Rows, beside: Mapping[str, Rows] | None = None) -> bytes:
    """Write rows as a workbook; text stays text, moments and numbers keep their kind."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name, told in [(None, rows), *(beside or {}).items()]:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(told):
                for column, cell in enumerate(row):
                    style = bold if number == 0 else moment if isinstance(cell, datetime) else None
                    sheet.write(number, column, in_cell(cell), style)
            sheet.freeze_panes(1, 0)
            sheet.autofit()
    return buffer.getvalue()


def in_cell(cell: Any) -> Any:
    """Return what a cell of a workbook holds."""
    if isinstance(cell, datetime):
        return cell.astimezone(ZoneInfo(language.zone())).replace(tzinfo=None)
    if isinstance(cell, str):
        return harmless(cell)
    return cell if isinstance(cell, int | float) else plain(cell)


def plain(cell: Any) -> str:
    """Return a cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.astimezone(ZoneInfo(language.zone())).strftime("%Y-%m-%d %H:%M")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def harmless(text: str) -> str:
    """Keep a cell from becoming a formula when a spreadsheet opens it."""
    return f"'{text}" if text.startswith(FORMULA) else text

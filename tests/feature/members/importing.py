"""What the stories of importing share: lists as Excel writes them, and the way to the preview."""

from io import BytesIO

from openpyxl import Workbook
from sqlalchemy import select

from portal.models import ImportRow, MemberImport

HEADINGS = ["Navn", "Org.nr.", "Poststed", "Kontaktperson", "E-post", "Rolle"]
FJORD = ["Fjord Robotics", "923609016", "Ålesund", "Kari Ås", "kari@fjord.example", "Administrator"]
SKOG = ["Skog og Sjø", "974760673", "Tromsø", "Ola Nordmann", "ola@skog.example", ""]


def csv(*rows, sign=";", alphabet="cp1252"):
    """Write rows as Excel in Norway saves CSV."""
    return "\r\n".join(sign.join(row) for row in rows).encode(alphabet) + b"\r\n"


def xlsx(*rows):
    """Write rows as a workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def upload(browser, content, name="members.csv", *, expect=302):
    """Upload a list and return the page that comes back."""
    file = {"file": (BytesIO(content), name)}
    return browser.fill("members.new_import", file, expect=expect)


def newest(session):
    """Return the list that was uploaded last."""
    session.rollback()
    rows = select(MemberImport).order_by(MemberImport.created_at.desc(), MemberImport.id.desc())
    return session.scalars(rows.limit(1)).one()


def checked(browser, session, work, content, name="members.csv", **choices):
    """Upload a list, take the columns as they were guessed, let it be checked; return it."""
    upload(browser, content, name)
    row = newest(session)
    browser.fill("members.import_columns", choices, id=row.id)
    work()
    return newest(session)


def written(browser, session, work, content, name="members.csv", **choices):
    """Bring a list in, from the upload to its last row; return it."""
    row = checked(browser, session, work, content, name, **choices)
    if row.state == "ready" and row.tallies.keys() & {"new", "changed"}:
        browser.press("members.member_import", "Write", id=row.id)
        work()
    return newest(session)


def verdicts(session, row):
    """Return the verdict of each row, by its number in the file."""
    rows = select(ImportRow.number, ImportRow.verdict).where(
        ImportRow.import_id == row.id, ImportRow.number > row.header
    )
    return {number: verdict and str(verdict) for number, verdict in session.execute(rows)}

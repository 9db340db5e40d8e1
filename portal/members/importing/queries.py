"""What the pages of an import find, and what is here of what a list speaks of."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from portal.core.errors import present
from portal.extensions import db
from portal.members.importing.rules import to_write
from portal.models import (
    Actor,
    ImportOutcome,
    ImportRow,
    ImportVerdict,
    MemberImport,
    Person,
    stand_in,
)
from portal.platform.database import read
from portal.platform.paging import Order, PageOfRows, page

#: The rows that show on the page where columns are matched.
EXAMPLES = 3

SHOWN = (
    ImportRow.id,
    ImportRow.number,
    ImportRow.cells,
    ImportRow.verdict,
    ImportRow.steps,
    ImportRow.findings,
    ImportRow.outcome,
)


def member_import(id: UUID, *, actor: Actor) -> MemberImport:
    """Find a list that was uploaded."""
    rows = MemberImport.visible_to(actor).where(MemberImport.id == id)
    whose = (joinedload(MemberImport.uploaded_by), joinedload(MemberImport.first_confirmed_by))
    return present(db.session.scalar(rows.options(*whose)))


def imports(mark: str | None, *, actor: Actor) -> PageOfRows:
    """Return a page of the lists that were uploaded, the newest first."""
    order = Order(MemberImport.created_at, MemberImport.id, descending=True)
    return page(every_import(stand_in(actor.staff)), order, mark, given={})


@cache
def every_import(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Put together, once for each kind of staff, what selects the lists."""
    return (
        MemberImport.visible_to(actor)
        .join(Person, Person.id == MemberImport.uploaded_by_id)
        .with_only_columns(
            MemberImport.id,
            MemberImport.created_at,
            MemberImport.name,
            MemberImport.state,
            MemberImport.total,
            Person.name.label("who"),
        )
    )


def rows(row: MemberImport, show: str, mark: str | None) -> PageOfRows:
    """Return a page of the rows of a list, perhaps those of one verdict or outcome alone."""
    given: dict[str, Any] = {"list_id": row.id, "header": row.header}
    verdicts, outcomes = (
        {each.value for each in words} for words in (ImportVerdict, ImportOutcome)
    )
    if show in verdicts:
        given["verdict"] = ImportVerdict.of(show)
    elif show in outcomes:
        given["outcome"] = ImportOutcome.of(show)
    narrowed = some_rows(by_verdict="verdict" in given, by_outcome="outcome" in given)
    return page(narrowed, Order(ImportRow.number, ImportRow.id), mark, given=given)


@cache
def some_rows(*, by_verdict: bool, by_outcome: bool) -> Select[*tuple[Any, ...]]:
    """Put together, once for each narrowing, what selects the rows of a list."""
    found = select(*SHOWN).where(
        ImportRow.import_id == bindparam("list_id"), ImportRow.number > bindparam("header")
    )
    if by_verdict:
        found = found.where(ImportRow.verdict == bindparam("verdict"))
    if by_outcome:
        found = found.where(ImportRow.outcome == bindparam("outcome"))
    return found


def first_rows(row: MemberImport) -> Sequence[Any]:
    """Return the heading row and some after it, to match columns by."""
    found = select(ImportRow.number, ImportRow.cells).where(
        ImportRow.import_id == row.id, ImportRow.number >= row.header
    )
    return read(found.order_by(ImportRow.number).limit(EXAMPLES + 1)).all()


def heading_row(row: MemberImport, number: int) -> Sequence[str] | None:
    """Return the cells of one row, if it holds any."""
    found = select(ImportRow.cells).where(ImportRow.import_id == row.id, ImportRow.number == number)
    cells: Sequence[str] | None = read(found).scalar()
    return cells


def count_below(row: MemberImport, number: int) -> int:
    """Count the rows below one, which are at most as many as a list may have."""
    found = select(func.count()).where(ImportRow.import_id == row.id, ImportRow.number > number)
    return int(read(found).scalar_one())


def refused(row: MemberImport) -> Sequence[Any]:
    """Return the rows that were not written, and why."""
    wrong = or_(
        ImportRow.verdict == ImportVerdict.WRONG, ImportRow.outcome == ImportOutcome.REFUSED
    )
    found = select(*SHOWN).where(ImportRow.import_id == row.id, wrong)
    return read(found.order_by(ImportRow.number)).all()


__all__ = [
    "count_below",
    "first_rows",
    "heading_row",
    "imports",
    "member_import",
    "refused",
    "rows",
    "to_write",
]

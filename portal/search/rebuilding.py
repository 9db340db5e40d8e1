"""Making the whole index again: after an update that brought it, or changed how words are kept."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import delete, exists, select

from portal.extensions import db
from portal.models import SearchDocument
from portal.platform.database import unit
from portal.search.keeping import BATCH, keep
from portal.search.sources import SOURCES, Source, in_order


def is_missing() -> bool:
    """Tell whether there is something to find and no index at all."""
    with unit(writing=False):
        if db.session.scalar(select(SearchDocument.number).limit(1)):
            return False
        return any(db.session.scalar(select(s.model.id).limit(1)) for s in in_order())


def rebuild() -> int:
    """Make every document again, a batch to a transaction, and return of how many rows.

    Searches go on finding what there is meanwhile, and deeds wait no longer than for a batch.
    """
    with unit():
        db.session.execute(delete(SearchDocument).where(SearchDocument.kind.not_in(SOURCES)))
    count = 0
    for source in in_order():
        with unit():
            forget_gone(source)
        for ids in rows_of(source):
            with unit():
                keep(db.session(), source, ids, anew=True)
            count += len(ids)
    return count


def forget_gone(source: Source) -> None:
    """Remove the documents of rows that are no more."""
    there = exists().where(source.model.id == SearchDocument.subject_id)
    gone = delete(SearchDocument).where(SearchDocument.kind == source.kind, ~there)
    db.session.execute(gone, execution_options={"synchronize_session": False})


def rows_of(source: Source) -> Iterator[list[UUID]]:
    """Yield the ids of all rows in the order in which they were made, a batch at a time."""
    last: UUID | None = None
    while True:
        rows = select(source.model.id).order_by(source.model.id).limit(BATCH)
        if last:
            rows = rows.where(source.model.id > last)
        with unit(writing=False):
            ids = list(db.session.scalars(rows))
        if not ids:
            return
        yield ids
        last = ids[-1]

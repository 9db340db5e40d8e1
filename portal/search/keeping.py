"""Keeping the index: in the transaction that changes a row, whoever changes it.

Nobody calls this: the session itself tells which rows changed, and before it commits the documents
that hang on them are made again. So no deed can forget it, and none that is taken back leaves a
trace.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, event, insert, select, update
from sqlalchemy.orm import Session, SessionTransaction

from portal.extensions import db
from portal.models import SearchDocument, SearchWord
from portal.search.sources import SOURCES, Document, Source
from portal.search.words import stem, tidy, words

#: How many rows are made into documents at once.
BATCH = 200
CHANGED = "search: rows that changed"
IN_TITLE, IN_TEXT = 1, 0


def init_app() -> None:
    """Watch the portal's own session."""
    for moment, watcher in (
        ("after_flush", note),
        ("before_commit", keep_changed),
        ("after_soft_rollback", forget),
    ):
        if not event.contains(db.session, moment, watcher):
            event.listen(db.session, moment, watcher)


def note(session: Session, _context: object) -> None:
    """Remember which rows changed that documents may hang on."""
    for row in (*session.new, *session.dirty, *session.deleted):
        for source in SOURCES.values():
            if type(row) is source.model or type(row) in source.follows:
                changed = session.info.setdefault(CHANGED, {})
                changed.setdefault((source.kind, type(row)), set()).add(hanging(source, row))


def hanging(source: Source, row: Any) -> UUID:
    """Return the id by which documents are found that hang on a row."""
    followed = source.follows.get(type(row))
    id: UUID = getattr(row, followed) if isinstance(followed, str) else row.id
    return id


def forget(session: Session, taken_back: SessionTransaction) -> None:
    """Let go of changes that were taken back; what came before a savepoint still stands."""
    if not taken_back.nested:
        session.info.pop(CHANGED, None)


def keep_changed(session: Session) -> None:
    """Make the documents again that hang on what changed, as a part of the transaction.

    A savepoint that is let go is no end of it: the whole is dealt with at once.
    """
    if session.in_nested_transaction():
        return
    session.flush()
    changed = session.info.pop(CHANGED, {})
    wanted: dict[str, set[UUID]] = {}
    for (kind, model), ids in changed.items():
        wanted.setdefault(kind, set()).update(subjects(session, SOURCES[kind], model, ids=ids))
    for kind, subject_ids in wanted.items():
        for batch in batches(sorted(subject_ids)):
            keep(session, SOURCES[kind], batch)


def subjects(
    session: Session, source: Source, model: type, *, ids: Iterable[UUID]
) -> Iterable[UUID]:
    """Return the rows of a source that hang on changed rows of a model."""
    if model is source.model or isinstance(source.follows[model], str):
        return ids
    followed = source.follows[model]
    found: set[UUID] = set()
    for batch in batches(sorted(ids)):
        found.update(session.scalars(select(source.model.id).where(followed.in_(batch))))
    return found


def batches(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Cut a list into pieces that a statement takes."""
    return (ids[first : first + BATCH] for first in range(0, len(ids), BATCH))


def keep(session: Session, source: Source, ids: Sequence[UUID], *, anew: bool = False) -> None:
    """Bring the documents of these rows up to date; those that stay as they are cost no writing.

    `anew` writes their words again all the same.
    """
    there = {(row.subject_id, row.language): row for row in kept(session, source.kind, ids)}
    wanted = {(d.subject_id, d.language): tidied(d) for d in source.documents(ids)}
    changed = {
        key: document
        for key, document in wanted.items()
        if anew or key not in there or values(there[key]) != values(document)
    }
    gone = [row.number for key, row in there.items() if key not in wanted]
    stale = [there[key].number for key in changed if key in there]
    session.execute(delete(SearchWord).where(SearchWord.number.in_([*gone, *stale])))
    session.execute(delete(SearchDocument).where(SearchDocument.number.in_(gone)))
    for key, document in changed.items():
        if key in there:
            rewrite(session, there[key].number, document)
    numbers = {key: there[key].number for key in changed if key in there}
    fresh = {key: changed[key] for key in sorted(changed) if key not in there}  # the oldest first
    numbers |= add(session, source.kind, fresh.values())
    entries = [
        entry
        for key, document in changed.items()
        for entry in entries_of(source.kind, document, numbers[key])
    ]
    if entries:
        session.execute(insert(SearchWord.__table__), entries)  # type: ignore[arg-type]  # typed as FromClause


def kept(session: Session, kind: str, ids: Sequence[UUID]) -> Sequence[Any]:
    """Return what is kept of these rows."""
    rows = select(
        SearchDocument.number,
        SearchDocument.subject_id,
        SearchDocument.language,
        SearchDocument.title,
        SearchDocument.text,
        SearchDocument.address,
    )
    mine = SearchDocument.kind == kind, SearchDocument.subject_id.in_(ids)
    return session.execute(rows.where(*mine)).all()


def tidied(document: Document) -> Document:
    """Return a document whose letters are one character each."""
    return Document(
        subject_id=document.subject_id,
        language=document.language,
        title=tidy(document.title),
        text=tidy(document.text),
        address=document.address,
    )


def values(document: Any) -> Mapping[str, str]:
    """Return what a document says."""
    return {"title": document.title, "text": document.text, "address": document.address}


def rewrite(session: Session, number: int, document: Document) -> None:
    """Put a document in the place of what was kept of it."""
    mine = SearchDocument.number == number
    session.execute(update(SearchDocument).where(mine).values(values(document)))


def add(session: Session, kind: str, documents: Iterable[Document]) -> dict[tuple[UUID, str], int]:
    """Keep new documents, and return the numbers that they got."""
    rows = [
        {"kind": kind, "subject_id": d.subject_id, "language": d.language, **values(d)}
        for d in documents
    ]
    if not rows:
        return {}
    numbered = insert(SearchDocument).returning(
        SearchDocument.number, SearchDocument.subject_id, SearchDocument.language
    )
    return {(r.subject_id, r.language): r.number for r in session.execute(numbered, rows)}


def entries_of(kind: str, document: Document, number: int) -> Iterator[dict[str, Any]]:
    """Yield a row for every stem of a document."""
    language = document.language
    in_title = {stem(word, language) for _, word in words(document.title)}
    positions: dict[str, int] = {}
    for position, word in words(document.text):
        positions.setdefault(stem(word, language), position)
    for word in (in_title | positions.keys()) - {""}:
        yield {
            "kind": kind,
            "language": language,
            "word": word,
            "place": IN_TITLE if word in in_title else IN_TEXT,
            "number": number,
            "position": positions.get(word, -1),
        }

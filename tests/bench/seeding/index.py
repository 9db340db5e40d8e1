"""The search's index of what was poured in, made as the portal makes it but for the asking."""

from collections.abc import Iterable
from operator import itemgetter

from sqlalchemy import Connection, func, select, text

from portal.models import SearchDocument, SearchWord
from portal.search import Document
from portal.search.keeping import entries_of, values
from tests.bench.seeding.pouring import pour


def pour_documents(connection: Connection, documents: Iterable[tuple[str, Document]]) -> None:
    """Keep documents, each given with its kind, and the words that lead to them."""
    last = connection.scalar(select(func.max(SearchDocument.number))) or 0
    numbered = [(last + 1 + n, kind, document) for n, (kind, document) in enumerate(documents)]
    pour(connection, SearchDocument.__table__, (
        {"number": number, "kind": kind, "subject_id": each.subject_id, "language": each.language,
         **values(each)}
        for number, kind, each in numbered
    ))  # fmt: skip
    entries = [entry for number, kind, each in numbered for entry in entries_of(kind, each, number)]
    entries.sort(key=itemgetter("kind", "language", "word", "place", "number"))  # as on the disk
    pour(connection, SearchWord.__table__, entries)


def settle(connection: Connection) -> None:
    """Let PostgreSQL count on from the numbers that were given."""
    if connection.dialect.name == "postgresql":
        counter = "pg_get_serial_sequence('search_document', 'number')"
        last = connection.scalar(select(func.max(SearchDocument.number)))
        connection.execute(text(f"SELECT setval({counter}, :last)"), {"last": last})

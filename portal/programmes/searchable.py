"""What of the programmes can be found: the programmes, and the calls for their places."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.core.wording import N_
from portal.extensions import db
from portal.models import Call, Programme
from portal.search import Document, Source, declare
from portal.search.texts import in_both_languages

TEXTS = ("summary", "text")


def init_app() -> None:
    """Let our rows be found."""
    for source in (PROGRAMMES, CALLS):
        declare(source)


def programme_documents(ids: Sequence[UUID]) -> Iterator[Document]:
    """Make documents of what the pages of programmes tell, in both languages."""
    rows = select(
        Programme.id, Programme.slug, Programme.name_en, Programme.name_nb,
        Programme.summary_en, Programme.summary_nb, Programme.text_en, Programme.text_nb,
    )  # fmt: skip
    for row in db.session.execute(rows.where(Programme.id.in_(ids))):
        yield from in_both_languages(row, f"/programmes/{row.slug}", title="name", texts=TEXTS)


def call_documents(ids: Sequence[UUID]) -> Iterator[Document]:
    """Make documents of what the pages of calls tell, in both languages."""
    rows = select(
        Call.id, Call.slug, Call.title_en, Call.title_nb, Call.summary_en, Call.summary_nb,
        Call.text_en, Call.text_nb,
    )  # fmt: skip
    for row in db.session.execute(rows.where(Call.id.in_(ids))):
        address = f"/programmes/calls/{row.slug}"
        yield from in_both_languages(row, address, title="title", texts=TEXTS)


PROGRAMMES = Source(
    kind="programme",
    label=N_("Programmes"),
    rank=30,
    model=Programme,
    documents=programme_documents,
    visible=Programme.visible_to,
)

CALLS = Source(
    kind="call",
    label=N_("Calls"),
    rank=31,
    model=Call,
    documents=call_documents,
    visible=Call.visible_to,
)

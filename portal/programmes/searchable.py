"""What of the programmes can be found: the programmes, and the calls for their places."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.core.wording import N_
from portal.extensions import db
from portal.models import Call, Programme
from portal.search import Document, Source, declare
from portal.web.markdown import render


def init_app() -> None:
    """Let our rows be found."""
    for source in (PROGRAMMES, CALLS):
        declare(source)


def programme_documents(ids: Sequence[UUID]) -> Iterator[Document]:
    """Make documents of what the pages of programmes tell, in both languages."""
    rows = select(
        Programme.id, Programme.slug,
        Programme.name_en.label("title_en"), Programme.name_nb.label("title_nb"),
        Programme.summary_en, Programme.summary_nb, Programme.text_en, Programme.text_nb,
    )  # fmt: skip
    for row in db.session.execute(rows.where(Programme.id.in_(ids))):
        yield from in_both_languages(row, f"/programmes/{row.slug}")


def call_documents(ids: Sequence[UUID]) -> Iterator[Document]:
    """Make documents of what the pages of calls tell, in both languages."""
    rows = select(
        Call.id, Call.slug, Call.title_en, Call.title_nb, Call.summary_en, Call.summary_nb,
        Call.text_en, Call.text_nb,
    )  # fmt: skip
    for row in db.session.execute(rows.where(Call.id.in_(ids))):
        yield from in_both_languages(row, f"/programmes/calls/{row.slug}")


def in_both_languages(row: Any, address: str) -> Iterator[Document]:
    """Make a document of each language in which a row has a title."""
    for language in ("en", "nb"):
        title = getattr(row, f"title_{language}")
        summary, text = getattr(row, f"summary_{language}"), getattr(row, f"text_{language}")
        if title:
            parts = (summary, render(text).striptags())
            yield Document(
                subject_id=row.id,
                language=language,
                title=title,
                text=" ".join(part for part in parts if part),
                address=address,
            )


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

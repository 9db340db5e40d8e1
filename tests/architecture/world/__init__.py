"""A small portal with one of everything in it, and one of every kind of person.

`build` fills an empty database and returns what addresses and forms need, by name, as text. Every
text that a person might have typed stands «between these», so that it can be told from our words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.core.vocabulary import Word
from portal.extensions import db
from portal.models import Base
from portal.search.rebuilding import rebuild
from tests import factories
from tests.architecture.world import (
    belonging,
    companies,
    deciding,
    events,
    factors,
    importing,
    joining,
    members,
    news,
    people,
    privacy,
    programmes,
    site,
    ways,
)
from tests.architecture.world.people import KINDS

__all__ = ["KINDS", "build", "typed"]

#: Columns that hold what somebody typed, beside all that end in `_en` and `_nb`.
TYPED = {
    "accepted_name", "actor_name", "address", "alternative", "answer", "answer_note",
    "applicant_name", "body", "body_en", "browser", "byline", "cancel_reason", "closed_reason",
    "credit", "description", "display_name", "error", "evidence", "extension", "feedback",
    "identity",
    "legal_name", "message", "name", "note", "organisation_name", "place",
    "purchase_reference", "rationale", "reason", "recipient_name", "replaced_name", "show",
    "standfirst", "subject", "text", "title", "unit", "wish",
}  # fmt: skip


def build(app: Flask) -> dict[str, str]:
    """Fill an empty database; return ids, slugs, secrets and numbers by the names of the rows."""
    ways.name_issuer(app)
    with app.app_context(), Session(db.engine) as session, factories.filling(session), typed():
        factories.set_up()
        everybody = people.make()
        own = members.make(everybody)
        running = programmes.make(everybody, own)
        decided = deciding.make(everybody, own, running)
        kept = site.make(everybody, own) | importing.make(everybody)
        told = news.make(everybody, own) | events.make(everybody, own) | factors.make(everybody)
        own_data = privacy.make(everybody) | joining.make(everybody, own)
        own_data |= belonging.make(everybody, own) | ways.make(everybody, own)
        own_data |= companies.make(everybody, own)
        session.flush()
        known = {name: str(person.id) for name, person in everybody.items()}
        for part in (own_data, own, running, decided, kept, told):
            known |= {name: as_text(row) for name, row in part.items()}
        session.commit()
        rebuild()
    return known


def as_text(row: Any) -> str:
    """Return a text as it is, and of a row its key."""
    return row if isinstance(row, str) else str(row.id)


@contextmanager
def typed() -> Iterator[None]:
    """Mark whatever is put into the database meanwhile as typed by somebody."""
    event.listen(Base, "before_insert", mark, propagate=True)
    try:
        yield
    finally:
        event.remove(Base, "before_insert", mark)


def mark(mapper: Any, _connection: Any, row: Any) -> None:
    """Mark every text of a row that people type."""
    for column in (attribute.key for attribute in mapper.column_attrs):
        value = getattr(row, column)
        if column == "options" and value:
            setattr(row, column, [option_marked(option) for option in value])
        elif is_typed(column) and value and isinstance(value, str) and not isinstance(value, Word):
            setattr(row, column, marked(value))


def is_typed(column: str) -> bool:
    """Tell whether a column holds what somebody typed."""
    return column in TYPED or column.endswith(("_en", "_nb"))


def option_marked(option: dict[str, str]) -> dict[str, str]:
    """Mark the words of an option, and say it in the language of the pseudo-locale as well."""
    own = {language: marked(option[language]) for language in ("en", "nb")}
    return option | own | {"zh": own["en"]}


def marked(text: str) -> str:
    """Put a text between marks."""
    return f"«{text.strip('«»')}»"

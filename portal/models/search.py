"""What the search finds: documents, and the words that lead to them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import BY_LETTER, Base
from portal.models.platform import SEQUENCE


class SearchDocument(Base):
    """What a room gives of one of its rows in one language, as plain text.

    Made from the row in the transaction that changed it, and never shown to anybody who may not
    see the row. `kind` names the room's source. `address` is the path of the row's page.
    """

    __tablename__ = "search_document"
    __table_args__ = (Index(None, "kind", "subject_id", "language", unique=True),)

    number: Mapped[int] = mapped_column(SEQUENCE, Identity(), primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[UUID]
    language: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    address: Mapped[str]


class SearchWord(Base):
    """A stem that a document has, where it stands first, and how much that counts.

    Read backwards, the key is in the order in which results are shown: words of titles (`place` 1)
    before words of texts (0), newer before older; so the first few are found without reading the
    rest. `position` counts characters of the text; it is -1 for a word in the title alone.
    """

    __tablename__ = "search_word"
    __table_args__ = (
        CheckConstraint("place IN (0, 1)", name="title_or_text"),
        Index(None, "number"),
        {"sqlite_with_rowid": False},
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(BY_LETTER, primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(
        ForeignKey("search_document.number", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int]

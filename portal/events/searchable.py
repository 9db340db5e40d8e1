"""What of the events can be found: all that were published."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.core.wording import N_
from portal.extensions import db
from portal.models import Event
from portal.search import Document, Source, declare
from portal.search.texts import in_both_languages, joined

TEXTS = ("standfirst", "text")


def init_app() -> None:
    """Let our rows be found."""
    declare(EVENTS)


def documents(ids: Sequence[UUID]) -> Iterator[Document]:
    """Make documents of what the pages of events tell, in both languages."""
    rows = select(
        Event.id, Event.slug, Event.title_en, Event.title_nb, Event.standfirst_en,
        Event.standfirst_nb, Event.text_en, Event.text_nb, Event.show, Event.place, Event.address,
    )  # fmt: skip
    for row in db.session.execute(rows.where(Event.id.in_(ids))):
        facts = joined(row.show, row.place, row.address, between=" · ")
        address = f"/events/{row.slug}"
        yield from in_both_languages(row, address, title="title", texts=TEXTS, more=facts)


EVENTS = Source(
    kind="event",
    label=N_("Events"),
    rank=10,
    model=Event,
    documents=documents,
    visible=Event.visible_to,
)

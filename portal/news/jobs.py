"""What the worker does for the news."""

from uuid import UUID

from portal.extensions import db
from portal.news.queries import tagging as queries
from portal.news.service.tagging import FOUND_ANEW
from portal.platform import jobs
from portal.platform.database import unit
from portal.search.keeping import keep
from portal.search.sources import SOURCES


@jobs.job(FOUND_ANEW)
def tag_renamed(tag: str) -> None:
    """Let what has a tag be found by what the tag is called now, a few at a time."""
    with unit(writing=False):
        parts = list(queries.having(UUID(tag)))
    for kind, ids in parts:
        with unit():
            keep(db.session(), SOURCES[kind], ids)

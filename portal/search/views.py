"""The page on which people search."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from portal.platform import language
from portal.search import queries
from portal.search.marking import marked
from portal.search.queries import Asked, Found
from portal.search.sources import SOURCES
from portal.web.access import arrived, everyone, find_actor_if_known

bp = Blueprint("search", __name__)

#: How many of each kind are shown side by side, and of one kind alone.
OF_EACH, OF_ONE = 5, 25


@bp.get("/search")
@everyone
def results() -> ResponseReturnValue:
    """Show what a visitor finds of all that they may open, or of one kind."""
    asked = queries.asked(request.args.get("q", ""))
    kind = request.args.get("kind")
    source = SOURCES.get(kind or "")
    groups = queries.results(
        asked,
        kind=source.kind if source else None,
        most=OF_ONE if source else OF_EACH,
        language=language.current(),
        actor=find_actor_if_known(),
        now=arrived(),
    )
    shown = [(group, lines(asked, group.found)) for group in groups]
    return render_template("search/results.html", asked=asked, groups=shown, only=source)


def lines(asked: Asked, found: Sequence[Found]) -> list[dict[str, Any]]:
    """Return what is shown of the rows that were found, with their words marked."""
    return [
        {
            "address": row.address,
            "language": row.language,
            "title": marked(row.title, asked.stems[row.language], language=row.language),
            "piece": marked(row.piece, asked.stems[row.language], language=row.language),
        }
        for row in found
    ]

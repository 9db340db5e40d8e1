"""Every page, as it is opened by those who may: the walks over all pages share it."""

from collections.abc import Sequence
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.architecture.matrix import (
    Row,
    belonging,
    companies,
    deciding,
    events,
    factors,
    importing,
    joining,
    members,
    news,
    privacy,
    programmes,
    rows_of,
    search,
    site,
    ways,
)
from tests.architecture.theatre import Theatre
from tests.support.manners import mind_manners

ROOMS = (
    members, factors, ways, privacy, importing, joining, belonging,
    site, programmes, deciding, search,
    news, events, companies,
)  # fmt: skip
ROWS: Sequence[Row] = [row for room in ROOMS for row in rows_of(room.TABLE, room.WAYS)]
PAGES = [row for row in ROWS if row.method == "GET" and "." in row.expected]


def named(*, method: str) -> list[Any]:
    """Return the rows of a method, each as a test of its own."""
    found = [row for row in ROWS if row.method == method]
    return [pytest.param(row, id=f"{row.endpoint} {row.variant}".strip()) for row in found]


def readers(row: Row) -> list[str]:
    """Return who opens a page in a walk: whoever may and is least, and whoever may and is most."""
    may = [kind for kind in row.those_who(get_in=True) if row.status(kind) == 200]
    return list(dict.fromkeys([may[0], may[-1]]))


def read(theatre: Theatre, row: Row, *, kind: str, language: str) -> BeautifulSoup | None:
    """Open a page in a language and mind its manners; None when it is no page but a file."""
    response = theatre.open("GET", theatre.place(row), kind=kind, language=language)
    assert response.status_code == 200, f"{row} as {kind}: {response.status}"
    if response.mimetype != "text/html":
        return None
    page = BeautifulSoup(response.data, "html.parser")
    mind_manners(response.text, page, language)
    return page

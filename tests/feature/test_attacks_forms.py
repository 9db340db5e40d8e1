"""What no form expects, in every field of every form: answered with a sentence, never a failure."""

import re

import pytest
from wtforms.fields.core import UnboundField

from tests.architecture.conftest import theatre  # noqa: F401 - the world that it is tried on
from tests.architecture.visits import ROWS
from tests.architecture.world import KINDS

NASTY = {
    "a huge number": "9" * 400,
    "the first day": "0001-01-01",
    "the last moment": "9999-12-31T23:59",
    "what nobody types": "\x00\u202e\x1b[31m\u2028a",
    "half an address": "https://[::1",
    "a text without end": "x" * 100_000,
    "a formula of words": "%(x)s {{ 7*7 }} %d <script>",
}
#: What pages read from their addresses.
ASKED = ("mark", "q", "begins", "show", "to", "state", "sort", "kind", "number", "country", "next")

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("unthrottled")]


def named(method):
    """Return every form and every page: a page that differs by its question alone, once."""
    found = {
        (row.endpoint, str(row.to.values), str(row.to.body)): row
        for row in reversed(ROWS)
        if row.method == method and not row.endpoint.startswith("health")
    }.values()
    return [pytest.param(row, id=f"{row.endpoint} {row.variant}".strip()) for row in found]


def somebody(row):
    """Return who gets furthest through a door."""
    able = row.those_who(get_in=True) or [kind for kind in KINDS if row.status(kind) in (409, 422)]
    return "boss" if "boss" in able or not able else able[-1]


def fields(theatre, row, body, kind):  # noqa: F811 - the fixture
    """Name every field of a form: those of the matrix, of its class, and on its page."""
    form = theatre.app.view_functions[row.endpoint].__form__
    ours = dir(form) if isinstance(form, type) else ()
    own = {name for name in ours if isinstance(getattr(form, name, None), UnboundField)}
    page = theatre.open("GET", theatre.place(row), kind=kind)
    shown = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page.text))
    return sorted((set(body) | own | shown) - {"csrf_token"})


def is_explained(response):
    return response.status_code < 500 and b"Something went wrong" not in response.data


@pytest.mark.parametrize("row", named("POST"))
def test_every_field_takes_anything_without_failing(
    theatre,  # noqa: F811 - the fixture
    server,
    row,
):
    kind, path = somebody(row), theatre.place(row)
    body = theatre.told(row.to.body)
    names = fields(theatre, row, body, kind)
    texts = list(NASTY.values())
    changes = [dict.fromkeys(names, text) for text in texts]
    for place, name in enumerate(names):  # by itself, so that the deed is reached as well
        steps = (0, 3) if server else (0,)  # PostgreSQL refuses more
        changes += [{name: texts[(place + step) % len(texts)]} for step in steps]
    try:
        for change in changes:
            response = theatre.post(path, body | change, kind=kind)
            assert is_explained(response), f"{change}: {response.status}"
            if response.status_code < 400:
                theatre.restore()
    finally:
        theatre.restore()


@pytest.mark.parametrize("row", named("GET"))
def test_every_page_takes_any_question_without_failing(theatre, row):  # noqa: F811 - the fixture
    path = theatre.place(row).partition("?")[0]
    for text in NASTY.values():
        response = theatre.open(
            "GET", path, kind=somebody(row), query_string=dict.fromkeys(ASKED, text)
        )
        assert is_explained(response), f"{text[:40]!r}: {response.status}"

"""Every form and every address of the portal: what it does not ask for, and what is another's."""

from uuid import UUID

import pytest

from portal.models import Base
from tests.architecture.conftest import theatre  # noqa: F401 - the world that it is tried on
from tests.architecture.theatre import Theatre
from tests.architecture.visits import ROWS, named
from tests.feature.test_attacks_forms import fields, somebody

#: Written into every column that a form does not ask for; it must be found nowhere afterwards.
MARK = UUID("5afe5afe-5afe-4afe-8afe-5afe5afe5afe")
COLUMNS = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
#: What every form has, or may have, whatever it asks.
OF_FORMS = {"csrf_token", "language", "theme", "next"}

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("unthrottled")]


@pytest.fixture(scope="session")
def server():
    """No server: what a form takes is the same on every database, so it is tried on one."""


def holds_mark(theatre: Theatre) -> list[str]:  # noqa: F811 - the type of the fixture
    """Name the tables in which the mark stands."""
    signs = (str(MARK), MARK.hex)
    return [
        table
        for table, rows in theatre.dump().items()
        if any(sign in row for row in rows for sign in signs)
    ]


@pytest.mark.parametrize("row", named(method="POST"))
def test_no_form_takes_what_it_does_not_ask(theatre, row):  # noqa: F811 - the fixture
    kind, path = somebody(row), theatre.place(row)
    body = theatre.told(row.to.body)
    asked = {*fields(theatre, row, body, kind), *OF_FORMS}
    more = dict.fromkeys(COLUMNS - asked, str(MARK))
    try:
        response = theatre.post(path, body | more, kind=kind)
        assert response.status_code == row.status(kind)
        assert holds_mark(theatre) == []
    finally:
        theatre.restore()


def parts_of(theatre, row):  # noqa: F811 - the fixture
    """Return the parts of an address, if it names a subject of an organisation."""
    [rule] = [r for r in theatre.app.url_map.iter_rules(row.endpoint) if row.method in r.methods][
        :1
    ]
    return rule.arguments if rule.rule.startswith("/organisations/<slug>/") else set()


def test_a_subject_of_one_organisation_is_not_at_the_address_of_another(
    theatre,  # noqa: F811 - the fixture
):
    tried = set()
    for row in ROWS:
        if not {"slug", "id"} <= parts_of(theatre, row):
            continue
        own = theatre.told(row.to.values)
        other = next(
            slug for slug in (theatre.known["young"], theatre.known["own"]) if slug != own["slug"]
        )
        with theatre.app.test_request_context():
            path = theatre.app.url_for(row.endpoint, **own | {"slug": other})
        for kind in ("boss", "membership", "administrator", "foreign"):
            response = theatre.open("GET", path, kind=kind) if row.method == "GET" else (
                theatre.post(path, theatre.told(row.to.body), kind=kind)
            )  # fmt: skip
            assert response.status_code == 404, f"{kind}: {row}"
        tried.add(row.endpoint)
    assert len(tried) >= 10
    assert theatre.changed("throttle") == {}

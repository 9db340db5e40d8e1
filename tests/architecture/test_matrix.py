"""Every address, by every method, as every kind of person, against a table written by hand."""

import pytest

from tests.architecture.matrix import written
from tests.architecture.visits import ROWS, named
from tests.architecture.world import KINDS
from tests.support.browser import status_of

BY_RULE = {"HEAD", "OPTIONS"}
#: What Flask serves by itself, to everybody alike.
FILES = {"static", "bootstrap.static"}
#: What a refused deed may leave behind: that it was tried.
TRACES = ("audit_event", "throttle")
#: Deeds about two things, with a line in the timeline of each; all others leave exactly one.
ABOUT_TWO = {
    "members.approve_joining",  # the application, and the membership that it becomes
    "members.decide_exclusion",  # what was proposed, and the membership that ends
    "members.register_for",  # the organisation, and that it is confirmed
    "members.tier_request",  # what was asked, and the membership that changes
    "programmes.accept_offer",  # the offer, and the place that is taken
}

pytestmark = pytest.mark.timeout(120)


def doors(app):
    """Name every method of every address of ours."""
    return {
        (method, rule.endpoint)
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in FILES
        for method in rule.methods - BY_RULE
    }


def test_every_door_has_a_row_and_every_row_a_door(stage):
    there, told = doors(stage.app), {(row.method, row.endpoint) for row in ROWS}
    assert there - told == set(), "doors that nobody wrote down who goes through"
    assert told - there == set(), "rows about doors that are not there"


def test_no_row_is_written_twice():
    names = [str(row) for row in ROWS]
    assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("row", named(method="GET"))
def test_pages_open_to_whom_they_are_for_and_change_nothing(theatre, row):
    path = theatre.place(row)
    statuses = [status_of(theatre.open("GET", path, kind=kind)) for kind in KINDS]
    heads = [theatre.open("HEAD", path, kind=kind) for kind in ("stranger", "boss")]
    assert written(statuses) == row.expected
    assert [status_of(head) for head in heads] == [row.status("stranger"), row.status("boss")]
    assert [head.data for head in heads] == [b"", b""]
    assert theatre.changed() == {}


@pytest.mark.parametrize("row", named(method="POST"))
def test_deeds_are_open_to_whom_they_are_for_and_refused_ones_leave_nothing(
    theatre, unthrottled, row
):
    try:
        path, sent = theatre.place(row), theatre.told(row.to.body)
        refused, allowed = row.those_who(get_in=False), row.those_who(get_in=True)
        statuses = {kind: theatre.post(path, sent, kind=kind).status_code for kind in refused}
        assert statuses == {kind: row.status(kind) for kind in refused}
        assert theatre.changed(*TRACES) == {}
        for kind in allowed:
            theatre.restore()
            response = theatre.post(path, sent, kind=kind)
            statuses[kind] = response.status_code
            lines = 2 if row.endpoint in ABOUT_TWO else 1
            told = theatre.deeds() == lines or row.to.quiet or response.status_code >= 400
            assert told, f"{kind}: {theatre.deeds()} lines in the audit"
        assert written(statuses[kind] for kind in KINDS) == row.expected
    finally:
        theatre.restore()


@pytest.mark.parametrize("row", named(method="POST"))
def test_a_deed_without_its_token_is_refused_and_leaves_nothing(theatre, row):
    path, sent = theatre.place(row), theatre.told(row.to.body)
    kind = (row.those_who(get_in=True) or ["boss"])[0]
    if row.to.guarded == "origin":
        elsewhere = {"Origin": "https://elsewhere.example"}
        response = theatre.open("POST", path, kind=kind, data=sent, headers=elsewhere)
        assert response.status_code == 403
    else:
        assert theatre.post(path, sent, kind=kind, token=False).status_code == 400
    assert theatre.changed() == {}


def test_other_methods_are_not_there_and_asking_which_are_does_nothing(theatre):
    methods = {}
    for method, endpoint in doors(theatre.app):
        methods.setdefault(endpoint, {"OPTIONS"}).update(
            {"GET", "HEAD"} if method == "GET" else {method}
        )
    for row in ROWS:
        path = theatre.place(row)
        asked = theatre.open("OPTIONS", path, kind="stranger")
        assert (asked.status_code, set(asked.allow)) == (200, methods[row.endpoint]), path
        for method in {"PUT", "PATCH", "DELETE"} - methods[row.endpoint]:
            status = theatre.open(method, path, kind="boss").status_code
            assert status in {400, 405}, f"{method} {path}"
    assert theatre.changed() == {}

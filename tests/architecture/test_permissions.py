"""The matrix of rights in the documents: made from the code, and the same as the one by hand."""

import re

from portal.cli.permissions import WHERE, is_policy, written
from portal.web.access import everyone, guard_of, signed_in
from tests.architecture.visits import ROWS

#: What writes behind a guard that only finds what a page is about. Of each: why that is enough.
OWN = {
    "events.end_calendar": "their own calendar",
    "members.account": "their own account",
    "members.ask_by_domain": "a question, which gives no right",
    "members.ask_to_join": "a question, which gives no right",
    "members.change_password": "their own account",
    "members.end_other_sessions": "their own account",
    "members.enter_by_link": "the secret of a letter to them",
    "members.from_issuer": "what the issuer signed about them",
    "members.reset": "the secret of a letter to them",
    "members.verify": "the secret of a letter to them",
    "programmes.begin": "a draft of their own organisation, which the deed insists on",
}
LINE = re.compile(r"\| `/[^`]*` \| ([A-Z ]+) \| `([a-z_.]+)` \|")


def test_the_document_is_what_the_code_says(stage):
    with stage.app.app_context():
        assert WHERE.read_text() == written(stage.app), "run: python3 dev flask permissions"


def test_the_document_and_the_matrix_by_hand_know_the_same_doors():
    told = LINE.findall(WHERE.read_text())
    doors = {(method, endpoint) for methods, endpoint in told for method in methods.split()}
    assert doors == {(row.method, row.endpoint) for row in ROWS}


def test_every_door_and_every_move_says_for_whom_it_is():
    lines = [line for line in WHERE.read_text().splitlines() if line.startswith("| `/")]
    assert [line for line in lines if "by what it is about" in line] == []


def test_what_writes_behind_a_guard_of_reading_is_ones_own(stage):
    behind = set()
    for rule in stage.app.url_map.iter_rules():
        guard = guard_of(stage.app.view_functions[rule.endpoint])
        reads = guard not in {None, everyone, signed_in} and not is_policy(guard)
        if "POST" in rule.methods and reads:
            behind.add(rule.endpoint)
    assert behind == set(OWN)

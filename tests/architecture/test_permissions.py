"""The matrix of rights in the documents: made from the code, and the same as the one by hand."""

import re

from portal.cli.permissions import WHERE, written
from tests.architecture.visits import ROWS

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

"""A list of five thousand rows, as large as one is promised to be."""

import time

import pytest

from tests.feature.members.importing import HEADINGS, checked, csv

ROWS = 5000


@pytest.fixture(scope="session")
def server():
    """No server: how long a list may be is the same on every database, so it is tried on one."""


def test_five_thousand_rows_are_read_and_shown_before_anything_is_written(
    browser, session, work, make
):
    lines = [
        [f"Firma {n}", "", "Ålesund", f"Person {n}", f"p{n}@firma{n}.example", "Administrator"]
        for n in range(ROWS)
    ]
    browser.sign_in(make.staff("membership"))
    began = time.process_time()
    row = checked(browser, session, work, csv(HEADINGS, *lines))
    assert time.process_time() - began < 30
    assert (row.state, row.total, row.tallies) == ("ready", ROWS, {"new": ROWS})
    page = browser.get("members.member_import", id=row.id)
    assert "Write 5000 rows" in page.text.replace(",", "")
    assert page.text.count("Firma ") >= 25

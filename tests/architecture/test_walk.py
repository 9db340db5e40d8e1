"""Every page opens in Bokmål, and is fit to be shown."""

import pytest

from tests.architecture.visits import PAGES, read, readers


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_a_page_opens_in_bokmaal(theatre, row):
    for kind in readers(row):
        page = read(theatre, row, kind=kind, language="nb")
        assert page is None or page.html["lang"] == "nb"

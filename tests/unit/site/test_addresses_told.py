"""How texts are written for pages."""

import pytest

from portal.web.context import breaking


@pytest.mark.parametrize(
    ("address", "html"),
    [
        ("ada@example.org", "ada@<wbr>example.org"),
        ("<b>@example.org", "&lt;b&gt;@<wbr>example.org"),
        ("–", "–"),
    ],
)
def test_a_long_address_breaks_behind_its_at_and_brings_no_markup(address, html):
    assert breaking(address) == html

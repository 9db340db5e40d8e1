"""The eye that every page of every test is seen by: it lets good pages through and no others."""

import pytest
from bs4 import BeautifulSoup

from tests.support.manners import mind_manners

GOOD = (
    '<!doctype html><html lang="en"><head><title>Skarv · Portal</title></head><body><h1>Skarv</h1>'
    '<p id="one">Words &amp; more</p><form method="post"><input type="hidden" name="csrf_token">'
    '<label for="name">Name</label><input id="name"></form></body></html>'
)
WRONG = {
    "another language": ('lang="en"', 'lang="nb"'),
    "a title that is not the heading": ("<title>Skarv", "<title>Portal"),
    "two headings": ("<p id", "<h1>Again</h1><p id"),
    "one id twice": ('<label for="name">', '<label for="name" id="one">'),
    "a box without a label": ('<label for="name">', '<label for="other">'),
    "a box that nothing names": ('<input id="name">', "<input>"),
    "a form without its token": ('name="csrf_token"', 'name="other"'),
    "style in a tag": ("<h1>", '<h1 style="color: red">'),
    "script in a tag": ("<h1>", '<h1 onclick="x()">'),
    "script in the page": ("<h1>", "<script>x()</script><h1>"),
    "a tag that is not closed": ("</form>", ""),
    "a reference that is none": ("&amp;", "&nothing;"),
    "a reference that is not closed": ("&amp;", "&amp"),
    "a row outside a table": ("<p id", "<tr></tr><p id"),
    "an attribute twice": ("<h1>", '<h1 class="a" class="b">'),
    "a character of no text": ("Words", "Words\x01"),
}


def mind(html):
    mind_manners(html, BeautifulSoup(html, "html.parser"), "en")


def test_a_good_page_passes_again_and_again():
    for name in ("Skarv", "Terne", "Skarv"):
        mind(GOOD.replace("Skarv", name))


@pytest.mark.parametrize("mistake", WRONG)
def test_a_page_with_a_mistake_fails_also_after_a_good_one(mistake):
    mind(GOOD)
    wrong = GOOD.replace(*WRONG[mistake])
    assert wrong != GOOD
    with pytest.raises((AssertionError, ValueError)):
        mind(wrong)

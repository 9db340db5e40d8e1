"""Two versions of a text beside each other: nothing is lost on the way."""

from hypothesis import given
from hypothesis import strategies as some

from portal.news.presentation.compared import compare
from portal.news.presentation.feeds import absolute, clean


@given(some.text(), some.text())
def test_what_was_kept_and_taken_out_is_the_old_text_and_with_what_came_in_the_new(old, new):
    pieces = compare(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "in") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == new


def test_a_word_that_changed_is_taken_out_and_put_in():
    told = [(piece.kind, piece.text) for piece in compare("a red boat", "a blue boat")]
    assert told == [("kept", "a "), ("out", "red "), ("in", "blue "), ("kept", "boat")]


def test_links_to_our_own_pages_work_elsewhere_and_others_stay():
    text = '<a href="/news/x">x</a> <a href="//else/x">y</a> <a href="https://e/x">z</a>'
    assert absolute(text, "https://we.example") == (
        '<a href="https://we.example/news/x">x</a> <a href="//else/x">y</a>'
        ' <a href="https://e/x">z</a>'
    )


def test_what_xml_does_not_take_is_left_out():
    assert clean("a\x00b\ufffec\td\ud800") == "abc\td"

"""What editors write is shown as they meant it, and can do no harm."""

import pytest

from portal.web.markdown import render, summary


def test_paragraphs_headings_lists_and_links():
    assert render("## What\n\nWe *do* it:\n\n- **well**\n- [here](/join)") == (
        "<h2>What</h2>\n<p>We <em>do</em> it:</p>\n<ul>\n<li><strong>well</strong></li>\n"
        '<li><a href="/join" rel="noopener">here</a></li>\n</ul>\n'
    )


def test_a_first_heading_makes_room_for_that_of_the_page():
    assert render("# Big") == "<h2>Big</h2>\n"


@pytest.mark.parametrize(
    ("written", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[x](javascript:alert(1))", "href"),
        ("[x](data:text/html;base64,AAAA)", "href"),
        ("[x](vbscript:alert(1))", "href"),
        ("![spy](https://evil.example/a.gif)", "<img"),
        ("<style>*{display:none}</style>", "<style"),
        ('<a href="/" onclick="alert(1)">x</a>', "<a "),
        ("<iframe src=//evil.example></iframe>", "<iframe"),
    ],
)
def test_nothing_but_words_comes_through(written, never):
    assert never not in render(written)


def test_a_summary_is_short_and_ends_at_a_word():
    assert summary("Some **strong** words.") == "Some strong words."
    long = summary("word " * 100)
    assert len(long) <= 161
    assert long.endswith("word…")

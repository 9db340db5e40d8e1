"""Static files travel small, and never as another content than their own."""

import gzip

import brotli
import pytest
from werkzeug.test import Client

from portal.web import compressed
from portal.web.statics import Statics

STYLE = "body { margin: 0 }\n" * 200


@pytest.fixture
def place(tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "portal.css").write_text(STYLE)
    (tmp_path / "static" / "tiny.css").write_text("a{}")
    (tmp_path / "static" / "picture.webp").write_bytes(bytes(5000))
    return tmp_path


@pytest.fixture
def visit(place):
    def visiting(path, accepts=""):
        statics = Statics(nothing_else, compressed=place / "compressed", autorefresh=True)
        statics.add_files(str(place / "static"), prefix="static/")
        return Client(statics).get(f"/static/{path}", headers={"Accept-Encoding": accepts})

    return visiting


def nothing_else(environ, start_response):
    start_response("404 Not Found", [])
    return [b""]


def make(place):
    compressed.make((place / "static").iterdir(), place / "compressed")


def test_a_browser_gets_the_smallest_copy_that_it_can_read(place, visit):
    make(place)
    with visit("portal.0123456789ab.css", "gzip, br") as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert len(answer.data) < len(STYLE) / 10
        assert brotli.decompress(answer.data).decode() == STYLE
    with visit("portal.css", "gzip") as answer:
        assert gzip.decompress(answer.data).decode() == STYLE
    with visit("portal.css") as answer:
        assert answer.text == STYLE


def test_without_copies_the_file_is_served_as_it_is(visit):
    with visit("portal.css", "gzip, br") as answer:
        assert "Content-Encoding" not in answer.headers
        assert answer.text == STYLE


def test_a_file_that_changed_is_never_served_as_it_was(place, visit):
    make(place)
    (place / "static" / "portal.css").write_text(STYLE + "p { margin: 0 }\n")
    with visit("portal.css", "br") as answer:
        assert answer.text.endswith("p { margin: 0 }\n")


def test_copies_are_made_where_they_help_and_old_ones_go(place):
    make(place)
    first = {path.name for path in (place / "compressed").iterdir()}
    assert sorted(name.partition(".")[2] for name in first) == ["br", "gzip"]
    (place / "static" / "portal.css").write_text(STYLE + STYLE)
    make(place)
    second = {path.name for path in (place / "compressed").iterdir()}
    assert len(second) == 2
    assert not first & second


def test_a_file_that_is_not_there_is_left_to_the_portal(place, visit):
    make(place)
    with visit("none.css", "br") as answer:
        assert answer.status_code == 404

"""What the log tells of a request: who by their key, which page, what it cost, and nothing more."""

import json
import logging

import pytest

from portal.web.requestlog import Lines


@pytest.fixture
def lines(monkeypatch):
    """Every line that the portal writes, read back."""
    kept = []

    class Keeping(logging.Handler):
        def emit(self, record):
            kept.append(json.loads(self.format(record)))

    handler = Keeping()
    handler.setFormatter(Lines())
    root = logging.getLogger("portal")
    monkeypatch.setattr(root, "handlers", [handler])
    monkeypatch.setattr(root, "level", logging.INFO)
    logging.getLogger("portal.requests").setLevel(logging.INFO)
    return kept


def requests(lines):
    return [line for line in lines if line["what"] == "request"]


def test_a_request_is_one_line_of_json_with_what_it_cost(browser, make, lines):
    person = make.Person()
    browser.sign_in(person)
    lines.clear()
    browser.get("members.account")
    [line] = requests(lines)
    assert line["person"] == str(person.id)
    assert line["endpoint"] == "members.account"
    assert (line["method"], line["status"]) == ("GET", 200)
    assert 2 <= line["statements"] <= 8
    assert line["milliseconds"] > 0
    assert line["id"] == browser.response.headers["X-Request-ID"]


def test_a_strangers_line_names_nobody(browser, lines):
    browser.open("GET", "/programmes?q=hemmelig")
    [line] = requests(lines)
    assert line["person"] is None
    assert "hemmelig" not in json.dumps(line)


def test_no_line_holds_what_was_typed_or_who_it_was(browser, make, lines):
    make.Person(email="kari.nordmann@example.org", name="Kari Nordmann")
    answers = {"email": "kari.nordmann@example.org", "password": "a secret of Kari's own"}
    browser.fill("members.sign_in", answers, expect=422)
    told = json.dumps(lines)
    assert requests(lines)
    for secret in ("kari.nordmann", "Nordmann", "secret of Kari", "csrf"):
        assert secret not in told


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0123456789abcdef", True), ("short", False), ("x" * 65, False), ("evil\nline: 1", False)],
)
def test_an_id_from_the_proxy_is_kept_when_it_is_harmless(browser, lines, given, kept):
    if "\n" in given:
        given = given.replace("\n", "%0a")
    browser.open("GET", "/healthz", headers={"X-Request-ID": given})
    assert (browser.response.headers["X-Request-ID"] == given) is kept

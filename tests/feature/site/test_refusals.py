"""What people are told when they cannot have what they asked for, in both languages."""

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal.core.errors import Mistake, NotAllowed, Refused, TooOften
from portal.core.wording import Sentence
from portal.site import queries

REASON = Sentence("Because the harbour is closed.")
GONE = OperationalError("SELECT 1", {}, Exception("gone"))


def failing(app: Flask, monkeypatch, error: BaseException):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(queries, "words", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotAllowed(REASON), 403),
        (Refused(REASON), 409),
        (Mistake("name", REASON), 422),
        (TooOften(REASON, seconds=60), 429),
        (GONE, 503),
        (RuntimeError("secret words of the failure"), 500),
    ],
)
def test_every_refusal_is_a_page(app, browser, monkeypatch, error, status, language):
    failing(app, monkeypatch, error)
    browser.language = language
    page = browser.open("GET", "/", expect=status)
    assert "secret words" not in page.text
    assert page.select_one("main a")
    assert browser.response.headers["Cache-Control"] == "no-store"
    if status < 500:
        assert "Because the harbour is closed." in page.text


@pytest.mark.parametrize("language", ["en", "nb"])
def test_a_page_that_is_not_there_is_a_page(browser, language):
    browser.language = language
    browser.open("GET", "/nowhere", expect=404)


def test_too_many_tries_say_how_long_to_wait(app, browser, monkeypatch):
    failing(app, monkeypatch, TooOften(REASON, seconds=61))
    browser.open("GET", "/", expect=429)
    assert browser.response.headers["Retry-After"] == "61"


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize(("error", "status"), [(GONE, 503), (RuntimeError("broken"), 500)])
def test_a_portal_without_its_database_still_explains(
    app, browser, monkeypatch, error, status, language
):
    """Nothing works: neither the page, nor finding the cluster or who is asking."""
    from portal.platform import cluster  # noqa: PLC0415 - to be broken here alone

    def broken(*_, **__):
        raise error

    failing(app, monkeypatch, error)
    monkeypatch.setattr(cluster, "profile", broken)
    browser.language = language
    browser.open("GET", "/", expect=status)


def test_a_script_is_told_in_one_sentence(app, browser, monkeypatch):
    failing(app, monkeypatch, Refused(REASON))
    browser.open("GET", "/", headers={"Accept": "application/json"}, expect=409)
    assert browser.response.json == {"error": "Because the harbour is closed."}

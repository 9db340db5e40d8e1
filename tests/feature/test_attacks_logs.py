"""What must not be found in a log: addresses, secrets, what people typed."""

import io
import logging

import pytest
from sqlalchemy import text

from portal.extensions import db
from portal.platform import jobs
from portal.platform.database import unit
from portal.web.requestlog import Lines

SECRETS = ("kari@firma.example", "tall spruce over slow water")


@pytest.fixture
def told(monkeypatch):
    """Everything that the portal says meanwhile."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(Lines())
    monkeypatch.setattr(logging.getLogger("portal"), "handlers", [handler])
    monkeypatch.setattr(logging.getLogger("portal"), "level", logging.INFO)
    return said


def test_a_job_that_fails_tells_no_address(app, session, told, monkeypatch):
    def refuse(email):
        raise RuntimeError(f"550 <{email}> unknown")

    monkeypatch.setitem(jobs.REGISTRY, "refuse", refuse)
    with app.app_context():
        with unit():
            jobs.enqueue("refuse", {"email": SECRETS[0]})
        jobs.drain()
    assert "RuntimeError" in told.getvalue()
    assert SECRETS[0] not in told.getvalue()


def test_a_page_that_fails_in_the_database_tells_nothing_of_what_was_sent(
    app, browser, make, told, monkeypatch
):
    def break_down(*_given, **_more):
        values = {"name": SECRETS[1], "email": SECRETS[0]}
        db.session.execute(text("SELECT nothing_such FROM person WHERE :name = :email"), values)

    monkeypatch.setattr("portal.members.service.sign_up", break_down)
    answers = {"name": "Kari", "email": SECRETS[0], "password": SECRETS[1], "accepts": "y"}
    page = browser.fill("members.sign_up", answers, expect={500, 503})
    assert "nothing_such" not in page.text
    for secret in SECRETS:
        assert secret not in told.getvalue()
    assert "level" in told.getvalue()

"""Secrets of second factors are where they are needed, and nowhere else."""

import io
import logging

import pytest
from sqlalchemy import select, text

from portal.extensions import db
from portal.models import AuditEvent, Base, OutgoingMail
from portal.web.requestlog import Lines
from tests.feature.members.factors.conftest import NOON, code_at, enter


@pytest.fixture
def log(monkeypatch):
    """Everything that the portal says meanwhile."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(Lines())
    for name in ("portal", "portal.requests", "portal.jobs"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
        monkeypatch.setattr(logging.getLogger(name), "level", logging.INFO)
    return said


@pytest.fixture
def secrets(browser, with_app, at, log):
    """Let somebody do all that there is to do, and return every secret that was in play."""
    one = with_app()
    browser.sign_in(one.person, now=NOON)
    page = browser.send("members.make_codes", expect=200)
    codes = [code.text for code in page.select("main li code")]
    browser.send("members.try_code", {"code": codes[0]})
    browser.sign_out()
    later = NOON.replace(minute=2)
    at(later)
    enter(browser, one.person)
    with browser.client.session_transaction() as kept:
        half = kept["half"]
    browser.fill("members.second_step", {"code": "987654"}, expect=422)
    code = code_at(one.secret, later)
    browser.fill("members.second_step", {"code": code})
    with browser.client.session_transaction() as kept:
        token = kept["_user_id"]
    browser.fill("members.prove", {"code": codes[1]})
    with browser.client.session_transaction() as kept:
        rotated = kept["_user_id"]
    plain = [each.replace("-", "") for each in codes]
    return one.secret, code, half, token, rotated, *codes, *plain


def test_no_secret_is_in_the_log_the_mail_or_the_audit(secrets, log, session):
    told = log.getvalue()
    told += "".join(f"{m.subject}{m.text}{m.html}" for m in session.scalars(select(OutgoingMail)))
    told += "".join(f"{a.note}{a.details}" for a in session.scalars(select(AuditEvent)))
    assert [secret for secret in secrets if secret in told] == []


def test_no_secret_is_kept_as_it_is(app, secrets, session):
    with app.app_context(), db.engine.connect() as connection:
        kept = "".join(
            str(row)
            for table in Base.metadata.sorted_tables
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608
        )
    app_secret, code, *others = secrets
    assert [secret for secret in (app_secret, *others) if secret in kept] == []
    assert code


def test_a_page_that_fails_tells_no_code(browser, with_app, log, monkeypatch, at):
    one = with_app()
    at(NOON.replace(minute=1))
    enter(browser, one.person)

    def break_down(*_given, **_more):
        raise RuntimeError("something broke")

    monkeypatch.setattr("portal.members.factors.service.finish", break_down)
    code = code_at(one.secret, NOON.replace(minute=1))
    page = browser.fill("members.second_step", {"code": code}, expect=500)
    assert "something broke" in log.getvalue()
    assert code not in page.text + log.getvalue()

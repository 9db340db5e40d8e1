"""What the stories of second factors share."""

from base64 import b32decode
from datetime import UTC, datetime
from types import SimpleNamespace

import pyotp
import pytest
from sqlalchemy import select

from portal.models import AuditEvent, LoginSession
from tests.feature.members.conftest import PASSWORD
from tests.support.authenticator import Device

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def enter(browser, person, expect=302, **values):
    """Sign in with the password, up to where the second factor is asked."""
    answers = {"email": person.email, "password": PASSWORD}
    return browser.fill("members.sign_in", answers, expect=expect, **values)


def code_at(secret, moment):
    """Return what the app shows at a moment."""
    assert len(b32decode(secret)) == 20
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def device(app):
    """Make a device for the portal's own address: `device(verifies=False)`."""
    app.config["BASE_URL"], before = "http://localhost", app.config["BASE_URL"]
    yield lambda **odd: Device(odd.pop("origin", "http://localhost"), **odd)
    app.config["BASE_URL"] = before


@pytest.fixture
def with_app(browser, holder, at):
    """Make somebody who set up an app at noon, and sign them out again."""

    def made(**answers):
        at(NOON)
        person = holder(**answers)
        browser.sign_in(person, now=NOON)
        secret = set_up_app(browser, NOON)
        browser.sign_out()
        return SimpleNamespace(person=person, secret=secret)

    return made


def set_up_app(browser, moment):
    """Set up an app for whoever is signed in, and return its secret."""
    browser.send("members.begin_app")
    page = browser.get("members.set_up_app")
    secret = page.select_one("main code").text.replace(" ", "")
    browser.send("members.set_up_app", {"code": code_at(secret, moment)})
    return secret


def add_passkey(browser, device, name="My phone", expect=302):
    """Add a passkey for whoever is signed in."""
    browser.get("members.new_passkey_challenge")
    answer = device.make(browser.response.json)
    return browser.send("members.new_passkey", {"name": name, "credential": answer}, expect=expect)


def sign_in_with(browser, device, expect=302):
    """Sign in with a passkey alone."""
    browser.get("members.passkey_challenge")
    answer = device.sign(browser.response.json)
    return browser.send("members.sign_in_with_passkey", {"credential": answer}, expect=expect)


def token_of(browser):
    with browser.client.session_transaction() as kept:
        return kept.get("_user_id")


@pytest.fixture
def deeds(session):
    """Return what was done with somebody's account, in order."""

    def of(person):
        rows = select(AuditEvent.action).where(AuditEvent.subject_id == person.id)
        return list(session.scalars(rows.order_by(AuditEvent.seq)))

    return of


@pytest.fixture
def live(session):
    """Return the sessions of somebody that have not ended."""

    def of(person):
        session.rollback()
        rows = select(LoginSession).where(
            LoginSession.person_id == person.id, LoginSession.ended_at.is_(None)
        )
        return list(session.scalars(rows.order_by(LoginSession.id)))

    return of

"""Every secret that lets somebody in, planted and then looked for where it must not be."""

import io
import logging

import pytest
from sqlalchemy import select, text

from portal.extensions import db
from portal.members.entering import issuers
from portal.models import Base, Job
from portal.platform import mail
from portal.web.requestlog import Lines
from tests.feature.members.conftest import PASSWORD, path_in
from tests.feature.members.test_accounts import ANOTHER, NEW
from tests.feature.members.vouching import come_back, go_out
from tests.support.issuer import running

EMAIL = "ingrid@example.org"
GUESS = "brass lantern under snow"
LETTERS = {
    "proof of an address": (EMAIL, "/verify/"),
    "new password": (EMAIL, "/reset/"),
    "link to sign in": (EMAIL, "/sign-in/link/"),
    "another address": ("ingrid@firma.example", "/account/addresses/confirm/"),
    "invitation": ("new@example.org", "/invitations/"),
}


@pytest.fixture
def log(monkeypatch, caplog):
    """Everything that the portal, and what it is built on, says meanwhile."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(Lines())
    for name in ("", "portal", "portal.requests", "portal.jobs"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [handler])
        caplog.set_level(logging.INFO, name)  # which also forgets what was quiet before
    return said


@pytest.fixture
def kept(browser):
    """Return what this browser keeps of its session, and its mark."""

    def read():
        with browser.client.session_transaction() as cookie:
            own = {key: cookie[key] for key in ("_user_id", "csrf_token") if key in cookie}
            attempt = cookie.get("issuer") or {}
        own |= {f"issuer {key}": attempt[key] for key in ("state", "nonce", "verifier") if attempt}
        mark = browser.client.get_cookie("browser")
        return own | ({"mark": mark.value} if mark else {})

    return read


@pytest.fixture
def secrets(app, browser, session, make, letters, work, kept, log, monkeypatch):
    """Let somebody come in by every way, and return every secret and every path of a letter."""
    found, paths = {"password": PASSWORD, "guess": GUESS, "next password": ANOTHER}, {}

    def read(what):
        email, begin = LETTERS[what]
        work()
        paths[what] = path_in(letters(email)[-1], begin)
        found[what] = paths[what].rpartition("/")[2].rpartition(".")[2]
        return paths[what]

    browser.fill("members.sign_up", NEW)
    press(browser, read("proof of an address"))
    browser.fill("members.sign_in", {"email": EMAIL, "password": GUESS}, expect=422)
    browser.sign_out()
    browser.fill("members.forgotten", {"email": EMAIL})
    browser.open("GET", read("new password"))
    answers = {"csrf_token": browser.token(), "password": ANOTHER}
    browser.open("POST", paths["new password"], data=answers, expect=302)
    browser.fill("members.ask_for_link", {"email": EMAIL})
    press(browser, read("link to sign in"))
    found |= {f"session by link: {key}": value for key, value in kept().items()}
    browser.send("members.sign_out")
    browser.fill("members.sign_in", {"email": EMAIL, "password": ANOTHER})
    found |= {f"session by password: {key}": value for key, value in kept().items()}
    browser.fill("members.add_address", {"email": "ingrid@firma.example"})
    press(browser, read("another address"))
    firm = make.Organisation()
    browser.sign_in(make.colleague(firm))
    browser.fill("members.invite", {"email": "new@example.org", "role": "member"}, slug=firm.slug)
    read("invitation")
    browser.sign_out()
    with running() as issuer:
        monkeypatch.setattr(issuers, "REMEMBERED", issuers.Remembered())
        monkeypatch.setitem(app.config, "ISSUERS", {"local": issuer.setting})
        back = go_out(browser, issuer)
        found |= kept() | {"code": back.partition("code=")[2].partition("&")[0]}
        come_back(browser, back)
    assert len(found) > 15
    assert all(len(secret) > 15 for secret in found.values())
    return found, paths


def press(browser, path):
    """Open the page of a letter and press its button."""
    page = browser.open("GET", path)
    data = {box["name"]: box.get("value", "") for box in page.select("main form input[name]")}
    browser.open("POST", path, data=data, expect=302)


def test_no_secret_is_in_the_log_or_any_row_once_letters_are_sent(app, session, secrets, log):
    found, _paths = secrets
    with app.app_context():
        for arguments in session.scalars(select(Job.arguments).where(Job.name == mail.SEND)).all():
            mail.send(**arguments)
        with db.engine.connect() as connection:
            rows = "".join(
                str(row)
                for table in Base.metadata.sorted_tables
                for row in connection.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608
            )
    told = log.getvalue()
    assert "members.sign_in" in told
    assert EMAIL in rows
    assert [what for what, secret in found.items() if secret in told + rows] == []


def test_a_page_that_fails_tells_no_secret(app, browser, secrets, log):
    found, paths = secrets

    def break_down():
        raise RuntimeError("something broke")

    app.before_request_funcs.setdefault(None, []).insert(0, break_down)
    try:
        pages = [browser.client.get(path) for path in paths.values()]
        for path, answers in (
            ("/sign-in", {"email": EMAIL, "password": PASSWORD}),
            ("/sign-up", NEW),
            (paths["new password"], {"password": ANOTHER}),
        ):
            pages.append(browser.client.post(path, data=answers))
    finally:
        app.before_request_funcs[None].remove(break_down)
    assert {page.status_code for page in pages} == {500}
    told = log.getvalue()
    assert told.count("something broke") >= len(pages)
    shown = "".join(page.text + str(page.headers) for page in pages)
    assert [what for what, secret in found.items() if secret in shown + told] == []

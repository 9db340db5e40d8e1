"""What every answer tells browsers, whom the portal believes, and what its log never says."""

import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, request
from werkzeug.test import Client

from portal import create_app
from portal.extensions import db
from portal.platform import passwords
from portal.web import requestlog
from portal.web.requestlog import Lines
from tests.support.databases import settings

PAGES = ["/", "/sign-in", "/desk", "/members", "/nowhere", "/healthz"]
SECRET = "glacier-onion-trumpet-7"


@pytest.fixture
def behind(tmp_path: Path) -> Callable[..., Flask]:
    """A portal with settings of its own; no page of it asks the database."""

    def make(**given: object) -> Flask:
        return create_app(settings(f"sqlite:///{tmp_path}/none.db", tmp_path, **given))

    return make


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_is_strict_with_browsers(browser, path):
    headers = browser.client.get(path).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"  # and so object-src
    assert policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("base_url", "told"),
    [
        ("https://portal.example.org", "max-age=31536000; includeSubDomains"),
        ("http://127.0.0.1:8000", None),
    ],
)
def test_browsers_are_held_to_https_where_there_is_https(behind, base_url, told):
    seconds = 31_536_000 if told else 0
    app = behind(base_url=base_url, hsts_seconds=seconds)
    assert app.test_client().get("/healthz").headers.get("Strict-Transport-Security") == told


def test_the_cookie_of_a_session_is_for_us_alone(behind):
    app = behind(base_url="https://portal.example.org")
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-portal"
    assert app.config["SESSION_COOKIE_SECURE"]
    assert app.config["SESSION_COOKIE_HTTPONLY"]
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert app.config["SESSION_COOKIE_DOMAIN"] is None


@pytest.fixture
def over_https(app, session, make, tmp_path):
    """The same portal at an HTTPS address, and what somebody signs in with there."""
    with app.app_context():
        holder = make.Person(password_hash=passwords.hashed(SECRET))
    answers = {"email": holder.email, "password": SECRET}
    session.commit()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    outside = create_app(settings(url, tmp_path, base_url="https://portal.example.org"))
    yield outside.test_client(), answers
    with outside.app_context():
        db.engine.dispose()


def test_every_cookie_that_is_set_is_secure_and_for_no_script_and_no_other_site(over_https):
    client, answers = over_https
    home = {"base_url": "https://localhost", "headers": {"Referer": "https://localhost/sign-in"}}
    sent = []
    for path, data in (
        ("/sign-in", answers),
        ("/language", {"language": "nb"}),
        ("/theme", {"theme": "dark"}),
        ("/sign-out", {}),
    ):
        page = BeautifulSoup(client.get("/sign-in", **home).text, "html.parser")
        token = page.select_one("[name=csrf_token]")["value"]
        response = client.post(path, data=data | {"csrf_token": token}, **home)
        assert response.status_code == 302, path
        sent += response.headers.getlist("Set-Cookie")
    kept = {each.partition("=")[0] for each in sent if "Max-Age=0" not in each}
    assert kept == {"__Host-portal", "browser", "language", "theme"}
    for each in sent:
        attributes = {part.strip() for part in each.split(";")[1:]}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= attributes, each
        assert not any(part.startswith("Domain") for part in attributes), each


@pytest.mark.parametrize(
    ("proxies", "address", "scheme", "host"),
    [
        (0, "10.0.0.1", "http", "inside"),
        (1, "198.51.100.7", "https", "portal.example.org"),
    ],
)
def test_only_the_proxies_that_were_named_are_believed(behind, proxies, address, scheme, host):
    app = behind(trusted_proxies=proxies)
    heard = {}
    app.before_request(
        lambda: heard.update(ip=request.remote_addr, scheme=request.scheme, host=request.host)
    )
    Client(app).get(
        "/healthz",
        headers={
            "Host": "inside",
            "X-Forwarded-For": "203.0.113.9, 198.51.100.7",  # the first was written by the visitor
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "portal.example.org",
        },
        environ_overrides={"REMOTE_ADDR": "10.0.0.1"},
    )
    assert heard == {"ip": address, "scheme": scheme, "host": host}


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the log of requests says meanwhile."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setFormatter(Lines())
    before = requestlog.log.level
    monkeypatch.setattr(requestlog.log, "handlers", [handler])
    monkeypatch.setattr(requestlog.log, "propagate", False)
    requestlog.log.setLevel(logging.INFO)
    yield said
    requestlog.log.setLevel(before)


def test_the_log_names_a_person_by_key_and_tells_no_secret(app, browser, make, session, log):
    with app.app_context():
        holder = make.Person(
            name="Ingrid Lie", email="ingrid@lie.example", password_hash=passwords.hashed(SECRET)
        )
    id = str(holder.id)
    browser.fill("members.sign_in", {"email": "ingrid@lie.example", "password": SECRET})
    browser.client.get("/desk?next=ingrid@lie.example")
    told = log.getvalue()
    assert id in told
    assert '"endpoint": "members.sign_in"' in told
    for secret in (SECRET, "ingrid@lie.example", "Ingrid", "127.0.0.1", "cookie"):
        assert secret not in told

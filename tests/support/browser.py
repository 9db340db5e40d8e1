"""A test client that also minds the portal's manners."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from bs4 import BeautifulSoup
from flask import Flask, url_for
from flask import session as cookie
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from portal.core import clock
from portal.extensions import db
from portal.models import Person
from portal.platform import auth
from portal.platform.database import unit
from tests.support.manners import mind_manners

Expected = int | set[int]
#: The space in a date at which no line breaks; tests write dates with plain spaces.
UNBROKEN = re.compile(r"(?<=\d)(\.?)\N{NO-BREAK SPACE}(?=[A-Za-z]{3})")


class Browser:
    """Visits pages as somebody, and fails on any page that is not fit to be shown.

    `sign_in(person)` opens a session without the sign-in page. `get`, `fill` (opens the form and
    sends it with its hidden fields) and `send` (without having seen the form) take an endpoint and
    the parts of its address.
    """

    def __init__(self, app: Flask, session: Session | None = None) -> None:
        self.app, self.session, self.client = app, session, app.test_client()
        self.language = "en"
        self.response: Any = None

    def sign_in(self, person: Person, *, now: datetime | None = None) -> None:
        id = person.id
        self._settle()
        with self.app.test_request_context(), unit():
            somebody = db.session.get(Person, id)
            token = auth.open_session(
                somebody, browser="test", address="127.0.0", now=now or clock.now()
            )
        with self.client.session_transaction() as cookie:
            cookie.clear()
            cookie["_user_id"] = token
            cookie["_fresh"] = True

    def sign_out(self) -> None:
        with self.client.session_transaction() as cookie:
            cookie.clear()

    def get(self, endpoint: str, *, expect: Expected = 200, **values: object) -> BeautifulSoup:
        return self.open("GET", self.address(endpoint, **values), expect=expect)

    def fill(
        self,
        endpoint: str,
        answers: dict | None = None,
        *,
        expect: Expected = 302,
        form: str = "main form[method=post]",
        **values: object,
    ) -> BeautifulSoup:
        """Open the page, fill in its (first) form and send it as a person would.

        What is already in the form is sent along, as a browser does; `answers` go over it.
        """
        page = self.get(endpoint, **values)
        found = page.select_one(form)
        assert found, f"{endpoint} has no form {form}"
        action = found.get("action") or self.address(endpoint, **values)
        return self.open("POST", action, expect=expect, data=filled_in(found) | (answers or {}))

    def press(self, endpoint: str, label: str, *, expect: Expected = 302, **values: object):
        """Open the page and press the button with this text."""
        page = self.get(endpoint, **values)
        buttons = [b for b in page.select("form button") if label in b.get_text(" ", strip=True)]
        assert buttons, f"{endpoint} has no button “{label}”"
        form = buttons[0].find_parent("form")
        answers = filled_in(form)
        if buttons[0].get("name"):
            answers[buttons[0]["name"]] = buttons[0].get("value", "")
        action = form.get("action") or self.address(endpoint, **values)
        return self.open("POST", action, expect=expect, data=answers)

    def send(
        self, endpoint: str, answers: dict | None = None, *, expect: Expected = 302, **values
    ) -> BeautifulSoup:
        """Send answers with a valid token, without having seen the form."""
        data = {"csrf_token": self.token()} | (answers or {})
        return self.open("POST", self.address(endpoint, **values), expect=expect, data=data)

    def token(self) -> str:
        """Return a valid token of this browser's session."""
        with self.client.session_transaction() as kept:
            values = dict(kept)
        with self.app.test_request_context():
            cookie.update(values)
            token = generate_csrf()
            raw = cookie["csrf_token"]
        with self.client.session_transaction() as kept:
            kept["csrf_token"] = raw
        return token

    def address(self, endpoint: str, **values: object) -> str:
        with self.app.test_request_context():
            return url_for(endpoint, **values)

    def open(
        self, method: str, url: str, *, expect: Expected = 200, data: Any = None, **more: Any
    ) -> BeautifulSoup:
        self._settle()
        headers = {"Accept-Language": self.language} | more.pop("headers", {})
        self.response = self.client.open(url, method=method, data=data, headers=headers, **more)
        if self.session:
            self.session.expire_all()  # what the visit changed is read afresh
        expected = expect if isinstance(expect, set) else {expect}
        response = self.response
        assert status_of(response) in expected, (
            f"{method} {url}: {response.status} "
            + (BeautifulSoup(response.text, "html.parser").get_text(" ", strip=True)[-1500:])
        )
        is_page = response.mimetype == "text/html"
        read = UNBROKEN.sub(r"\1 ", response.text) if is_page else response.data
        page = BeautifulSoup(read, "html.parser")
        if is_page and not 300 <= response.status_code < 400:
            mind_manners(response.text, page, self.language)
        return page

    def _settle(self) -> None:
        if self.session:
            self.session.commit()  # what the test set up is on record before anyone visits


def status_of(response: Any) -> int:
    """Return how a visit ended: a page that has people sign in, and come back to it, is a 401."""
    asked, led = response.request, urlsplit(response.location or "")
    ways_in = {"/sign-in", "/sign-in/second"}
    if asked.method in {"GET", "HEAD"} and response.status_code == 302 and led.path in ways_in:
        [wanted] = parse_qs(led.query).get("next", [""])
        if unquote(wanted.partition("?")[0]) == asked.path:
            return 401
    return response.status_code


def filled_in(form) -> dict[str, Any]:
    """Return what a browser would send of a form as it stands."""
    sent: dict[str, Any] = {}
    for box in form.select("input[name], select[name], textarea[name]"):
        name, kind = box["name"], box.get("type", "text")
        if kind in {"submit", "file", "button"} or box.has_attr("disabled"):
            continue
        if kind in {"checkbox", "radio"}:
            if box.has_attr("checked"):
                sent.setdefault(name, []).append(box.get("value", "on"))
        elif box.name == "select":
            chosen = box.select("option[selected]") or (
                [] if box.has_attr("multiple") else box.select("option")[:1]
            )
            sent.setdefault(name, []).extend(o.get("value", o.text) for o in chosen)
        elif box.name == "textarea":
            sent.setdefault(name, []).append(box.text.removeprefix("\n"))
        else:
            sent.setdefault(name, []).append(box.get("value", ""))
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}

"""What the browsers of people hold who are signed in, without each of them signing in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from portal.core import clock
from portal.extensions import db
from portal.models import Person
from portal.platform import auth
from portal.platform.database import unit


@dataclass(frozen=True, kw_only=True)
class Held:
    """One person's cookie, and the token that goes with it in every form."""

    person_id: UUID
    cookie: str
    csrf: str


def sign_in(app: Flask, person_ids: Sequence[UUID]) -> list[Held]:
    """Open a session for each of these people; return what their browsers hold, in order."""
    opened = []
    with app.app_context(), unit():
        for id in person_ids:
            person = db.session.get_one(Person, id)
            opened.append(auth.open_session(person, browser="bench", address="", now=clock.now()))
    return [hold(app, id, token) for id, token in zip(person_ids, opened, strict=True)]


def hold(app: Flask, person_id: UUID, token: str) -> Held:
    """Put a session in a browser, with the token that any page with a form gives it once."""
    with app.test_request_context():
        auth.keep_in_browser(token)
        csrf = generate_csrf()
        kept = dict(session)
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return Held(person_id=person_id, cookie=serializer.dumps(kept), csrf=csrf)

"""Every kind of person, and how each is signed in."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer

from portal.models import StaffRole
from portal.platform import passwords, tokens
from tests import factories

#: The columns of the matrix. `own` is the organisation that the subjects belong to; the foreign
#: organisation has nothing to do with them. The unverified person is its administrator on paper.
#: The insider is of the programme team and administers the organisation as well.
KINDS = (
    "stranger",
    "newcomer", "unverified",
    "member", "representative", "administrator",
    "foreign",
    "programmes", "membership", "events", "editor", "boss",
    "insider",
)  # fmt: skip
STAFF = {
    "programmes": "programmes",
    "membership": "membership",
    "events": "events",
    "editor": "editor",
    "boss": "administrator",
    "insider": "programmes",
}
PASSWORD = "forty-two purple lanterns"
SECRET = "0123456789abcdef" * 2
#: What marks every browser as one that asked for a link to sign in.
ASKED_HERE = "asked for in this browser"


@dataclass(frozen=True)
class Visitor:
    """What the browser of one kind of person sends: its cookie, and a token that is valid."""

    cookie: str
    token: str


def make() -> dict[str, Any]:
    """Make a person of each kind that has an account; `members` gives them their places."""
    hashed = passwords.hashed(PASSWORD)
    everybody: dict[str, Any] = {}
    for kind in KINDS[1:]:
        more = {"verified_at": None} if kind == "unverified" else {}
        everybody[kind] = factories.Person(
            name=kind.capitalize(), email=f"{kind}@data.example", password_hash=hashed, **more
        )
        if kind in STAFF:
            factories.StaffGrant(person=everybody[kind], role=StaffRole.of(STAFF[kind]))
        factories.LoginSession(
            person=everybody[kind],
            token_hash=tokens.digest(token_of(kind)),
            browser="Firefox",
            proved_at=factories.days(1),  # however long the tests take, nobody is asked again
        )
    everybody["deputy"] = factories.staff("programmes", name="Deputy", email="deputy@data.example")
    return everybody


def token_of(kind: str) -> str:
    """Return the secret of the session of a kind of person."""
    return f"session-of-{kind}"


def visitor(app: Flask, kind: str) -> Visitor:
    """Return the browser of a kind of person."""
    kept: dict[str, object] = {"csrf_token": SECRET, "link": ASKED_HERE}
    if kind != "stranger":
        kept |= {"_user_id": token_of(kind), "_fresh": True}
    signing = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(SECRET)
    return Visitor(cookie=signing.dumps(kept), token=token)

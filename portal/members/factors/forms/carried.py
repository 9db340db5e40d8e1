"""What somebody typed before we asked who they are: carried along, and sent again afterwards.

It travels in the page itself, signed for the session that typed it. Passwords, codes and files do
not travel.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from wtforms import PasswordField
from wtforms.fields.core import UnboundField

#: How long somebody has to prove who they are, in seconds.
VALID = 900
#: What no page asks to have sent again.
NEVER = frozenset({"csrf_token", "code", "credential", "carried", "password", "current"})


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What is sent again: where, and each text by the name of its field."""

    path: str
    texts: list[tuple[str, str]]
    files: bool


def signer() -> URLSafeTimedSerializer:
    """Return what signs what travels."""
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt="carried")


def secrets_of(form: Any) -> Iterable[str]:
    """Name the fields of a form that hold passwords."""
    for name in dir(form) if isinstance(form, type) else ():
        field = getattr(form, name, None)
        if isinstance(field, UnboundField) and issubclass(field.field_class, PasswordField):
            yield name


def carry(session_id: UUID | None) -> str:
    """Pack up what this request sent, for one session."""
    view = current_app.view_functions[request.endpoint or ""]
    secret = NEVER | set(secrets_of(getattr(view, "__form__", None)))
    texts = [(name, text) for name, text in request.form.items(multi=True) if name not in secret]
    packed = [str(session_id), request.full_path.rstrip("?"), texts, bool(request.files)]
    return str(signer().dumps(packed))


def read_carried(sent: str | None, session_id: UUID | None) -> Carried | None:
    """Unpack it; what another session packed, or what is old, is nothing."""
    try:
        owner, path, texts, files = signer().loads(sent or "", max_age=VALID)
    except (BadSignature, ValueError, TypeError):
        return None
    if owner != str(session_id):
        return None
    return Carried(path=path, texts=[(name, text) for name, text in texts], files=bool(files))

"""The one instance of each Flask extension."""

from typing import Any

from flask import Response, g
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine

from portal.models import Base


class Login(LoginManager):  # type: ignore[misc]  # Flask-Login has no type hints
    """Flask-Login without its remember cookie: sessions are rows, and a stranger has none.

    Looking for that cookie touches the session of every visitor, and a page that touched a session
    is not the same for everybody.
    """

    def _update_remember_cookie(self, response: Response) -> Response:
        return response

    def _session_protection_failed(self) -> bool:
        return False  # a phone changes its address; sessions are rows that we end


class UnitSession(Session):
    """A session that works in the unit of work of its request, job or command, if one was begun."""

    def get_bind(self, *given: Any, bind: Any = None, **named: Any) -> Engine | Connection:
        """Return the connection of the unit, which the session then commits or rolls back."""
        return bind or g.get("connection") or self._db.engine


db = SQLAlchemy(
    metadata=Base.metadata,
    disable_autonaming=True,
    session_options={"class_": UnitSession, "join_transaction_mode": "control_fully"},
)
babel = Babel()
csrf = CSRFProtect()
login = Login()
migrate = Migrate()

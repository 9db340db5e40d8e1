"""The one instance of each Flask extension."""

from flask import Response
from flask_babel import Babel
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

from portal.models import Base


class Login(LoginManager):  # type: ignore[misc]  # Flask-Login has no type hints
    """Flask-Login without its remember cookie: sessions are rows, and a stranger has none.

    Looking for that cookie touches the session of every visitor, and a page that touched a session
    is not the same for everybody.
    """

    def _update_remember_cookie(self, response: Response) -> Response:
        return response


db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True)
babel = Babel()
csrf = CSRFProtect()
login = Login()
migrate = Migrate()

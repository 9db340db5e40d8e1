"""Members: sign-in, accounts, organisations, people, membership."""

from flask import Flask

from portal.members import views


def init_app(app: Flask) -> None:
    """Open the room."""
    app.register_blueprint(views.bp)

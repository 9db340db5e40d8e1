"""The site: home, desk, plain pages, health, set-up, administration."""

from flask import Flask

from portal.site import views


def init_app(app: Flask) -> None:
    """Open the room."""
    app.register_blueprint(views.bp)

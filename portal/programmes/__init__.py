"""Programmes: calls, applications, decisions, cohorts."""

from flask import Flask

from portal.programmes import views


def init_app(app: Flask) -> None:
    """Open the room."""
    app.register_blueprint(views.bp)

"""News: articles, what members propose, feeds."""

from flask import Flask

from portal.news import jobs, panels, personal, searchable
from portal.news.deeds import NewsDeed
from portal.news.views import bp
from portal.platform import audit

__all__ = ["init_app", "jobs"]


def init_app(app: Flask) -> None:
    """Open the room."""
    audit.learn(NewsDeed)
    panels.init_app()
    searchable.init_app()
    personal.init_app()
    app.register_blueprint(bp)

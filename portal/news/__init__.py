"""News: articles, what members propose, feeds."""

from flask import Flask

from portal.news import panels, personal, searchable
from portal.news.deeds import NewsDeed
from portal.news.views import bp
from portal.platform import audit


def init_app(app: Flask) -> None:
    """Open the room."""
    audit.learn(NewsDeed)
    panels.init_app()
    searchable.init_app()
    personal.init_app()
    app.register_blueprint(bp)

"""Search: what rooms let be found, kept in step with them, and found by those who may see it."""

from flask import Flask

from portal.search import keeping, views
from portal.search.sources import OF_NAMES, Document, Source, declare

__all__ = ["OF_NAMES", "Document", "Source", "declare", "init_app"]


def init_app(app: Flask) -> None:
    """Open the page and watch what changes."""
    app.register_blueprint(views.bp)
    keeping.init_app()

"""How the portal behaves over HTTP, whichever room answers."""

from flask import Flask

from portal.web import answers, context, files, headers, requestlog
from portal.web.access import check_every_door_is_guarded

__all__ = ["check_every_door_is_guarded", "init_app"]


def init_app(app: Flask) -> None:
    """Teach the app its manners."""
    requestlog.init_app(app)
    headers.init_app(app)
    answers.init_app(app)
    context.init_app(app)
    app.register_blueprint(files.bp)

"""The portal's commands: `python -m portal.cli` lists them, `flask` with FLASK_APP=wsgi too."""

from flask import Flask

from portal.cli.backup import backup, restore
from portal.cli.catalogues import catalogues
from portal.cli.demo import demo
from portal.cli.prepare import prepare
from portal.cli.serve import serve
from portal.cli.setup import setup_code
from portal.cli.worker import worker


def init_app(app: Flask) -> None:
    """Give the app its commands."""
    for command in (backup, catalogues, demo, prepare, restore, serve, setup_code, worker):
        app.cli.add_command(command)

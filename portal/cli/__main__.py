"""`python -m portal.cli`: the flask commands, with a wrong setting told in one sentence."""

import sys

from flask import Flask
from flask.cli import FlaskGroup

from portal import create_app
from portal.cli.catalogues import catalogues, compile_all
from portal.cli.serve import serve
from portal.config import SettingError


def main() -> None:
    """Run the command that the arguments name."""
    group = FlaskGroup(create_app=_app, load_dotenv=False)
    for needs_no_app in (catalogues, serve):
        group.add_command(needs_no_app)
    try:
        group.main(prog_name="flask")
    except SettingError as wrong:
        sys.exit(str(wrong))


def _app() -> Flask:
    compile_all()
    return create_app()


if __name__ == "__main__":
    main()

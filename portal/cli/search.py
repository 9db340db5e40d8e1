"""`flask search rebuild`: make the index of the search again."""

import click
from flask.cli import with_appcontext

from portal.search.rebuilding import rebuild as make_again


@click.group()
def search() -> None:
    """Look after what the search finds."""


@search.command()
@with_appcontext
def rebuild() -> None:
    """Make the index again; the portal goes on meanwhile."""
    click.echo(f"{make_again()} rows can be found.")

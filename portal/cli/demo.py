"""`flask demo load` and `flask demo refresh`: the invented cluster, in a database of its own."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from portal import demo as cluster
from portal.config import Settings
from portal.core import clock
from portal.extensions import db
from portal.models import Cluster, Person


@click.group()
def demo() -> None:
    """Load the invented cluster, or move its dates to today."""


@demo.command()
@with_appcontext
def load() -> None:
    """Load the demo into the portal's own database, which must hold nothing."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.demo:
        raise click.ClickException(
            "The demo is loaded only into the portal's own database on this machine:"
            " leave out DATABASE_URL, DEMO=0 and a PUBLIC_URL that others can reach."
        )
    if db.session.scalar(select(Cluster.id)) or db.session.scalar(select(Person.id).limit(1)):
        raise click.ClickException("The database holds something already, so it gets no demo.")
    load_demo(settings)


@demo.command()
@with_appcontext
def refresh() -> None:
    """Move the dates of the demo to today."""
    if not db.session.scalar(select(Cluster.demo)):
        raise click.ClickException("This is no demo, so its dates stay as they are.")
    cluster.refresh(now=clock.now())


def load_demo(settings: Settings) -> None:
    """Load the demo cluster with the password that the settings give its people."""
    cluster.load(password=settings.demo_password, now=clock.now())

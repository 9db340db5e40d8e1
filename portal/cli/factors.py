"""`flask members take-factors`: for a portal whose one administrator lost everything."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.core import clock
from portal.extensions import db
from portal.members.factors import service
from portal.models import Person
from portal.platform.database import unit


@click.command("take-factors")
@click.argument("address")
@with_appcontext
def take_factors(address: str) -> None:
    """Take away the passkeys, the app and the recovery codes of whoever has this address.

    Make sure first who is asking. They are signed out everywhere and told by e-mail; at the next
    sign-in the password is enough, once, to set up something new.
    """
    with unit():
        person = db.session.scalar(select(Person).where(Person.email == address.strip().lower()))
        if person is None:
            raise click.ClickException(f"Nobody has the address {address}.")
        service.take_away(person, now=clock.now())
    click.echo(f"{address} signs in with the password alone now, and sets up something new.")

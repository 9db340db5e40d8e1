"""`flask setup-code`: the code that opens an empty portal for its first administrator, once."""

import secrets
from datetime import datetime, timedelta

import click
from flask.cli import with_appcontext
from sqlalchemy import delete, select

from portal.core import clock
from portal.extensions import db
from portal.models import Cluster, OneTimeToken, TokenPurpose
from portal.platform import tokens
from portal.platform.database import unit

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike
GROUPS, LENGTH = 4, 5
VALID = timedelta(days=7)


@click.command("setup-code")
@with_appcontext
def setup_code() -> None:
    """Print a new set-up code for an empty portal; codes printed before no longer work."""
    if db.session.scalar(select(Cluster.id)):
        raise click.ClickException("The portal is set up already, so it needs no code.")
    click.echo(fresh_code(now=clock.now()))


def fresh_code(*, now: datetime) -> str:
    """Make a code and keep its hash as the only one that works."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    code = "-".join(groups)
    with unit():
        db.session.execute(delete(OneTimeToken).where(OneTimeToken.purpose == TokenPurpose.SETUP))
        db.session.add(
            OneTimeToken(
                purpose=TokenPurpose.SETUP,
                token_hash=tokens.digest(code),
                expires_at=now + VALID,
                created_at=now,
            )
        )
    return code

"""`flask programmes audit`: whether what is counted as it goes is what one counts afresh."""

import click
from flask.cli import with_appcontext

from portal.programmes.queries.cohorts import miscounted


@click.group()
def programmes() -> None:
    """Look after the programmes."""


@programmes.command()
@with_appcontext
def audit() -> None:
    """Count the places of every cohort afresh; fail when a cohort holds another number."""
    wrong = miscounted()
    for found in wrong:
        click.echo(
            f"The cohort {found.cohort_id} holds {found.held} places, but its open offers and its"
            f" companies need {found.counted}.",
            err=True,
        )
    if wrong:
        raise SystemExit(1)
    click.echo("Every cohort holds as many places as its open offers and its companies need.")

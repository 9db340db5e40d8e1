"""`flask members retention`: count what is kept no longer, and clear it, as the pages for it do."""

import click
from flask.cli import with_appcontext

from portal.core import clock
from portal.extensions import db
from portal.members.privacy import clearing, runs
from portal.models import PORTAL, RetentionRun
from portal.platform.database import unit
from portal.platform.language import tell


@click.command()
@click.option("--clear", is_flag=True, help="Clear what is counted; without this nothing changes.")
@click.option(
    "--rule",
    "chosen",
    multiple=True,
    type=click.Choice([rule.key for rule in clearing.RULES]),
    help="Only by this rule; may be given again. Without any, by every rule.",
)
@with_appcontext
def retention(*, clear: bool, chosen: tuple[str, ...]) -> None:
    """Say how much is kept longer than it should be, rule by rule, and clear it if told to."""
    keys = [rule.key for rule in clearing.RULES if not chosen or rule.key in chosen]
    if clear:
        report(cleared(keys))
        return
    with unit(writing=False):
        now = clock.now()
        for key in keys:
            rule = clearing.BY_KEY[key]
            click.echo(f"{clearing.count(rule, now=now):>8}  {key}: {tell(rule.label)}")
    click.echo("Nothing was cleared. To clear it, add --clear.")


def cleared(keys: list[str]) -> dict[str, dict[str, int]]:
    """Count and clear, batch by batch, and return how much of what."""
    with unit():
        now = clock.now()
        row = runs.begun(keys, actor=PORTAL, now=now)
        runs.start(row, actor=PORTAL, now=now)
        id = row.id
    more = True
    while more:
        with unit():
            more = runs.go_on(id, now=clock.now())
    with unit(writing=False):
        return dict(db.session.get_one(RetentionRun, id).tallies)


def report(tallies: dict[str, dict[str, int]]) -> None:
    """Say what was cleared."""
    for key, tally in tallies.items():
        click.echo(f"{tally['done']:>8}  {key}: {tell(clearing.BY_KEY[key].label)}")
    click.echo("Cleared.")

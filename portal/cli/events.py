"""`flask events audit`: recompute what must hold for places at events; there is nothing to find."""

import sys

import click
from flask.cli import AppGroup, with_appcontext

from portal.core import clock
from portal.events import accounts
from portal.platform.database import unit
from portal.platform.language import say

events = AppGroup("events", help="Look after events.")


@events.command("audit")
@with_appcontext
def audit() -> None:
    """Print every invariant of places that does not hold, and fail if there is one."""
    with unit(writing=False):
        findings = accounts.audit(now=clock.now())
    for finding in findings:
        row = f"{finding.subject_type} {finding.subject_id}"
        click.echo(f"{finding.invariant:>2}  {row}  {say(finding.about)}")
    click.echo(f"{len(findings)} findings")
    sys.exit(1 if findings else 0)

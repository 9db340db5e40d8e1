"""Renewing memberships from the command line, with progress."""

from datetime import date
from uuid import UUID

import click
from sqlalchemy import select

from portal.core import clock
from portal.core.errors import Refused
from portal.extensions import db
from portal.members.belonging.queries import renewals as queries
from portal.members.belonging.rules import to_renew
from portal.members.belonging.service import renewals, renewing
from portal.models import Actor, MembershipTier, RenewalOutcome, RenewalRun, RenewalVerdict
from portal.platform.database import unit
from portal.platform.language import say, tell

#: So often is said how far it has come.
EVERY = 1_000


def renew(first: date, last: date, code: str | None, *, dry_run: bool, actor: Actor) -> None:
    """Begin a run, say what it would do, and do it: what is cut short here, the worker finishes."""
    try:
        run_id = begun(first, last, code, actor=actor)
        total = preview(run_id)
        with unit():
            run = queries.run(run_id, actor=actor)
            if dry_run or not total:
                renewals.discard(run, actor=actor, now=clock.now())
            else:
                renewals.start(run, run.version, actor=actor, now=clock.now())
    except Refused as refusal:
        raise click.ClickException(say(refusal.reason)) from refusal
    if dry_run or not total:
        click.echo("Nobody was renewed.")
    else:
        work(run_id, total)


def begun(first: date, last: date, code: str | None, *, actor: Actor) -> UUID:
    """Begin a run and look up its members; return its key."""
    with unit():
        tier = None
        if code:
            tier = db.session.scalar(select(MembershipTier).where(MembershipTier.code == code))
            if tier is None:
                raise click.ClickException(f"There is no kind of membership with the code {code}.")
        run_id = renewals.begin(first, last, tier=tier, actor=actor, now=clock.now()).id
    more = True
    while more:
        with unit():
            more = renewals.gather(run_id, now=clock.now())
    return run_id


def preview(run_id: UUID) -> int:
    """Say whom the run would renew, and who is left out; return how many it would renew."""
    with unit(writing=False):
        tallies = db.session.get_one(RenewalRun, run_id).tallies
    for verdict in RenewalVerdict:
        click.echo(f"{tell(verdict.label)}: {tallies.get(verdict.value, 0)}")
    return to_renew(tallies)


def work(run_id: UUID, total: int) -> None:
    """Renew lot by lot, and say how far it has come."""
    more, said = True, 0
    while more:
        with unit():
            more = renewing.renew_lot(run_id, now=clock.now())
            run = db.session.get_one(RenewalRun, run_id)
            handled, tallies = run.handled, run.tallies
        if handled - said >= EVERY or (not more and handled > said):
            said = handled
            click.echo(f"{handled} of {total} members")
    for outcome in RenewalOutcome:
        click.echo(f"{tell(outcome.label)}: {tallies.get(outcome.value, 0)}")

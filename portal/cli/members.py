"""`flask members import`: bring a list of members in, as the pages for it do."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.cli.factors import take_factors
from portal.cli.renewing import renew
from portal.cli.retention import retention
from portal.core import clock
from portal.core.errors import Refused
from portal.extensions import db
from portal.members.importing import batches, queries, service
from portal.members.importing.planning import Plan
from portal.members.importing.tables import Table, read_table
from portal.members.importing.telling import told
from portal.members.importing.values import Finding, label_of
from portal.models import (
    Actor,
    ImportState,
    ImportVerdict,
    MemberImport,
    Person,
    StaffGrant,
    StaffRole,
)
from portal.platform import auth
from portal.platform.database import unit
from portal.platform.language import say, tell

DAY = click.DateTime(["%Y-%m-%d"])
#: Who may bring lists in, and renew.
ROLES = (StaffRole.MEMBERSHIP, StaffRole.ADMINISTRATOR)
TWO = "It makes members of a kind that two have to approve. Somebody else confirms it at"
#: A list without any of these says nothing of anybody.
KEYS = {"display_name", "legal_name", "number", "email"}


@click.group()
def members() -> None:
    """Bring lists of members in, and renew memberships."""


members.add_command(retention)
members.add_command(take_factors)


@members.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what every row would do, and write nothing.")
@click.option("--by", metavar="ADDRESS", help="In whose name: the e-mail address of staff.")
@with_appcontext
def import_members(file: Path, *, dry_run: bool, by: str | None) -> None:
    """Import organisations, people and memberships from a CSV or XLSX file.

    The columns are known by their headings; what the list leaves open is taken as the page for
    importing proposes it.
    """
    try:
        table = read_table(file.read_bytes(), file.name)
        check_headings(table)
        if dry_run:
            preview(table)
        else:
            bring_in(table, by)
    except Refused as refusal:
        raise click.ClickException(say(refusal.reason)) from refusal


@members.command("renew")
@click.option("--from", "first", type=DAY, required=True, help="The earliest last day.")
@click.option("--until", "last", type=DAY, required=True, help="The latest last day.")
@click.option("--tier", "code", metavar="CODE", help="One kind of membership alone.")
@click.option("--dry-run", is_flag=True, help="Say who would be renewed, and renew nobody.")
@click.option("--by", metavar="ADDRESS", help="In whose name: the e-mail address of staff.")
@with_appcontext
def renew_members(
    first: datetime, last: datetime, code: str | None, *, dry_run: bool, by: str | None
) -> None:
    """Renew the memberships whose last day lies between two days, as YYYY-MM-DD."""
    with unit(writing=False):
        actor = somebody(by)
    renew(first.date(), last.date(), code, dry_run=dry_run, actor=actor)


def check_headings(table: Table) -> None:
    """Say how the columns are understood; stop when they mean nothing."""
    header, headings, columns = service.understood(table.rows)
    if not KEYS & set(columns):
        raise click.ClickException(
            "No heading of this list names an organisation, its number or an e-mail address."
            " Rename the headings, or import it on the page, where columns are matched by hand."
        )
    click.echo(f"The headings are in row {header}:")
    means = {column: key for key, column in columns.items()}
    for column, heading in enumerate(headings):
        meaning = tell(label_of(means[column])) if column in means else "left out"
        click.echo(f"  {heading or '(no heading)'}: {meaning}")


def preview(table: Table) -> None:
    """Say what every row would do, without writing anything."""
    header, _headings, columns = service.understood(table.rows)
    rows = [(number, cells) for number, cells in table.rows if number > header]
    with unit(writing=False):
        plans = list(service.look(rows, columns, service.DEFAULTS))
    for number, plan in plans:
        if plan.verdict is not ImportVerdict.SAME:
            say_plan(number, plan)
    for verdict in ImportVerdict:
        count = sum(1 for _number, plan in plans if plan.verdict is verdict)
        click.echo(f"{tell(verdict.label)}: {count}")
    click.echo("Nothing was written.")


def say_plan(number: int, plan: Plan) -> None:
    """Say what one row would do, or what is wrong with it."""
    for step in plan.steps:
        click.echo(f"Row {number}: {say(step)}")
    for finding in plan.findings:
        click.echo(f"Row {number}, {wrong(tell(label_of(finding.field)), finding)}")


def wrong(name: str, finding: Finding) -> str:
    """Write what is wrong with a field."""
    typed = f" “{finding.typed}”" if finding.typed else ""
    return f"{name}{typed}: {say(finding.reason)}"


def bring_in(table: Table, by: str | None) -> None:
    """Take the list in, check it, and write it: what is cut short here, the worker finishes."""
    with unit():
        now, actor = clock.now(), somebody(by)
        row = service.upload(table, actor=actor, now=now)
        service.match(row, row.columns, row.defaults, actor=actor, now=now)
        id, round = row.id, row.round
    service.check(id, round, now=clock.now())
    with unit():
        row = db.session.get_one(MemberImport, id)
        wanted = row.state is ImportState.READY and queries.to_write(row)
        if wanted and not service.confirm(row, row.version, actor=actor, now=clock.now()):
            click.echo(f"{TWO} /admin/imports/{id}")
        confirmed = row.state is ImportState.WRITING
    if confirmed:
        write(id)
    report(id)


def somebody(by: str | None) -> Actor:
    """Find in whose name the list is brought in; without an address the one administrator."""
    now = clock.now()
    staff = (
        select(Person)
        .join(StaffGrant, StaffGrant.person_id == Person.id)
        .where(StaffGrant.role.in_(ROLES), *auth.in_force(StaffGrant, now=now))
        .distinct()
    )
    staff = staff.where(Person.email == by.lower()) if by else staff
    found = db.session.scalars(staff.limit(2)).all()
    if len(found) != 1:
        raise click.ClickException(
            "Nobody with this address looks after membership." if by and not found
            else "Say with --by in whose name: the e-mail address of somebody who looks after"
            " membership."
        )  # fmt: skip
    return auth.actor_of(found[0], now=now)


def write(id: UUID) -> None:
    """Write the list part by part, and say how far it has come."""
    more, said = True, 0
    while more:
        with unit():
            more = batches.write_batch(id, now=clock.now())
            row = db.session.get_one(MemberImport, id)
            handled, total = row.handled, queries.to_write(row)
        if handled - said >= 500 or (not more and handled):
            said = handled
            click.echo(f"{handled} of {total} rows written")


def report(id: UUID) -> None:
    """Say what became of the list, and what was refused and why."""
    with unit(writing=False):
        row = db.session.get_one(MemberImport, id)
        for each in queries.refused(row):
            for heading, finding in told(each, row.columns, row.headings).findings:
                click.echo(f"Row {each.number}, {wrong(heading, finding)}")
        tallies = row.tallies
        refused = tallies.get("wrong", 0) + tallies.get("refused", 0)
        written, same = tallies.get("written", 0), tallies.get("same", 0)
    click.echo(f"Written: {written}. Unchanged: {same}. Not imported: {refused}.")

"""`flask backup` and `flask restore`: rows and stored files in one archive, on either database.

The rows are kept as text that belongs to neither database, so what was saved on SQLite can be
restored on PostgreSQL and the other way round.
"""

from pathlib import Path

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import inspect

from portal.cli.backup import archive, load
from portal.cli.backup.problem import Problem
from portal.config import ROOT
from portal.extensions import db
from portal.platform import files

archive_path = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=archive_path)
@with_appcontext
def backup(file: Path) -> None:
    """Save everything that the portal holds to FILE, which must not exist yet."""
    try:
        manifest = archive.write(file, engine=db.engine, store=files.store())
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"Saved {_sizes(manifest)} to {file}.")


@click.command()
@click.argument("file", type=archive_path)
@click.option("--replace", is_flag=True, help="Delete what the database and the store hold now.")
@with_appcontext
def restore(file: Path, *, replace: bool) -> None:
    """Bring back what FILE holds, all of it or nothing."""
    try:
        manifest = archive.check(file)
        if not inspect(db.engine).get_table_names():
            upgrade(directory=str(ROOT / "migrations"))
        load.restore(file, manifest, engine=db.engine, store=files.store(), replace=replace)
    except Problem as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"Restored {_sizes(manifest)} from {file}.")


def _sizes(manifest: archive.Manifest) -> str:
    rows = sum(part.count for part in manifest.tables.values())
    return f"{rows} rows and {len(manifest.files)} files"

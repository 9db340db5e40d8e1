"""`flask prepare`: everything between a fresh checkout and the first page, and what to say then."""

import errno
import json
import os
import socket
import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy import inspect, make_url, select
from sqlalchemy.exc import OperationalError

from portal.cli import demo, setup
from portal.config import ROOT, SettingError, Settings
from portal.core import clock
from portal.extensions import db
from portal.members.factors import codes
from portal.models import AuthenticatorApp, Cluster, Person
from portal.platform.demo import DOMAIN
from portal.search import rebuilding
from portal.web import compressed, statics

SIGN_INS = {
    "founder": "a young company that applies and reports",
    "representative": "a member company",
    "coordinator": "a member company that takes colleagues to fairs",
    "programmes": "staff: programmes, calls and cohorts",
    "membership": "staff: organisations and memberships",
    "events": "staff: events and their delegates",
    "editor": "staff: news",
    "admin": "staff: everything, people and grants",
    "app": "staff: the second administrator, with an authenticator app",
}


@click.command()
@with_appcontext
def prepare() -> None:
    """Migrate, load the demo when the database is new; print what to tell, as JSON."""
    settings: Settings = current_app.config["SETTINGS"]
    check_port(settings.host, settings.port)
    compressed.make(statics.worth_compressing(), settings.instance / "compressed")
    fill(settings)
    click.echo(json.dumps({"text": welcome(settings), "health": f"{reach(settings)}/healthz"}))


def check_port(host: str, port: int) -> None:
    """Find out now, and not when everything else is done, whether the portal can be there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
            door.listen()
        except OSError as error:
            raise SettingError(_why_not(host, port, error)) from error


def fill(settings: Settings) -> None:
    """Bring the database up to date, and load the demo into one that is new and ours.

    A marker stands beside the database while the demo is loading. Found at start, it means that
    the loading was broken off, and the half-loaded file makes room for a new one.
    """
    unfinished = settings.instance / "demo-unfinished"
    if unfinished.exists() and _is_own(settings):
        _forget_database(settings)
        unfinished.unlink()
    new = _is_new(settings)
    wants_demo = new and settings.demo and _is_own(settings)
    if wants_demo:
        unfinished.touch()
    say("Preparing the database …" if new else "Bringing the database up to date …")
    upgrade(directory=str(ROOT / "migrations"))
    if wants_demo:
        say("Loading the demo …")
        demo.load_demo(settings)
        unfinished.unlink()
    elif rebuilding.is_missing():
        say("Making the index of the search …")
        rebuilding.rebuild()


def welcome(settings: Settings) -> str:
    """Return what to print once the portal answers."""
    lines = [f"\nThe portal is at {settings.base_url} and Ctrl-C ends it."]
    marked = db.session.scalar(select(Cluster.demo))
    if marked is None:
        code = setup.fresh_code(now=clock.now())
        lines.append(f"It is empty. This code opens it for its first administrator: {code}")
        lines.append(f"Give it, once and within seven days, at {settings.base_url}/setup")
    elif marked and settings.local:
        lines.append(f"It is a demo. Sign in with the password {settings.demo_password} as")
        lines += [f"  {who + '@demo.example':<28}{what}" for who, what in SIGN_INS.items()]
        lines += app_of_demo()
    return "\n".join(lines)


def app_of_demo() -> list[str]:
    """Return how to sign in as whoever of the demo has an authenticator app."""
    salt = db.session.scalar(
        select(AuthenticatorApp.salt)
        .join(AuthenticatorApp.person)
        .where(Person.email == f"app@{DOMAIN}", AuthenticatorApp.confirmed_at.is_not(None))
    )
    if salt is None:
        return []
    secret = codes.secret_of(salt, key=str(current_app.config["SECRET_KEY"]))
    return [f"  The secret of that app is {secret}"]


def reach(settings: Settings) -> str:
    """Return the address at which this machine itself finds the portal."""
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - looked up, not bound
    host = anywhere.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def say(line: str) -> None:
    """Tell of progress beside the answer on standard output."""
    print(line, file=sys.stderr, flush=True)


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: end that, or write PORT={port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} is for the system's own programs: write PORT=8000 or higher."
    return f"LISTEN_ON is “{host}”, which is no address of this machine: write 127.0.0.1."


def _is_new(settings: Settings) -> bool:
    try:
        return not set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    except OperationalError as error:
        place = make_url(settings.database_url).render_as_string()
        reason = str(error.orig).strip().splitlines()[0].rstrip(".")
        raise SettingError(
            f"The database {place} does not open ({reason}): check DATABASE_URL and that the"
            " database runs."
        ) from error


def _is_own(settings: Settings) -> bool:
    return settings.database_url == f"sqlite:///{settings.instance / 'portal.db'}"


def _forget_database(settings: Settings) -> None:
    say("The demo was only half loaded, so it starts again …")
    db.engine.dispose()
    for name in ("portal.db", "portal.db-wal", "portal.db-shm"):
        if os.path.exists(settings.instance / name):
            os.unlink(settings.instance / name)

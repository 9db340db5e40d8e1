"""`flask worker`: do what was promised to be done after a deed, until told to end."""

import os
import signal
import socket
from threading import Event

import click
from flask.cli import with_appcontext

from portal.cli.tether import tie, until_stdin_closes
from portal.platform import jobs


@click.command()
@until_stdin_closes
@with_appcontext
def worker(*, tethered: bool) -> None:
    """Do the jobs; SIGTERM and SIGINT let the one in hand finish."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    tie(tethered=tethered)
    jobs.work(f"{socket.gethostname()}:{os.getpid()}", stop)

"""Ending with the process that started this one."""

import os
import signal
import sys
from threading import Thread

import click

until_stdin_closes = click.option(
    "--until-stdin-closes",
    "tethered",
    is_flag=True,
    help="End as after SIGTERM when standard input closes, as it does when the starter vanishes.",
)


def tie(*, tethered: bool) -> None:
    """Watch standard input from now on, if that was asked for."""
    if tethered:
        Thread(target=_watch, name="tether", daemon=True).start()


def _watch() -> None:
    stdin = sys.stdin.fileno()
    while os.read(stdin, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)

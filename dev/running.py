"""`run`: prepare, start the web server and the worker side by side, and end them together."""

import http.client
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from dev import environment
from dev.environment import RUN, CannotGoOn

STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
PATIENCE = 30.0
AGAIN = 1.0


def run(arguments: Sequence[str]) -> int:
    """Start the portal and stay until Ctrl-C; what is being done when that comes is finished."""
    signal.signal(signal.SIGTERM, _interrupt)
    environment.ensure(RUN)
    welcome = prepare()
    with signals() as heard:
        children = Children()
        try:
            children.start("web server", "serve")
            children.start("worker", "worker")
            return _stay(children, heard, welcome)
        finally:
            children.end(heard)


def prepare() -> dict[str, Any]:
    """Have the portal compile, migrate and load what it needs; return what it wants to say."""
    line = environment.command("prepare")
    done = subprocess.run(line, cwd=environment.ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


class Children:
    """The processes of a running portal, each in a group of its own.

    So Ctrl-C in the terminal reaches this process alone, which passes it on once. A child watches
    its standard input, whose other end is held here: it ends by itself should this process vanish.
    """

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *arguments: str) -> None:
        """Start one of the portal's commands."""
        self.running[name] = subprocess.Popen(
            environment.command(*arguments, "--until-stdin-closes"),
            cwd=environment.ROOT,
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    def ended(self) -> str | None:
        """Return the name of a child that is no longer there."""
        gone = (name for name, child in self.running.items() if child.poll() is not None)
        return next(gone, None)

    def end(self, heard: int) -> None:
        """Ask all to finish what they are at, wait for them, and leave nothing behind."""
        for child in self.running.values():
            child.terminate()
        asked = time.monotonic()
        while any(child.poll() is None for child in self.running.values()):
            waited = time.monotonic() - asked
            if waited > PATIENCE or (STOP & _hear(heard, 0.2) and waited > AGAIN):
                break
        for child in self.running.values():
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            if child.stdin:
                child.stdin.close()


@contextmanager
def signals() -> Iterator[int]:
    """Turn signals into bytes that can be waited for."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    before = {number: signal.signal(number, _noted) for number in STOP | {signal.SIGCHLD}}
    woken = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)


def _stay(children: Children, heard: int, welcome: Mapping[str, Any]) -> int:
    ready = False
    while not STOP & _hear(heard, None if ready else 0.2):
        gone = children.ended()
        if gone:
            raise CannotGoOn(f"The {gone} has ended by itself, so the portal stops; see above.")
        if not ready and answers(welcome["health"]):
            ready = True
            print(welcome["text"], flush=True)
    print("\nFinishing what is being done …", file=sys.stderr)
    return 0


def _hear(heard: int, seconds: float | None) -> set[int]:
    """Wait for a signal, for so long or until one comes; return those that came."""
    if not select.select([heard], [], [], seconds)[0]:
        return set()
    return set(os.read(heard, 64))


def answers(address: str) -> bool:
    """Tell whether something at this address says that it is well."""
    parts = urlsplit(address)
    line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=2)
    try:
        line.request("GET", parts.path)
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def _noted(number: int, frame: object) -> None:
    """Nothing to do here: the byte that woke us says which signal it was."""


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt

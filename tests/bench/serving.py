"""Starting servers and reading what they cost: Linux tells in /proc."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from tests.support.ports import free_port

SECRET = "for tests alone, and long enough"  # as the stage that made the sessions has it
SERVER = """
import sys
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
target, port, factory = sys.argv[1], int(sys.argv[2]), sys.argv[3] == "factory"
Granian(target, address="127.0.0.1", port=port, interface=Interfaces.WSGI,
        workers=int(sys.argv[4]), blocking_threads=4, websockets=False,
        log_level=LogLevels.info, log_access=False, factory=factory).serve()
"""
GUNICORN = """
import sys
from gunicorn.app.wsgiapp import run
sys.argv = ["gunicorn", "-b", f"127.0.0.1:{sys.argv[2]}", "-k", "gthread", "--threads", "4",
            "-w", sys.argv[4], "--log-level", "error", "--no-control-socket",
            sys.argv[1] + ("()" if sys.argv[3] == "factory" else "")]
run()
"""
SERVERS = {"granian": SERVER, "gunicorn": GUNICORN}
#: What Granian writes in its log when a worker has loaded the app.
UP = "Started worker-"


@dataclass
class Running:
    """A server that answers at a port, and the file of its log."""

    port: int
    pid: int
    log: Path
    cookies: dict[str, str] = field(default_factory=dict)

    def processes(self) -> list[int]:
        """Return the server's processes: the first and all its children."""
        children = [
            int(path.parent.name)
            for path in Path("/proc").glob("[0-9]*/stat")
            if self.pid in {_parent(path), int(path.parent.name)}
        ]
        return sorted(set(children))

    def cpu(self) -> float:
        """Return the milliseconds of CPU that the server has used, user and system."""
        return sum(_cpu(pid) for pid in self.processes())

    def memory(self) -> float:
        """Return the resident megabytes of its largest process."""
        return max(_memory(pid) for pid in self.processes())

    def statements(self, endpoint: str) -> int:
        """Return the most statements that the log tells of for an endpoint."""
        counts = [0]
        for line in self.log.read_text().splitlines():
            if line.startswith("{"):
                told = json.loads(line)
                if told.get("endpoint") == endpoint:
                    counts.append(int(told["statements"]))
        return max(counts)


def _parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return -1


def _cpu(pid: int) -> float:
    """Add up the nanoseconds of all threads; the usual clock of a process ticks every 10 ms."""
    spent = 0
    for task in Path(f"/proc/{pid}/task").glob("[0-9]*/schedstat"):
        with suppress(OSError):
            spent += int(task.read_text().split()[0])
    return spent / 1_000_000


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    found = [line for line in lines if line.startswith("VmRSS")]
    return int(found[0].split()[1]) / 1024 if found else 0.0


def cpu_of_postgres() -> float:
    """Return the milliseconds of CPU of the PostgreSQL server that this process started."""
    processes = {int(path.parent.name): _parent(path) for path in Path("/proc").glob("[0-9]*/stat")}
    ours = {pid for pid, parent in processes.items() if parent == os.getpid() and _is_postgres(pid)}
    workers = {pid for pid, parent in processes.items() if parent in ours}
    return sum(_cpu(pid) for pid in ours | workers)


def _is_postgres(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return False


@contextmanager
def serve(
    target: str, folder: Path, *, environ: dict[str, str], server: str = "granian", workers: int = 1
) -> Iterator[Running]:
    """Serve an app ("module:name", or "module:name()" for a factory) until the block ends."""
    port, log = free_port(), folder / f"{target.replace(':', '_').strip('()')}-{server}.log"
    factory = "factory" if target.endswith("()") else "app"
    what = [target.removesuffix("()"), str(port), factory, str(workers)]
    line = [sys.executable, "-c", SERVERS[server], *what]
    with log.open("wb") as out:
        process = subprocess.Popen(
            line, stdout=out, stderr=out, env={**os.environ, **environ}, start_new_session=True
        )
    try:
        _wait(port, process, log=log)
        if server == "granian":
            _wait_for_all(workers, process, log=log)
        yield Running(port, process.pid, log)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def floor(url: str, place: Path, *, web: str = "granian", workers: int = 1) -> Iterator[Running]:
    """Serve the floor on the same database."""
    environ = {"FLOOR_DATABASE_URL": url}
    target = "tests.bench.floor:app"
    with serve(target, place, environ=environ, server=web, workers=workers) as running:
        yield running


@contextmanager
def portal(url: str, place: Path, *, web: str = "granian", workers: int = 1) -> Iterator[Running]:
    """Serve the portal as `make run` does, on the bench's database."""
    environ = {
        "DATABASE_URL": url, "SECRET_KEY": SECRET, "INSTANCE_DIR": str(place), "LOG_LEVEL": "info",
        "DEMO": "0",
    }  # fmt: skip
    with serve("wsgi:app", place, environ=environ, server=web, workers=workers) as running:
        yield running


def _wait(port: int, process: "subprocess.Popen[bytes]", *, log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            try:
                connection.request("GET", "/healthz")
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(0.1)
    raise SystemExit(f"The server did not start: {log.read_text()[-2000:]}")


def _wait_for_all(workers: int, process: "subprocess.Popen[bytes]", *, log: Path) -> None:
    """Wait until every worker is up: connections made before would all be with the first."""
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        if len(set(re.findall(rf"{UP}(\d+)", log.read_text()))) >= workers:
            return
        time.sleep(0.05)
    raise SystemExit(f"Not all workers started: {log.read_text()[-2000:]}")

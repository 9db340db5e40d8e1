"""`dev run`, as somebody types it: it starts, answers, and ends in good order."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = ("DATABASE_URL", "MAIL_URL", "FILES_URL", "PUBLIC_URL", "SECRET_KEY", "WITHOUT")


class Portal:
    """A portal that runs in a folder of its own, without the demo."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))
            self.port = line.getsockname()[1]
        self.said = folder / "said"
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        environ = {
            **kept,
            "DEMO": "0",
            "PORT": str(self.port),
            "INSTANCE_DIR": str(folder / "instance"),
        }
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "dev", "run"],
                cwd=ROOT, env=environ, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip

    def wait(self) -> None:
        until = time.monotonic() + 60
        while "The portal is at" not in self.text():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < until, self.text()
            time.sleep(0.1)

    def text(self) -> str:
        return self.said.read_text(errors="replace")

    def children(self) -> list[int]:
        """Everything that this portal started, and what that started."""
        lines = subprocess.run(
            ["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        parents = {int(pid): int(parent) for pid, parent in map(str.split, lines)}
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found[1:]

    def ask_slowly(self) -> socket.socket:
        """Send a request but for its end, so that the portal is in the middle of it."""
        line = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        line.sendall(
            b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 14\r\n\r\nemail="
        )
        time.sleep(0.5)
        return line


@pytest.fixture
def portal(tmp_path) -> Iterator[Portal]:
    portal = Portal(tmp_path)
    try:
        portal.wait()
        yield portal
    finally:
        for pid in portal.children():
            os.kill(pid, signal.SIGKILL)
        portal.process.kill()
        portal.process.wait()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def all_gone(pids: list[int], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while any(map(is_there, pids)) and time.monotonic() < until:
        time.sleep(0.1)
    return not any(map(is_there, pids))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ending_lets_a_request_in_flight_finish_and_leaves_nothing_behind(portal, number):
    with urlopen(f"http://127.0.0.1:{portal.port}/healthz") as answer:
        assert answer.status == 200
    assert "This code opens it for its first administrator: " in portal.text()
    started = portal.children()
    assert len(started) >= 2  # the web server and the worker
    with portal.ask_slowly() as line:
        portal.process.send_signal(number)
        time.sleep(1)
        line.sendall(b"me@demo.")
        answer = line.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 ")
    assert portal.process.wait(20) == 0
    assert all_gone(started, 1)
    assert "Traceback" not in portal.text()


def test_when_it_is_killed_its_children_end_by_themselves(portal):
    started = portal.children()
    portal.process.kill()
    portal.process.wait()
    assert all_gone(started, 15)


def test_when_one_part_dies_the_other_ends_and_the_terminal_says_so(portal):
    started = portal.children()
    os.kill(min(started), signal.SIGKILL)
    assert portal.process.wait(20) == 1
    assert "has ended by itself, so the portal stops" in portal.text()
    assert all_gone(started, 5)


def test_a_port_that_is_taken_is_one_sentence(tmp_path):
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        port = line.getsockname()[1]
        done = run_dev(PORT=str(port), INSTANCE_DIR=str(tmp_path), DEMO="0")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"Port {port} is taken by another program: end that, or write PORT={port + 1}."
    ]
    assert [path.name for path in tmp_path.glob("*.db")] == []


def test_a_wrong_setting_is_one_sentence(tmp_path):
    done = run_dev(WORKERS="two", INSTANCE_DIR=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["WORKERS is “two”: write a whole number from 1 to 64."]


def run_dev(**variables: str) -> "subprocess.CompletedProcess[str]":
    environ = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return subprocess.run(
        [sys.executable, "dev", "run"],
        cwd=ROOT, env=environ | variables, capture_output=True, text=True, check=False,
    )  # fmt: skip

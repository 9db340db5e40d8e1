"""The portal's own Python: `.venv`, filled from a hashed lock and again whenever that changes."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN, DEVELOP = "requirements.txt", "requirements-dev.txt"


class CannotGoOn(Exception):
    """Why a command stops, in one sentence that says what to do."""


def ensure(lock: str) -> None:
    """Have everything in the lock installed. What is there already costs no network and no time."""
    with _alone():
        if _is_installed(lock):
            return
        uv = shutil.which("uv")
        if not _is_usable(uv):
            _create(uv)
        print(f"Installing the packages in {lock}; this happens once …", file=sys.stderr)
        _install(lock, uv)
        _stamp(lock).write_text(_hash(lock), encoding="ascii")


def command(*arguments: str) -> list[str]:
    """Return a command line of the portal's own flask commands."""
    return [str(PYTHON), "-m", "portal.cli", *arguments]


def run(*arguments: str | Path, env: dict[str, str] | None = None) -> int:
    """Run something at the root of the checkout and return how it ended."""
    return subprocess.run([*map(str, arguments)], cwd=ROOT, env=env, check=False).returncode


@contextmanager
def _alone() -> Iterator[None]:
    """Let two commands that start at once install one after the other."""
    with (ROOT / ".venv.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_installed(lock: str) -> bool:
    """The development lock holds all that running needs, so it will do for running too."""
    if not PYTHON.exists():
        return False
    stamps = {lock, DEVELOP}
    return any(_stamp(name).exists() and _stamp(name).read_text() == _hash(name) for name in stamps)


def _is_usable(uv: str | None) -> bool:
    """Tell whether packages can go in: uv needs no pip there, pip does."""
    check = "import sys" if uv else "import pip"
    return PYTHON.exists() and run(PYTHON, "-c", check) == 0


def _create(uv: str | None) -> None:
    if uv:
        made = run(uv, "venv", "-q", "--clear", "--python", sys.executable, VENV)
    elif importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        made = run(sys.executable, "-m", "venv", "--clear", VENV)
    else:
        raise CannotGoOn(
            "This Python has no venv module: on Debian or Ubuntu run"
            " `apt-get install python3-venv` as root, then try again."
        )
    if made != 0:
        raise CannotGoOn(f"{VENV} could not be made; the lines above say why.")


def _install(lock: str, uv: str | None) -> None:
    tool: list[str | Path]
    tool = [uv, "pip", "install", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install"]
    quiet = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_ROOT_USER_ACTION="ignore")
    if run(*tool, "-qq", "--require-hashes", "-r", lock, env=quiet) != 0:
        raise CannotGoOn(
            f"The packages in {lock} could not be installed: see above, check the network,"
            " and try again."
        )


def _hash(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def _stamp(lock: str) -> Path:
    return VENV / f".{lock}.sha256"

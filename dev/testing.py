"""`test`: find a browser, then run the suite, or that part of it which was asked for."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from dev import environment
from dev.environment import DEVELOP, PYTHON, CannotGoOn
from tests.support import chromium

PROCESSES = "2"
PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def test(arguments: Sequence[str]) -> int:
    """Run the tests; what is left out by name is said at the end."""
    environment.ensure(DEVELOP)
    variables = dict(os.environ)
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred processes would compile all anew
    if _wants_browser(arguments):
        variables["PORTAL_CHROMIUM"] = str(browser())
    spread = [] if _says_how(arguments) else ["-n", PROCESSES, "--dist", "worksteal"]
    return environment.run(PYTHON, "-m", "pytest", *spread, *arguments, env=variables)


def _wants_browser(arguments: Sequence[str]) -> bool:
    left_out = os.environ.get("WITHOUT", "").replace(" ", "").split(",")
    places = [argument for argument in arguments if Path(argument.partition("::")[0]).exists()]
    inside = not places or any("journeys" in place or place == "tests" for place in places)
    return inside and "journeys" not in left_out


def _says_how(arguments: Sequence[str]) -> bool:
    return any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)


def browser() -> Path:
    """Find a Chromium or get one, in the order of how little that changes on this machine."""
    if os.environ.get("PORTAL_CHROMIUM") and not chromium.find():
        raise CannotGoOn(
            f"PORTAL_CHROMIUM is “{os.environ['PORTAL_CHROMIUM']}”, which cannot be started: name"
            " a Chromium that is there, or leave it out."
        )
    found = chromium.find() or _from_playwright() or _from_apt()
    if found is None:
        raise CannotGoOn(chromium.ADVICE)
    return found


def _from_playwright() -> Path | None:
    """Return Playwright's own Chromium, fetched first if need be."""
    place = _playwright_place()
    if place and not place.exists():
        _say("No Chromium on this machine: fetching Playwright's with `playwright install` …")
        try:
            line = [str(PYTHON), "-m", "playwright", "install", "chromium"]
            subprocess.run(line, timeout=300, check=False, capture_output=True)
        except subprocess.TimeoutExpired:
            return None
    return place if place and place.exists() and _starts(place) else None


def _playwright_place() -> Path | None:
    line = [str(PYTHON), "-c", PLAYWRIGHT]
    said = subprocess.run(line, capture_output=True, text=True, check=False).stdout.strip()
    return Path(said) if said else None


def _starts(browser: Path) -> bool:
    """Tell whether the libraries that it needs are there too."""
    return subprocess.run([browser, "--version"], capture_output=True, check=False).returncode == 0


def _from_apt() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    _say("Installing Chromium with `apt-get install chromium` …")
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    environment.run("apt-get", "-qq", "update", env=quiet)
    packages = ["-y", "--no-install-recommends", "chromium"]
    environment.run("apt-get", "-qq", "install", *packages, env=quiet)
    return chromium.find()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)

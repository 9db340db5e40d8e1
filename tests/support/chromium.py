"""Where the browser is. Plain Python: `make test` asks before anything is installed."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "There is no Chromium for the journeys: on Debian or Ubuntu run `apt-get install chromium`"
    " as root, elsewhere set PORTAL_CHROMIUM=/path/to/chromium, or leave them out by name with"
    " `make test WITHOUT=journeys`."
)


def find() -> Path | None:
    """Return the Chromium that was named, or one that is on the path."""
    named = os.environ.get("PORTAL_CHROMIUM")
    if named:
        return Path(named) if os.access(named, os.X_OK) else None
    found = (shutil.which(name) for name in NAMES)
    return next((Path(place) for place in found if place), None)


def arguments() -> list[str]:
    """Return how to start it: quiet, without calling home, and as root where we are root."""
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    return [*quiet, "--no-sandbox"] if os.geteuid() == 0 else quiet
